using Microsoft.Data.Sqlite;
using Touchstone.Store.Migrations;

namespace Touchstone.Store.Sqlite;

/// <summary>
/// Makes the tables of an empty SQLite file from a script that was written from the migrations (build/migrations): the same tables and the same history as
/// applying them one by one, in one transaction and without EF Core's model.
/// </summary>
internal static class FreshTables
{
    private const string Script = "tables.sql";

    /// <summary>False, with nothing changed, where somebody else made them meanwhile.</summary>
    public static async Task<bool> MakeAsync(StoreDatabase database, CancellationToken cancellationToken)
    {
        await database.Gate.EnterAsync(cancellationToken);
        try
        {
            await using var connection = database.OpenSqliteConnection();
            using var alone = await MigrationLock.TakeAsync(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource, cancellationToken);
            await using var transaction = connection.BeginTransaction(deferred: false);
            if (Run(connection, transaction, $"SELECT count(*) FROM sqlite_master WHERE name = '{MigrationHistory.Table}'") is not 0L) return false;
            Run(connection, transaction, Read());
            transaction.Commit();
            return true;
        }
        finally
        {
            database.Gate.Exit();
        }
    }

    public static string Read()
    {
        using var script = new StreamReader(typeof(FreshTables).Assembly.GetManifestResourceStream(Script) ?? throw new InvalidOperationException($"{Script} is not in the program."));
        return script.ReadToEnd();
    }

    private static object? Run(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Ours: a constant and the script that lies in the program.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
