using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Touchstone.Store.Sqlite;

/// <summary>Settings that SQLite keeps per connection and that durability rests on.</summary>
internal static class SqlitePragmas
{
    // The checkpointer moves the log; a commit does it itself only when that has fallen far behind.
    private const string OnEveryConnection =
        "PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA busy_timeout=10000;PRAGMA temp_store=MEMORY;PRAGMA cache_size=-16000;"
        + "PRAGMA wal_autocheckpoint=16384;";

    /// <summary>Kept in the file itself.</summary>
    public static void ApplyToFile(SqliteConnection connection) => Run(connection, "PRAGMA journal_mode=WAL;");

    public static void Apply(DbConnection connection) => Run(connection, OnEveryConnection);

    public static int Apply(sqlite3 connection) => raw.sqlite3_exec(connection, OnEveryConnection);

    private static void Run(DbConnection connection, string pragmas)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = pragmas;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}

/// <summary>Sets them whenever a context opens a connection, pooled or new.</summary>
internal sealed class PragmaInterceptor : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => SqlitePragmas.Apply(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        SqlitePragmas.Apply(connection);
        return Task.CompletedTask;
    }
}
