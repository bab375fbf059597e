using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Mapping;
using Touchstone.Store.Sqlite;

namespace Touchstone.Store;

/// <summary>
/// The one model, for both databases. Features query it directly; a lease is taken and given back only through the queue, which
/// writes the same tables with its own SQL.
/// </summary>
public abstract class StoreContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Person> People => Set<Person>();

    public DbSet<Organization> Organizations => Set<Organization>();

    public DbSet<Contributor> Contributors => Set<Contributor>();

    public DbSet<Compartment> Compartments => Set<Compartment>();

    public DbSet<Clearance> Clearances => Set<Clearance>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<SignInLink> SignInLinks => Set<SignInLink>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<Project> Projects => Set<Project>();

    public DbSet<OntologyVersion> OntologyVersions => Set<OntologyVersion>();

    public DbSet<Asset> Assets => Set<Asset>();

    public DbSet<Batch> Batches => Set<Batch>();

    public DbSet<ImportFault> ImportFaults => Set<ImportFault>();

    public DbSet<LabelTask> Tasks => Set<LabelTask>();

    public DbSet<Gold> Gold => Set<Gold>();

    public DbSet<Lease> Leases => Set<Lease>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<Response> Responses => Set<Response>();

    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<PolicyEntry> Policies => Set<PolicyEntry>();

    public DbSet<GoldEntry> GoldEntries => Set<GoldEntry>();

    public DbSet<Audit> Audits => Set<Audit>();

    public DbSet<StandingDecision> StandingDecisions => Set<StandingDecision>();

    public DbSet<ContributorStanding> Standings => Set<ContributorStanding>();

    public DbSet<TrainingAnswer> TrainingAnswers => Set<TrainingAnswer>();

    public DbSet<InstructionExample> Examples => Set<InstructionExample>();

    public DbSet<BoundOrder> BoundOrders => Set<BoundOrder>();

    public DbSet<StagedDataset> Datasets => Set<StagedDataset>();

    public DbSet<ImportedPerson> ImportedPeople => Set<ImportedPerson>();

    public DbSet<Corpus> Corpora => Set<Corpus>();

    public DbSet<ReleaseExport> ReleaseExports => Set<ReleaseExport>();

    public DbSet<ResponseGrade> ResponseGrades => Set<ResponseGrade>();

    public DbSet<Release> Releases => Set<Release>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<Tombstone> Tombstones => Set<Tombstone>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<OutboxPosition> OutboxPositions => Set<OutboxPosition>();

    public DbSet<Consensus> Consensus => Set<Consensus>();

    public DbSet<ContributorReliability> Reliabilities => Set<ContributorReliability>();

    public DbSet<ProjectCounters> Counters => Set<ProjectCounters>();

    public DbSet<TaskMark> TaskMarks => Set<TaskMark>();

    public DbSet<ProjectDay> ProjectDays => Set<ProjectDay>();

    public DbSet<QueueCursor> QueueCursors => Set<QueueCursor>();

    public DbSet<ReturnedGold> ReturnedGold => Set<ReturnedGold>();

    public DbSet<QueueTail> QueueTails => Set<QueueTail>();

    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();

    /// <summary>True for SQLite, false for PostgreSQL.</summary>
    public abstract bool IsSqlite { get; }

    /// <summary>This context's passage through the write gate; null on PostgreSQL and outside a <see cref="StoreDatabase"/>.</summary>
    internal GatePass? Gate { get; init; }

    public override void Dispose()
    {
        base.Dispose();
        Leave();
        GC.SuppressFinalize(this);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Leave();
        GC.SuppressFinalize(this);
    }

    /// <summary>What is given back once the context and its transaction are gone.</summary>
    private protected virtual void Leave() => Gate?.ExitAll();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conversions.Apply(configurationBuilder, IsSqlite);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        PeopleMapping.Apply(modelBuilder);
        ProjectMapping.Apply(modelBuilder);
        WorkMapping.Apply(modelBuilder, IsSqlite);
        TrustMapping.Apply(modelBuilder);
        OutboxMapping.Apply(modelBuilder, IsSqlite);
        SnakeCase.Apply(modelBuilder);
    }
}

/// <summary>The model on SQLite.</summary>
public sealed class SqliteStoreContext(DbContextOptions<SqliteStoreContext> options) : StoreContext(options)
{
    private SqlitePool? _pool;
    private SqliteConnection? _connection;

    public override bool IsSqlite => true;

    /// <summary>Uses a connection of the pool until the context is disposed of.</summary>
    internal void Use(SqlitePool pool)
    {
        (_pool, _connection) = (pool, pool.Take());
        Database.SetDbConnection(_connection, contextOwnsConnection: false);
    }

    private protected override void Leave()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection) _pool!.Return(connection);
        base.Leave();
    }
}

/// <summary>The model on PostgreSQL.</summary>
public sealed class PostgresStoreContext(DbContextOptions<PostgresStoreContext> options) : StoreContext(options)
{
    public override bool IsSqlite => false;
}
