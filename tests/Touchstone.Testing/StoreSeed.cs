using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Testing;

/// <summary>An organization with one compartment, made for a test, and what a test adds to it.</summary>
public sealed class StoreSeed
{
    private readonly StoreDatabase _database;
    private readonly TimeProvider _clock;

    private StoreSeed(StoreDatabase database, TimeProvider clock, OrganizationId organization, CompartmentId compartment, ContributorId owner)
    {
        (_database, _clock) = (database, clock);
        (OrganizationId, CompartmentId, OwnerId) = (organization, compartment, owner);
    }

    public OrganizationId OrganizationId { get; }

    public CompartmentId CompartmentId { get; }

    public ContributorId OwnerId { get; }

    public static async Task<StoreSeed> CreateAsync(StoreDatabase database, TimeProvider clock)
    {
        var now = clock.Now();
        var seed = new StoreSeed(database, clock, OrganizationId.New(now), CompartmentId.New(now), ContributorId.New(now));
        await database.WriteAsync(async (store, token) =>
        {
            store.Add(new Organization { Id = seed.OrganizationId, Name = "Test", CreatedAt = now });
            store.Add(new Compartment { Id = seed.CompartmentId, OrganizationId = seed.OrganizationId, Name = "general", CreatedAt = now });
            await store.SaveChangesAsync(token);
            seed.Add(store, seed.OwnerId, Role.Owner);
            return 0;
        }, CancellationToken.None);
        return seed;
    }

    /// <summary>A member of the organization, cleared for its compartment.</summary>
    public async Task<Worker> AddWorkerAsync(Role role = Role.Contributor, bool simulated = false)
    {
        var id = ContributorId.New(_clock.Now());
        await _database.WriteAsync((store, _) =>
        {
            Add(store, id, role, simulated);
            return Task.FromResult(0);
        }, CancellationToken.None);
        return new(id, OrganizationId, role, simulated, new HashSet<CompartmentId> { CompartmentId });
    }

    private void Add(StoreContext store, ContributorId id, Role role, bool simulated = false)
    {
        var now = _clock.Now();
        var person = new Person { Id = PersonId.New(now), DisplayName = "Somebody", SecurityStamp = "", Simulated = simulated, CreatedAt = now };
        store.Add(person);
        store.Add(new Contributor
        {
            Id = id,
            OrganizationId = OrganizationId,
            PersonId = person.Id,
            Role = role,
            DisplayName = "Somebody",
            Simulated = simulated,
            CreatedAt = now,
        });
        store.Add(new Clearance { CompartmentId = CompartmentId, ContributorId = id, OrganizationId = OrganizationId, GrantedBy = OwnerId, GrantedAt = now });
    }

    /// <summary>A project with one batch.</summary>
    public async Task<(ProjectId Project, BatchId Batch)> AddProjectAsync(int overlap = 2, double goldRate = 0, int leaseMinutes = 30)
    {
        var now = _clock.Now();
        var project = new Project
        {
            Id = ProjectId.New(now),
            OrganizationId = OrganizationId,
            CompartmentId = CompartmentId,
            Name = $"Project {Guid.NewGuid():n}",
            OverlapMin = overlap,
            GoldRate = goldRate,
            LeaseMinutes = leaseMinutes,
            CreatedAt = now,
        };
        var batch = new Batch
        {
            Id = BatchId.New(now),
            OrganizationId = OrganizationId,
            CompartmentId = CompartmentId,
            ProjectId = project.Id,
            Name = "first",
            CreatedBy = OwnerId,
            CreatedAt = now,
        };
        await _database.WriteAsync((store, _) =>
        {
            store.AddRange(project, batch);
            return Task.FromResult(0);
        }, CancellationToken.None);
        return (project.Id, batch.Id);
    }

    /// <summary>Imports tasks and gives their ids, in queue order.</summary>
    public async Task<IReadOnlyList<LabelTaskId>> AddTasksAsync(ProjectId project, BatchId batch, IEnumerable<NewTask> tasks)
    {
        await using var store = _database.CreateContext();
        var before = await store.Tasks.Where(t => t.ProjectId == project).Select(t => t.Id).ToListAsync();
        await TaskImporter.ImportAsync(
            _database, project, batch, OwnerId, tasks.ToAsyncEnumerable(), _clock, progress: null, CancellationToken.None);
        var known = before.ToHashSet();
        var all = await store.Tasks.Where(t => t.ProjectId == project).OrderBy(t => t.Id).Select(t => t.Id).ToListAsync();
        return all.Where(id => !known.Contains(id)).ToList();
    }

    public Task<IReadOnlyList<LabelTaskId>> AddTasksAsync(ProjectId project, BatchId batch, int count) =>
        AddTasksAsync(project, batch, Enumerable.Range(0, count).Select(i => new NewTask { Inputs = $$"""{"n":{{i}}}""" }));
}
