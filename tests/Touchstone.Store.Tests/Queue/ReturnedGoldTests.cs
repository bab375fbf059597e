using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;
using Touchstone.Testing;

namespace Touchstone.Store.Tests.Queue;

/// <summary>Gold that was given back comes again when and where an ordinary task would. Gold is always drawn here, and there is one: it comes first.</summary>
public sealed class ReturnedGoldTests
{
    public static TheoryData<DatabaseKind> Databases => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    public static TheoryData<DatabaseKind, bool> DatabasesAndOrders => new(
        from kind in new[] { DatabaseKind.Sqlite, DatabaseKind.Postgres } from goldFirst in new[] { false, true } select (kind, goldFirst));

    [Theory, MemberData(nameof(Databases))]
    public async Task Returned_gold_comes_back_at_once_as_often_as_it_is_returned(DatabaseKind kind)
    {
        await using var world = await WorldAsync(kind);
        var (worker, gold) = await GoldAsync(world);
        for (var i = 0; i < 3; i++)
        {
            var token = gold.Token;
            Assert.Equal(new EndResult.Ended(Repeated: false), await ReturnAsync(world, worker, gold));
            gold = await NextAsync(world, worker, gold.TaskId);
            Assert.NotEqual(token, gold.Token);
        }

        await world.Accepted(worker, gold.Token);
        Assert.Equal(world.Tasks, await RestAsync(world, worker));
        await NothingStandsAsync(world);
        Assert.Equal(1, (await world.Task(gold.TaskId)).OpenSlots);
    }

