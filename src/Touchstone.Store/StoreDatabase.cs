using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using SQLitePCL;
using Touchstone.Store.Entities;
using Touchstone.Store.Migrations;
using Touchstone.Store.Outbox;
using Touchstone.Store.Postgres;
using Touchstone.Store.Queue;
using Touchstone.Store.Sqlite;

namespace Touchstone.Store;

/// <summary>One database, opened once for a process: contexts, writes, the queue and the outbox's wake-up come from here.</summary>
public sealed class StoreDatabase : IAsyncDisposable
{
    private const int WriteAttempts = 5;
    private const int StatementsPrepared = 100;

    private readonly DbContextOptions _options;
    private readonly WriteGate? _gate;
    private readonly SqlitePool? _pool;
    private readonly Lazy<SqliteCheckpointer>? _checkpointer;
    private readonly NpgsqlDataSource? _source;
    private readonly OutboxBroadcast? _broadcast;

    private StoreDatabase(string sqliteConnectionString)
    {
        IsSqlite = true;
        ConnectionString = sqliteConnectionString;
        _gate = new WriteGate();
        _pool = new SqlitePool(sqliteConnectionString);
        _checkpointer = new(() => new SqliteCheckpointer(this));
        _options = new DbContextOptionsBuilder<SqliteStoreContext>()
            .UseSqlite(sqliteConnectionString)
            .AddInterceptors(new SaveGate(), new TransactionGate(), new CommandGate())
            .ConfigureWarnings(Quiet)
            .Options;
    }

    private StoreDatabase(NpgsqlDataSource source, string connectionString)
    {
        ConnectionString = connectionString;
        _source = source;
        _options = new DbContextOptionsBuilder<PostgresStoreContext>().UseNpgsql(source).ConfigureWarnings(Quiet).Options;
        _broadcast = new OutboxBroadcast(source, OutboxSignal);
    }

    /// <summary>True for SQLite, false for PostgreSQL.</summary>
    public bool IsSqlite { get; }

    /// <summary>Raised whenever this process, or on PostgreSQL another one, committed outbox rows through the queue, the importer or
    /// <see cref="WriteAsync"/>.</summary>
    public OutboxSignal OutboxSignal { get; } = new();

    internal string ConnectionString { get; }

    internal WriteGate Gate => _gate ?? throw new InvalidOperationException("Only SQLite has a write gate.");

    internal SqliteCheckpointer Checkpointer => _checkpointer?.Value ?? throw new InvalidOperationException("Only SQLite has a checkpointer.");

    internal NpgsqlDataSource Source => _source ?? throw new InvalidOperationException("Only PostgreSQL has a data source.");

