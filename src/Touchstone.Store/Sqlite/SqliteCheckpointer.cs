using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Touchstone.Store.Sqlite;

/// <summary>
/// Moves what was committed from the write-ahead log to the database file, beside the writers instead of inside somebody's commit. First
/// without stopping anybody, then, while the writers wait for a moment, what came in meanwhile: only a log that is moved whole starts
/// over, otherwise it would grow for as long as there is work.
/// </summary>
internal sealed class SqliteCheckpointer : IDisposable
{
    private const int EveryPages = 4096;

    private readonly StoreDatabase _database;
    private readonly AutoResetEvent _due = new(initialState: false);
    private readonly Thread _thread;
    private int _pages;
    private volatile bool _stopping;

    public SqliteCheckpointer(StoreDatabase database)
    {
        _database = database;
        _thread = new Thread(Loop) { IsBackground = true, Name = "checkpointer" };
        _thread.Start();
    }

    /// <summary>Tells of pages written to the log since the last call for this connection.</summary>
    public void Note(sqlite3 connection)
    {
        raw.sqlite3_db_status(connection, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 1);
        if (Interlocked.Add(ref _pages, pages) >= EveryPages) _due.Set();
    }

    private void Loop()
    {
        using var connection = _database.OpenSqliteConnection();
        while (true)
        {
            _due.WaitOne();
            if (_stopping) return;
            Volatile.Write(ref _pages, 0);
            Checkpoint(connection);
            _database.Gate.Enter();
            try
            {
                Checkpoint(connection);
            }
            finally
            {
                _database.Gate.Exit();
            }
        }
    }

    /// <summary>Whatever stands in its way (a reader of an old state, a full disk) it leaves for the next time; commits do not depend on it.</summary>
    private static void Checkpoint(SqliteConnection connection) =>
        raw.sqlite3_wal_checkpoint_v2(connection.Handle, null, raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);

    public void Dispose()
    {
        _stopping = true;
        _due.Set();
        _thread.Join();
        _due.Dispose();
    }
}
