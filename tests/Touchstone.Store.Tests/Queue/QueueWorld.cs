using System.Security.Cryptography;
using System.Text;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;
using Touchstone.Testing;

namespace Touchstone.Store.Tests.Queue;

/// <summary>A database, a queue over it and a few words to work with it.</summary>
public sealed class QueueWorld : IAsyncDisposable
{
    private QueueWorld(StoreFixture fixture, ManualClock clock, StoreSeed seed, QueueOptions options)
    {
        (Fixture, Clock, Seed) = (fixture, clock, seed);
        Queue = fixture.Database.CreateQueue(clock, options);
    }

    public StoreFixture Fixture { get; }

    public StoreDatabase Database => Fixture.Database;

    public ManualClock Clock { get; }

    public StoreSeed Seed { get; }

    public IWorkQueue Queue { get; }

    public ProjectId Project { get; private set; }

    public BatchId Batch { get; private set; }

    public IReadOnlyList<LabelTaskId> Tasks { get; private set; } = [];

    public static async Task<QueueWorld> CreateAsync(
        DatabaseKind kind, int tasks = 0, int overlap = 2, double goldRate = 0, QueueOptions? options = null)
    {
        var fixture = await StoreFixture.CreateAsync(kind, Assert.Skip);
        var clock = new ManualClock();
        var seed = await StoreSeed.CreateAsync(fixture.Database, clock);
        var world = new QueueWorld(fixture, clock, seed, options ?? new QueueOptions { Seed = 1 });
        (world.Project, world.Batch) = await seed.AddProjectAsync(overlap, goldRate);
        if (tasks > 0) world.Tasks = await seed.AddTasksAsync(world.Project, world.Batch, tasks);
        return world;
    }

    public Task<NextResult> Next(Worker worker) => Queue.NextAsync(worker, Project, CancellationToken.None);

    public async Task<LeaseGrant> Granted(Worker worker) => Assert.IsType<NextResult.Granted>(await Next(worker)).Lease;

    public async Task<string> Nothing(Worker worker) => Assert.IsType<NextResult.Nothing>(await Next(worker)).Reason;

    public Task<SubmitResult> Submit(Worker worker, LeaseToken token, string answers = "{}", bool next = false) =>
        Queue.SubmitAsync(Submission(worker, token, answers, next), CancellationToken.None);

    public async Task<SubmitResult.Accepted> Accepted(Worker worker, LeaseToken token, string answers = "{}", bool next = false) =>
        Assert.IsType<SubmitResult.Accepted>(await Submit(worker, token, answers, next));

    public async Task<string> Refused(Worker worker, LeaseToken token, string answers = "{}") =>
        Assert.IsType<SubmitResult.Refused>(await Submit(worker, token, answers)).Reason;

    public Task<EndResult> Skip(Worker worker, LeaseToken token) => Queue.SkipAsync(worker, token, "blurred", CancellationToken.None);

    public Task<EndResult> Return(Worker worker, LeaseToken token) => Queue.ReturnAsync(worker, token, CancellationToken.None);

    public Task<int> Expire() => Queue.ExpireAsync(100, CancellationToken.None);

    public Task<T> Write<T>(Func<StoreContext, Task<T>> work) => Database.WriteAsync((store, _) => work(store), CancellationToken.None);

    public static Submission Submission(Worker worker, LeaseToken token, string answers, bool next) =>
        new(worker, token, answers, SHA256.HashData(Encoding.UTF8.GetBytes(answers)), 1500, next);

    public async Task<LabelTask> Task(LabelTaskId id)
    {
        await using var store = Database.CreateContext();
        return (await store.Tasks.FindAsync(id))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Queue.DisposeAsync();
        await Fixture.DisposeAsync();
    }
}
