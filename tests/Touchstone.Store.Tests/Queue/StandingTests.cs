using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;
using Touchstone.Testing;

namespace Touchstone.Store.Tests.Queue;

/// <summary>How a contributor stands decides what the queue gives them.</summary>
public class StandingTests
{
    private static async Task<QueueWorld> WorldAsync(DatabaseKind kind, int training, int evaluation, bool hasTraining)
    {
        var world = await QueueWorld.CreateAsync(kind, tasks: 80, overlap: 5);
        await world.Write(store => store.Projects.Where(p => p.Id == world.Project)
            .ExecuteUpdateAsync(s => s.SetProperty(p => p.TrainingTasks, training).SetProperty(p => p.EvaluationTasks, evaluation)));
        await ImportAsync(world, TaskPurpose.Gold, 80);
        if (hasTraining) await ImportAsync(world, TaskPurpose.Training, 2);
        return world;
    }

    private static Task<ImportCount> ImportAsync(QueueWorld world, TaskPurpose purpose, int count) => TaskImporter.ImportAsync(
        world.Database, world.Project, world.Batch, world.Seed.OwnerId,
        Enumerable.Range(0, count).Select(_ => new NewTask { Purpose = purpose, GoldAnswers = "{}", Explanation = purpose == TaskPurpose.Training ? "Thus." : null }).ToAsyncEnumerable(), world.Clock, null, default);

    private static Task<int> StandAsync(QueueWorld world, Worker worker, StandingState state, int left) => world.Write(store =>
    {
        store.Add(new ContributorStanding
        {
            ProjectId = world.Project,
            ContributorId = worker.ContributorId,
            OrganizationId = worker.OrganizationId,
            State = state,
            TrainingLeft = state == StandingState.Training ? left : 0,
            EvaluationLeft = state == StandingState.Evaluation ? left : 0,
            Since = world.Clock.GetUtcNow(),
        });
        return Task.FromResult(0);
    });

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Newcomers_train_first_and_others_as_they_stand(DatabaseKind kind)
    {
        await using var world = await WorldAsync(kind, training: 2, evaluation: 0, hasTraining: true);
        var (newcomer, working, sent) = (await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync());
        await StandAsync(world, working, StandingState.Working, 0);
        await StandAsync(world, sent, StandingState.Training, 1);
        Assert.Equal(QueueReason.Training, await world.Nothing(newcomer));
        Assert.Equal(QueueReason.Training, await world.Nothing(sent));
        var lease = await world.Granted(working);

        // Who is sent to training meanwhile may still submit, and is given nothing with it.
        await world.Write(store => store.Standings.Where(s => s.ContributorId == working.ContributorId)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.State, StandingState.Training).SetProperty(x => x.TrainingLeft, 1)));
        Assert.Equal(new NextResult.Nothing(QueueReason.Training), (await world.Accepted(working, lease.Token, next: true)).Next);
        await using var store = world.Database.CreateContext();
        var training = await store.Tasks.Where(t => t.Purpose == TaskPurpose.Training).ToListAsync();
        Assert.All(training, t => Assert.Equal((0, Lanes.Training), (t.OpenSlots, t.Lane)));
        Assert.Equal("Thus.", (await store.Gold.FirstAsync(g => g.TaskId == training[0].Id)).Explanation);

        await world.Write(s => s.Gold.Where(g => training.Select(t => t.Id).Contains(g.TaskId)).ExecuteUpdateAsync(g => g.SetProperty(x => x.RetiredAt, world.Clock.GetUtcNow())));
        await world.Granted(newcomer);   // there is nothing left to train with
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Gold_comes_at_one_in_two_while_somebody_is_evaluated(DatabaseKind kind)
    {
        await using var world = await WorldAsync(kind, training: 0, evaluation: 5, hasTraining: false);
        var (newcomer, working) = (await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync());
        await StandAsync(world, working, StandingState.Working, 0);
        Assert.InRange(await GoldAmongAsync(newcomer, 60), 15, 45);
        Assert.Equal(0, await GoldAmongAsync(working, 20));

        async Task<int> GoldAmongAsync(Worker worker, int leases)
        {
            var gold = 0;
            for (var i = 0; i < leases; i++)
            {
                var lease = await world.Granted(worker);
                await world.Accepted(worker, lease.Token);
                if ((await world.Task(lease.TaskId)).Purpose == TaskPurpose.Gold) gold++;
            }

            return gold;
        }
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task What_is_left_counts_down_to_evaluation_and_work(DatabaseKind kind)
    {
        await using var world = await WorldAsync(kind, training: 2, evaluation: 2, hasTraining: true);
        var worker = await world.Seed.AddWorkerAsync();
        var now = world.Clock.GetUtcNow();
        await using var read = world.Database.CreateContext();
        var project = await read.Projects.AsNoTracking().SingleAsync(p => p.Id == world.Project);
        var begun = await world.Database.WriteAsync((store, stop) => StandingChanges.LockAsync(store, project, worker.ContributorId, now, stop), default);
        Assert.Equal((StandingState.Training, 2, Instant.Truncate(now)), (begun!.State, begun.TrainingLeft, begun.Since));
        (StandingState, int, int)[] expected = [(StandingState.Training, 1, 0), (StandingState.Evaluation, 0, 2), (StandingState.Evaluation, 0, 1), (StandingState.Working, 0, 0), (StandingState.Working, 0, 0)];
        for (var i = 0; i < expected.Length; i++)
        {
            var trains = i < 2;
            await world.Database.WriteAsync(
                async (store, stop) =>
                {
                    if (trains) await StandingChanges.TrainedAsync(store, world.Project, worker.ContributorId, 2, now, stop);
                    else await StandingChanges.EvaluatedAsync(store, world.Project, worker.ContributorId, now, stop);
                    return 0;
                },
                default);
            var row = await read.Standings.AsNoTracking().SingleAsync(s => s.ContributorId == worker.ContributorId);
            Assert.Equal(expected[i], (row.State, row.TrainingLeft, row.EvaluationLeft));
        }
    }
}
