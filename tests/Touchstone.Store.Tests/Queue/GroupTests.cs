using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Queue;
using Touchstone.Store.Tests.Queue.Simulation;
using Touchstone.Testing;

namespace Touchstone.Store.Tests.Queue;

/// <summary>What operations that share a transaction may and may not do to each other, and what a cursor saves.</summary>
public class GroupTests
{
    public static TheoryData<DatabaseKind> Databases => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task One_that_cannot_be_stored_does_not_fail_its_neighbours(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 40, overlap: 1);
        var workers = new List<Worker>();
        for (var i = 0; i < 20; i++) workers.Add(await world.Seed.AddWorkerAsync());
        var leases = await Task.WhenAll(workers.Select(world.Granted));
        var results = await Task.WhenAll(workers.Select(async (worker, i) =>
        {
            var submission = QueueWorld.Submission(worker, leases[i].Token, "{}", next: true) with { Answers = i == 7 ? null! : "{}" };
            try
            {
                return await world.Queue.SubmitAsync(submission, default);
            }
            catch (Exception failure) when (failure is DbUpdateException or System.Data.Common.DbException)
            {
                return null;
            }
        }));
        Assert.Null(results[7]);
        Assert.Equal(19, results.OfType<SubmitResult.Accepted>().Count(accepted => accepted.Next is NextResult.Granted));
        await world.Accepted(workers[7], leases[7].Token);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_not_committed_is_not_acknowledged_and_what_was_is_there(DatabaseKind kind)
    {
        foreach (var kills in new[] { "commit", "acknowledge" })
        {
            await using var fixture = await StoreFixture.CreateAsync(kind, Assert.Skip);
            var clock = new ManualClock();
            var seed = await StoreSeed.CreateAsync(fixture.Database, clock);
            var (project, batch) = await seed.AddProjectAsync();
            await seed.AddTasksAsync(project, batch, 3);
            var worker = await seed.AddWorkerAsync();
            var armed = false;
            var dying = fixture.Database.CreateQueue(clock, new QueueOptions
            {
                Fault = statement =>
                {
                    if (Volatile.Read(ref armed) && string.Equals(statement, kills, StringComparison.OrdinalIgnoreCase)) throw new QueueKilledException();
                },
            });
            var lease = Assert.IsType<NextResult.Granted>(await dying.NextAsync(worker, project, default)).Lease;
            Volatile.Write(ref armed, true);
            var submission = QueueWorld.Submission(worker, lease.Token, "{}", next: false);
            await Assert.ThrowsAsync<ObjectDisposedException>(() => dying.SubmitAsync(submission, default));
            await Assert.ThrowsAsync<ObjectDisposedException>(() => dying.NextAsync(worker, project, default));
            await dying.DisposeAsync();

            await using var queue = fixture.Database.CreateQueue(clock, new QueueOptions());
            var again = await queue.SubmitAsync(submission, default);
            if (kills == "commit") Assert.IsType<SubmitResult.Accepted>(again);
            else Assert.IsType<SubmitResult.Repeated>(again);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_way_past_what_somebody_did_is_walked_once(DatabaseKind kind)
    {
        const int Done = 3000;
        await using var world = await QueueWorld.CreateAsync(kind, tasks: Done + 10, overlap: 2, options: new QueueOptions { ScanRows = 8 });
        var worker = await world.Seed.AddWorkerAsync();
        await AnswerFirstAsync(world, worker, Done);
        Assert.Equal(world.Tasks[Done], (await world.Granted(worker)).TaskId);
        await using var store = world.Database.CreateContext();
        var cursor = await store.QueueCursors.SingleAsync(c => c.ContributorId == worker.ContributorId);
        Assert.Equal((await world.Task(world.Tasks[Done])).QueueNumber, cursor.QueueNumber);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_cursor_moves_also_when_nothing_is_found(DatabaseKind kind)
    {
        const int Done = 500;
        await using var world = await QueueWorld.CreateAsync(kind, tasks: Done, overlap: 2, options: new QueueOptions { ScanRows = 8 });
        var worker = await world.Seed.AddWorkerAsync();
        await AnswerFirstAsync(world, worker, Done);
        Assert.Equal(QueueReason.AllDoneByYou, await world.Nothing(worker));
        await using var store = world.Database.CreateContext();
        var cursor = await store.QueueCursors.SingleAsync(c => c.ContributorId == worker.ContributorId);
        Assert.Equal((await world.Task(world.Tasks[^1])).QueueNumber, cursor.QueueNumber);
    }

    private static Task<int> AnswerFirstAsync(QueueWorld world, Worker worker, int count) => world.Write(store =>
    {
        var now = Ids.Instant.Now(world.Clock);
        store.AddRange(world.Tasks.Take(count).Select(task => new Lease
        {
            Id = Ids.LeaseId.New(now),
            Token = Ids.LeaseToken.New(now),
            OrganizationId = world.Seed.OrganizationId,
            CompartmentId = world.Seed.CompartmentId,
            ProjectId = world.Project,
            TaskId = task,
            ContributorId = worker.ContributorId,
            State = LeaseState.Skipped,
            IssuedAt = now,
            ExpiresAt = now,
        }));
        return Task.FromResult(0);
    });

    [Theory, MemberData(nameof(Databases))]
    public async Task Two_servers_and_fifty_people_at_once_never_exceed_the_overlap(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 60, overlap: 3);
        await using var second = kind == DatabaseKind.Postgres ? new SimulatedServer(world.Database, world.Clock, 5).Queue : null;
        var workers = new List<Worker>();
        for (var i = 0; i < 50; i++) workers.Add(await world.Seed.AddWorkerAsync());
        await Task.WhenAll(workers.Select(async (worker, i) =>
        {
            var queue = i % 2 == 0 && second is not null ? second : world.Queue;
            while (await queue.NextAsync(worker, world.Project, default) is NextResult.Granted { Lease: var lease })
                Assert.IsType<SubmitResult.Accepted>(await queue.SubmitAsync(QueueWorld.Submission(worker, lease.Token, "{}", false), default));
        }));
        await using var store = world.Database.CreateContext();
        Assert.True(await store.Tasks.AllAsync(t => t.OpenSlots == 0 && t.ResponseCount == 3));
        Assert.Equal(180, await store.Responses.CountAsync());
    }
}