    [Theory, MemberData(nameof(DatabasesAndOrders))]
    public async Task Gold_and_ordinary_work_come_back_in_the_order_of_their_return(DatabaseKind kind, bool goldFirst)
    {
        await using var world = await WorldAsync(kind);
        var (worker, gold) = await GoldAsync(world);
        var task = await NextAsync(world, worker, world.Tasks[0]);
        LeaseGrant[] order = goldFirst ? [gold, task] : [task, gold];
        foreach (var lease in order) await ReturnAsync(world, worker, lease);
        foreach (var lease in order) await NextAsync(world, worker, lease.TaskId);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_comes_after_a_return_is_what_was_returned_and_never_other_gold(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 30, overlap: 1, goldRate: 0.6);
        await world.Seed.AddTasksAsync(world.Project, world.Batch, Enumerable.Range(0, 30).Select(i =>
            new NewTask { Purpose = TaskPurpose.Gold, GoldAnswers = "{}", ExternalId = $"gold {i}" }));
        var worker = await world.Seed.AddWorkerAsync();
        var purposes = new HashSet<TaskPurpose>();
        for (var i = 0; i < 20; i++)
        {
            var lease = await world.Granted(worker);
            purposes.Add((await world.Task(lease.TaskId)).Purpose);
            await ReturnAsync(world, worker, lease);
            await world.Accepted(worker, (await NextAsync(world, worker, lease.TaskId)).Token);
        }

        Assert.Equal(2, purposes.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Gold_whose_lease_ran_out_comes_back(DatabaseKind kind)
    {
        await using var world = await WorldAsync(kind);
        var (worker, gold) = await GoldAsync(world);
        await NextAsync(world, worker, world.Tasks[0]);
        world.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(2, await world.Expire());
        var again = new[] { (await world.Granted(worker)).TaskId, (await world.Granted(worker)).TaskId };
        Assert.Equal([gold.TaskId, world.Tasks[0]], again.OrderBy(id => id == world.Tasks[0]));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Skipped_gold_never_comes_back(DatabaseKind kind)
    {
        await using var world = await WorldAsync(kind);
        var (worker, gold) = await GoldAsync(world);
        await world.Skip(worker, gold.Token);
        Assert.Equal(world.Tasks, await RestAsync(world, worker));
        await NothingStandsAsync(world);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Gold_that_is_answered_or_skipped_after_its_lease_ran_out_does_not_come_back(DatabaseKind kind)
    {
        foreach (var answers in new[] { true, false })
        {
            await using var world = await WorldAsync(kind);
            var (worker, gold) = await GoldAsync(world);
            world.Clock.Advance(TimeSpan.FromMinutes(31));
            Assert.Equal(1, await world.Expire());
            if (answers) await world.Accepted(worker, gold.Token);
            else await world.Skip(worker, gold.Token);
            Assert.Equal(world.Tasks, await RestAsync(world, worker));
            await NothingStandsAsync(world);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Retired_gold_does_not_come_back(DatabaseKind kind)
    {
        await using var world = await WorldAsync(kind);
        var (worker, gold) = await GoldAsync(world);
        await ReturnAsync(world, worker, gold);
        await world.Write(async store =>
        {
            await QueueChanges.CloseAsync(store, gold.TaskId, default);
            return 0;
        });
        Assert.Equal(world.Tasks, await RestAsync(world, worker));
        await NothingStandsAsync(world);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Where_others_took_what_was_returned_gold_stays_away_too(DatabaseKind kind)
    {
        await using var world = await WorldAsync(kind, overlap: 2);
        var (worker, gold) = await GoldAsync(world);
        var task = await NextAsync(world, worker, world.Tasks[0]);
        await ReturnAsync(world, worker, task);
        await ReturnAsync(world, worker, gold);
        for (var i = 0; i < 2; i++)
        {
            var other = await world.Seed.AddWorkerAsync();
            await NextAsync(world, other, gold.TaskId);
            await NextAsync(world, other, task.TaskId);
        }

        Assert.Equal(world.Tasks.Skip(1), await RestAsync(world, worker));
        await NothingStandsAsync(world);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Fewer_others_than_a_task_takes_leave_gold_to_come_back(DatabaseKind kind)
    {
        await using var world = await WorldAsync(kind, overlap: 2);
        var (worker, gold) = await GoldAsync(world);
        await ReturnAsync(world, worker, gold);
        await NextAsync(world, await world.Seed.AddWorkerAsync(), gold.TaskId);
        await NextAsync(world, worker, gold.TaskId);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Returned_gold_waits_for_its_turn_by_priority_and_comes_when_nothing_else_is_left(DatabaseKind kind)
    {
        await using var world = await WorldAsync(kind, goldPriority: 2);
        var last = await world.Seed.AddTasksAsync(world.Project, world.Batch, [new NewTask { Priority = 1, Overlap = 1, ExternalId = "last" }]);
        var (worker, gold) = await GoldAsync(world);
        await ReturnAsync(world, worker, gold);
        foreach (var task in world.Tasks) await world.Accepted(worker, (await NextAsync(world, worker, task)).Token);
        var again = await NextAsync(world, worker, gold.TaskId);
        await world.Accepted(worker, (await NextAsync(world, worker, last[0])).Token);
        await ReturnAsync(world, worker, again);
        await NextAsync(world, worker, gold.TaskId);
        Assert.Equal(QueueReason.NothingOpen, await world.Nothing(worker));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_draft_is_there_when_returned_gold_comes_back(DatabaseKind kind)
    {
        await using var world = await WorldAsync(kind);
        var (worker, gold) = await GoldAsync(world);
        await world.Queue.SaveDraftAsync(worker, gold.Token, """{"kept":true}""", 0, default);
        await ReturnAsync(world, worker, gold);
        var again = await NextAsync(world, worker, gold.TaskId);
        Assert.Equal("""{"kept":true}""", (await world.Queue.GetDraftAsync(worker, again.Token, default))!.Body);
    }

    private static async Task<QueueWorld> WorldAsync(DatabaseKind kind, int overlap = 1, int goldPriority = 5)
    {
        var world = await QueueWorld.CreateAsync(kind, tasks: 3, overlap: overlap, goldRate: 1);
        await world.Seed.AddTasksAsync(
            world.Project, world.Batch, [new NewTask { Purpose = TaskPurpose.Gold, Priority = goldPriority, GoldAnswers = "{}", ExternalId = "gold" }]);
        return world;
    }

    private static async Task<(Worker Worker, LeaseGrant Gold)> GoldAsync(QueueWorld world)
    {
        var worker = await world.Seed.AddWorkerAsync();
        var gold = await world.Granted(worker);
        Assert.Equal(TaskPurpose.Gold, (await world.Task(gold.TaskId)).Purpose);
        return (worker, gold);
    }

    /// <summary>Time passes before each lease and each return: their order is what counts.</summary>
    private static async Task<LeaseGrant> NextAsync(QueueWorld world, Worker worker, LabelTaskId expected)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var lease = await world.Granted(worker);
        Assert.Equal(expected, lease.TaskId);
        return lease;
    }

    private static Task<EndResult> ReturnAsync(QueueWorld world, Worker worker, LeaseGrant lease)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        return world.Return(worker, lease.Token);
    }

    private static async Task<List<LabelTaskId>> RestAsync(QueueWorld world, Worker worker)
    {
        var given = new List<LabelTaskId>();
        while (await world.Next(worker) is NextResult.Granted { Lease: var lease })
        {
            given.Add(lease.TaskId);
            await world.Accepted(worker, lease.Token);
        }

        return given;
    }

    private static async Task NothingStandsAsync(QueueWorld world)
    {
        await using var store = world.Database.CreateContext();
        Assert.False(await store.ReturnedGold.AnyAsync());
    }
}
