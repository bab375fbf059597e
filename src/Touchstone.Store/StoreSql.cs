using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Touchstone.Store.Ids;
using Touchstone.Store.Mapping;

namespace Touchstone.Store;

/// <summary>Plain SQL inside a context's transaction, with values in the form that its database keeps.</summary>
internal static class StoreSql
{
    /// <summary>A command in the context's transaction; parameters are named @p0, @p1 ... in order.</summary>
    /// <exception cref="InvalidOperationException">The context has no transaction: the change would not be one with the caller's.</exception>
    public static DbCommand Command(this StoreContext store, string constantSql, params ReadOnlySpan<object?> values)
    {
        var transaction = store.Database.CurrentTransaction
            ?? throw new InvalidOperationException("Changes of the queue need the caller's transaction: use StoreDatabase.WriteAsync.");
        var command = store.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Every caller passes a constant.
        command.CommandText = constantSql;
#pragma warning restore CA2100
        command.Transaction = transaction.GetDbTransaction();
        command.Bind(store.IsSqlite, values);
        return command;
    }

    /// <summary>Gives a command its parameters, named @p0, @p1 ... in order.</summary>
    public static void Bind(this DbCommand command, bool sqlite, ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            parameter.Value = Form(values[i], sqlite);
            command.Parameters.Add(parameter);
        }
    }

    public static async Task<int> RunAsync(this DbCommand command, CancellationToken cancellationToken)
    {
        await using (command) return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The rows, read by <paramref name="read"/>.</summary>
    public static async Task<List<T>> ReadAsync<T>(this DbCommand command, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using (command)
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
            return rows;
        }
    }

    /// <summary>A uuid column: 16 bytes on SQLite.</summary>
    public static Guid Uuid(this DbDataReader row, int column) =>
        row.GetValue(column) switch
        {
            Guid value => value,
            byte[] bytes => Conversions.FromBytes(bytes),
            var other => throw new InvalidCastException($"Column {column} holds {other.GetType().Name}, not a uuid."),
        };

    public static Guid? UuidOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Uuid(column);

    /// <summary>A column of a time: microseconds since 1970 on SQLite.</summary>
    public static DateTimeOffset? TimeOrNull(this DbDataReader row, int column) => row.IsDBNull(column)
        ? null
        : row.GetValue(column) switch
        {
            long microseconds => Instant.FromMicroseconds(microseconds),
            DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            var other => throw new InvalidCastException($"Column {column} holds {other.GetType().Name}, not a time."),
        };

    private static object Form(object? value, bool sqlite) => value switch
    {
        null => DBNull.Value,
        Guid uuid => sqlite ? Conversions.Bytes(uuid) : uuid,
        DateTimeOffset time => sqlite ? time.ToMicroseconds() : time.UtcDateTime,
        _ => value,
    };
}