    /// <summary>Opens a database file, made if missing: WAL, every commit synced to disk. One server process per file.</summary>
    public static StoreDatabase OpenSqlite(string path)
    {
        var database = new StoreDatabase(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            ForeignKeys = true,
            Pooling = false,
        }.ToString());
        using var connection = database.OpenSqliteConnection();
        SqlitePragmas.ApplyToFile(connection);
        return database;
    }

    /// <summary>Opens a PostgreSQL database that any number of server processes share.</summary>
    public static StoreDatabase OpenPostgres(string connectionString)
    {
        // The same few dozen queries come again and again: planned once for a connection.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "touchstone" };
        if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = StatementsPrepared;
        return new(new NpgsqlDataSourceBuilder(settings.ConnectionString).Build(), settings.ConnectionString);
    }

    /// <summary>A fresh context, for reading. On SQLite a bare SaveChanges passes the process' write gate; prefer
    /// <see cref="WriteAsync"/> for anything that reads before it writes.</summary>
    public StoreContext CreateContext()
    {
        if (_pool is null) return new PostgresStoreContext((DbContextOptions<PostgresStoreContext>)_options);
        var context = new SqliteStoreContext((DbContextOptions<SqliteStoreContext>)_options) { Gate = new GatePass(Gate) };
        try
        {
            context.Use(_pool);
            return context;
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    /// <summary>Applies the migrations that the database lacks.</summary>
    /// <exception cref="NewerSchemaException">It has migrations that this program does not know; nothing is changed.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var known = MigrationHistory.Known(IsSqlite);
        var applied = await AppliedMigrationsAsync(cancellationToken);
        if (applied.Except(known, StringComparer.Ordinal).LastOrDefault() is { } foreign) throw new NewerSchemaException(foreign);
        if (applied.Count == known.Count) return;
        if (IsSqlite && applied.Count == 0 && await FreshTables.MakeAsync(this, cancellationToken)) return;
        await using var store = CreateContext();
        if (store.Gate is { } pass) await pass.EnterAsync(GateHolder.Write, cancellationToken);
        using var alone = IsSqlite ? await MigrationLock.TakeAsync(store, cancellationToken) : null;
        await store.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>How the database's tables stand to this program. Changes nothing.</summary>
    public async Task<SchemaState> SchemaAsync(CancellationToken cancellationToken)
    {
        var known = MigrationHistory.Known(IsSqlite);
        var applied = await AppliedMigrationsAsync(cancellationToken);
        if (applied.Except(known, StringComparer.Ordinal).Any()) return SchemaState.Newer;
        if (applied.Count == 0) return SchemaState.Empty;
        return applied.Count < known.Count ? SchemaState.Older : SchemaState.Current;
    }

    /// <summary>Whether a migration is one of this program's, for the one or the other database.</summary>
    public static bool KnowsMigration(string migration, bool isSqlite) => MigrationHistory.Known(isSqlite).Contains(migration, StringComparer.Ordinal);

    /// <summary>Whether the database answers a question about its tables now.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A file is opened anew: a connection from the pool would still read one that was taken away.
            await using DbConnection connection = IsSqlite ? OtherConnection(SqliteOpenMode.ReadOnly) : Source.CreateConnection();
            return (await MigrationHistory.AppliedAsync(connection, IsSqlite, cancellationToken)).Count > 0;
        }
        catch (DbException)
        {
            return false;   // which is the answer
        }
    }

    /// <summary>Does before the first query what EF Core would otherwise do in it: builds its model.</summary>
    public void Warm()
    {
        using var store = CreateContext();
        _ = store.Model;
    }

    private async Task<List<string>> AppliedMigrationsAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = IsSqlite ? OtherConnection(SqliteOpenMode.ReadWrite) : Source.CreateConnection();
        return await MigrationHistory.AppliedAsync(connection, IsSqlite, cancellationToken);
    }

    private SqliteConnection OtherConnection(SqliteOpenMode mode) => new(new SqliteConnectionStringBuilder(ConnectionString) { Mode = mode, Pooling = false }.ToString());

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction on a fresh context; what it tracks is saved, then committed durably. On SQLite
    /// it holds the process' write gate, so keep it short and never wait for other work inside. On PostgreSQL it is run again, on
    /// another context, when the database reports a serialization failure or deadlock: it must have no effects outside the context.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<StoreContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteOnceAsync(work, cancellationToken);
            }
            catch (Exception failure) when (attempt < WriteAttempts && PostgresFailure.IsTransient(failure))
            {
                // Nothing of the attempt is left; the next one reads afresh.
            }
        }
    }

    private async Task<T> WriteOnceAsync<T>(Func<StoreContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        T result;
        bool wroteOutbox;
        await using (var store = CreateContext())
        {
            if (store.Gate is { } pass) await pass.EnterAsync(GateHolder.Write, cancellationToken);
            await using var transaction = await store.Database.BeginTransactionAsync(cancellationToken);
            result = await work(store, cancellationToken);
            await store.SaveChangesAsync(cancellationToken);
            wroteOutbox = store.ChangeTracker.Entries<OutboxRow>().Any();
            await transaction.CommitAsync(CancellationToken.None);
        }

        if (wroteOutbox) OutboxSignal.Raise();
        return result;
    }

    /// <summary>Runs several reads against one state of the database, whatever is written meanwhile. Nothing is saved.</summary>
    public async Task<T> ReadAsync<T>(Func<StoreContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var store = CreateContext();
        if (!IsSqlite)
        {
            await using var snapshot = await store.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            return await work(store, cancellationToken);
        }

        await store.Database.OpenConnectionAsync(cancellationToken);
        await using var reading = ((SqliteConnection)store.Database.GetDbConnection()).BeginTransaction(deferred: true);
        await store.Database.UseTransactionAsync(reading, cancellationToken);
        return await work(store, cancellationToken);
    }

    /// <summary>Rows of one plain query, without a context.</summary>
    /// <param name="constantSql">The query, of a form that both databases take; parameters are named @p0, @p1 ... in order.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="values">The parameters' values.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal async Task<List<T>> ReadPlainAsync<T>(string constantSql, Func<DbDataReader, T> read, object?[] values, CancellationToken cancellationToken)
    {
        DbConnection connection = _pool is null ? await Source.OpenConnectionAsync(cancellationToken) : _pool.Take();
        try
        {
            var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every caller passes a constant.
            command.CommandText = constantSql;
#pragma warning restore CA2100
            command.Bind(IsSqlite, values);
            return await command.ReadAsync(read, cancellationToken);
        }
        finally
        {
            if (_pool is null) await connection.DisposeAsync();
            else _pool.Return((SqliteConnection)connection);
        }
    }

    /// <summary>The queue over this database; one for a process. Dispose it before the database.</summary>
    public IWorkQueue CreateQueue(TimeProvider clock, QueueOptions options) =>
        IsSqlite ? new SqliteWorkQueue(this, clock, options) : new PostgresWorkQueue(this, clock, options);

    /// <summary>A connection beside EF Core, with every setting that contexts get.</summary>
    internal SqliteConnection OpenSqliteConnection()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        SqlitePragmas.Apply(connection);
        return connection;
    }

    /// <summary>A bare connection for a caller that never uses it from two threads at once: it goes without SQLite's mutexes.</summary>
    internal sqlite3 OpenSqliteUnshared()
    {
        var code = raw.sqlite3_open_v2(
            new SqliteConnectionStringBuilder(ConnectionString).DataSource, out var connection, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code == raw.SQLITE_OK) code = SqlitePragmas.Apply(connection);
        if (code == raw.SQLITE_OK) return connection;
        var failure = new SqliteException(raw.sqlite3_errstr(code).utf8_to_string(), code);
        connection.Dispose();
        throw failure;
    }

    public async ValueTask DisposeAsync()
    {
        if (_broadcast is not null) await _broadcast.DisposeAsync();
        if (_source is not null) await _source.DisposeAsync();
        if (!IsSqlite) return;
        if (_checkpointer is { IsValueCreated: true }) _checkpointer.Value.Dispose();
        _pool?.Dispose();
        _gate?.Dispose();
    }

    private static void Quiet(WarningsConfigurationBuilder warnings) => warnings.Ignore(CoreEventId.ManyServiceProvidersCreatedWarning);
}
