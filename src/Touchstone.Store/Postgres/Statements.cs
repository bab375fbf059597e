using Npgsql;

namespace Touchstone.Store.Postgres;

/// <summary>Statements that go to the server together, in one round trip.</summary>
internal sealed class Statements(NpgsqlConnection connection, Action<string>? fault) : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch = new(connection);
    private NpgsqlDataReader? _reader;

    public NpgsqlBatchCommand Add(string constantSql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        fault?.Invoke(constantSql);
#pragma warning disable CA2100 // Every caller passes a constant.
        var command = new NpgsqlBatchCommand(constantSql);
#pragma warning restore CA2100
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        _batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>Sends them; then each <see cref="ReadAsync"/> reads the rows of the next one that gives rows.</summary>
    public async Task SendAsync(CancellationToken cancellationToken) => _reader = await _batch.ExecuteReaderAsync(cancellationToken);

    public async Task ReadAsync(Action<NpgsqlDataReader> row, CancellationToken cancellationToken)
    {
        while (await _reader!.ReadAsync(cancellationToken)) row(_reader);
        await _reader.NextResultAsync(cancellationToken);
    }

    /// <summary>Sends statements that give no rows, or whose rows nobody needs.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_batch.BatchCommands.Count > 0) await _batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads to the end, so that every statement has been carried out and counted.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (_reader is null) return;
        while (await _reader.NextResultAsync(cancellationToken))
        {
            // Rows that nobody asked for.
        }

        await _reader.DisposeAsync();
        _reader = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_reader is not null) await _reader.DisposeAsync();
        await _batch.DisposeAsync();
    }

    public static NpgsqlParameter P<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    /// <summary>A column of an array that is passed row by row.</summary>
    public static NpgsqlParameter Column<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> value)
    {
        var column = new T[rows.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(rows[i]);
        return new NpgsqlParameter<T[]> { TypedValue = column };
    }
}
