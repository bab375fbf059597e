using Microsoft.Data.Sqlite;
using Npgsql;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Bench;

/// <summary>A fresh database with contributors and projects in it, without a server.</summary>
internal sealed class RawPlace : IAsyncDisposable
{
    private readonly string? _postgres;
    private readonly string _name = $"bench_{Guid.NewGuid():n}";

    private RawPlace(string? postgres)
    {
        _postgres = postgres;
        Folder = Directory.CreateTempSubdirectory("touchstone-bench-").FullName;
    }

    public string Folder { get; }

    public StoreDatabase Database { get; private set; } = null!;

    public OrganizationId Organization { get; } = OrganizationId.New(TimeProvider.System.Now());

    public IReadOnlyList<Worker> Workers { get; private set; } = [];

    public static async Task<RawPlace> CreateAsync(string? postgres, int contributors)
    {
        var place = new RawPlace(postgres);
        if (postgres is not null) await place.ExecuteAsync($"CREATE DATABASE {place._name}");
        place.Database = postgres is null
            ? StoreDatabase.OpenSqlite(Path.Combine(place.Folder, "touchstone.db"))
            : StoreDatabase.OpenPostgres(new NpgsqlConnectionStringBuilder(postgres) { Database = place._name }.ConnectionString);
        await place.Database.MigrateAsync(CancellationToken.None);
        await place.AddContributorsAsync(contributors);
        return place;
    }

    private Task<int> AddContributorsAsync(int count) => Database.WriteAsync((store, _) =>
    {
        var now = TimeProvider.System.Now();
        store.Add(new Organization { Id = Organization, Name = "Bench", CreatedAt = now });
        var workers = new List<Worker>();
        for (var i = 0; i < count; i++)
        {
            var person = new Person { Id = PersonId.New(now), DisplayName = "bench", SecurityStamp = "", CreatedAt = now };
            var id = ContributorId.New(now);
            store.AddRange(person, new Contributor
            {
                Id = id,
                OrganizationId = Organization,
                PersonId = person.Id,
                Role = Role.Contributor,
                DisplayName = "bench",
                CreatedAt = now,
            });
            workers.Add(new(id, Organization, Role.Contributor, Simulated: true, new HashSet<CompartmentId> { default }));
        }

        Workers = workers;
        return Task.FromResult(0);
    }, CancellationToken.None);

    /// <summary>A project of the compartment that everybody may see.</summary>
    public Task<(ProjectId Project, BatchId Batch)> AddProjectAsync() => Database.WriteAsync((store, _) =>
    {
        var now = TimeProvider.System.Now();
        var project = new Project
        {
            Id = ProjectId.New(now),
            OrganizationId = Organization,
            CompartmentId = default,
            Name = $"bench {Guid.NewGuid():n}",
            OverlapMin = 3,
            GoldRate = 0,
            CreatedAt = now,
        };
        var batch = new Batch
        {
            Id = BatchId.New(now),
            OrganizationId = Organization,
            CompartmentId = default,
            ProjectId = project.Id,
            Name = "bench",
            CreatedBy = Workers[0].ContributorId,
            CreatedAt = now,
        };
        store.AddRange(project, batch, new ProjectCounters { ProjectId = project.Id, OrganizationId = Organization });
        return Task.FromResult((project.Id, batch.Id));
    }, CancellationToken.None);

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_postgres!);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
        if (_postgres is not null) await ExecuteAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
    }
}
