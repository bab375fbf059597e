using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Touchstone.Store.Sqlite;

/// <summary>Settings that SQLite keeps per connection and that durability rests on.</summary>
internal static class SqlitePragmas
{
    // Waiting comes first: the other settings read the schema, which another connection may be moving the log for, or opening, at this moment.
    // The checkpointer moves the log; a commit does it itself only when that has fallen far behind.
    private const string OnEveryConnection =
        "PRAGMA busy_timeout=10000;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY;PRAGMA cache_size=-16000;"
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
