using Touchstone.Store.Outbox;
using Touchstone.Store.Queue;

namespace Touchstone.Store;

/// <summary>One database, opened once for a process: contexts, writes, the queue and the outbox's wake-up come from here.</summary>
public sealed class StoreDatabase : IAsyncDisposable
{
    private StoreDatabase(bool sqlite) => IsSqlite = sqlite;

    /// <summary>True for SQLite, false for PostgreSQL.</summary>
    public bool IsSqlite { get; }

    /// <summary>Raised whenever this process, or on PostgreSQL another one, committed outbox rows through the queue, the importer or
    /// <see cref="WriteAsync"/>.</summary>
    public OutboxSignal OutboxSignal { get; } = new();

    /// <summary>Opens a database file, made if missing: WAL, every commit synced to disk. One server process per file.</summary>
    public static StoreDatabase OpenSqlite(string path) => new(sqlite: true);

    /// <summary>Opens a PostgreSQL database that any number of server processes share.</summary>
    public static StoreDatabase OpenPostgres(string connectionString) => new(sqlite: false);

    /// <summary>A fresh context, for reading. On SQLite a bare SaveChanges passes the process' write gate; prefer
    /// <see cref="WriteAsync"/> for anything that reads before it writes.</summary>
    public StoreContext CreateContext() => throw new NotImplementedException();

    /// <summary>Applies the migrations that the database lacks.</summary>
    public Task MigrateAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction on a fresh context; what it tracks is saved, then committed durably. On SQLite
    /// it holds the process' write gate, so keep it short and never wait for other work inside. On PostgreSQL it is run again, on
    /// another context, when the database reports a serialization failure or deadlock: it must have no effects outside the context.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<StoreContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>The queue over this database; one for a process. Dispose it before the database.</summary>
    public IWorkQueue CreateQueue(TimeProvider clock, QueueOptions options) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
