using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;
using Touchstone.Testing;

namespace Touchstone.Store.Tests.Queue;

public class TaskImporterTests
{
    public static TheoryData<DatabaseKind> Databases => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    private static Task<ImportCount> ImportAsync(QueueWorld world, IEnumerable<NewTask> tasks, IProgress<ImportCount>? progress = null) =>
        TaskImporter.ImportAsync(world.Database, world.Project, world.Batch, world.Seed.OwnerId, tasks.ToAsyncEnumerable(), world.Clock, progress, default);

    private static IEnumerable<NewTask> Named(int from, int count) => Enumerable.Range(from, count).Select(i => new NewTask { ExternalId = $"frame {i}" });

    [Theory, MemberData(nameof(Databases))]
    public async Task An_import_repeated_adds_only_what_is_new(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind);
        Assert.Equal(new ImportCount(6000, 0), await ImportAsync(world, Named(0, 6000)));
        Assert.Equal(new ImportCount(10, 6001), await ImportAsync(world, Named(0, 6010).Append(new NewTask { ExternalId = "frame 1" })));
        await using var store = world.Database.CreateContext();
        Assert.Equal(6010, await store.Tasks.CountAsync());
        var batch = await store.Batches.SingleAsync();
        Assert.Equal((6010, 6001), (batch.Imported, batch.Repeated));
        Assert.Equal(6010, await store.Outbox.Where(r => r.Kind == OutboxKind.TasksImported).SumAsync(r => r.Count));
        Assert.InRange(await store.Outbox.CountAsync(), 2, 6);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Tasks_come_in_with_what_they_were_given(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, overlap: 3);
        var asset = AssetId.New(world.Clock.Now());
        await ImportAsync(world,
        [
            new NewTask { AssetId = asset, Priority = 9 }, new NewTask { Inputs = """{"text":"é"}""", Overlap = 5 },
            new NewTask { Purpose = TaskPurpose.Gold, GoldAnswers = """{"a":1}""", ExternalId = "gold" },
        ]);
        await using var store = world.Database.CreateContext();
        var tasks = await store.Tasks.OrderBy(t => t.Id).ToListAsync();
        Assert.Equal((asset, 9, 18, 3, 3, world.Clock.Now()), (tasks[0].AssetId, tasks[0].Priority, tasks[0].Lane, tasks[0].Overlap, tasks[0].OpenSlots, tasks[0].CreatedAt));
        Assert.Equal(("""{"text":"é"}""", 5, 10, 5, 5), (tasks[1].Inputs, tasks[1].Priority, tasks[1].Lane, tasks[1].Overlap, tasks[1].OpenSlots));
        Assert.True(tasks[2].Lane < 0 && tasks[2].OpenSlots == 1);
        var gold = await store.Gold.SingleAsync();
        Assert.Equal((tasks[2].Id, """{"a":1}""", world.Seed.OwnerId, world.Project), (gold.TaskId, gold.Answers, gold.CreatedBy, gold.ProjectId));
        Assert.Equal([TaskPurpose.Label, TaskPurpose.Gold], await store.Outbox.OrderBy(r => r.Purpose).Select(r => r.Purpose).ToListAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_import_cut_short_is_finished_by_running_it_again(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind);
        await Assert.ThrowsAsync<IOException>(() => ImportAsync(world, Named(0, 11_000).Concat(Broken())));
        await using var store = world.Database.CreateContext();
        Assert.Equal(10_000, await store.Tasks.CountAsync());
        Assert.Equal(new ImportCount(2_000, 10_000), await ImportAsync(world, Named(0, 12_000)));
    }

    private static IEnumerable<NewTask> Broken()
    {
        yield return new NewTask();
        throw new IOException("The manifest ends here.");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task People_work_while_tasks_come_in(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 50, overlap: 1);
        var workers = new[] { await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync() };
        var importing = ImportAsync(world, Named(0, 20_000));
        var done = 50;
        await Task.WhenAll(workers.Select(async worker =>
        {
            while (await world.Next(worker) is NextResult.Granted { Lease: var lease } && Interlocked.Decrement(ref done) > 0)
                await world.Accepted(worker, lease.Token);
        }));
        Assert.Equal(20_000, (await importing).Imported);
        await using var store = world.Database.CreateContext();
        Assert.Equal(20_050, await store.Tasks.Select(t => new { t.Lane, t.QueueNumber }).Distinct().CountAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_batch_of_another_project_is_refused(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind);
        var (_, foreign) = await world.Seed.AddProjectAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => TaskImporter.ImportAsync(
            world.Database, world.Project, foreign, world.Seed.OwnerId, Named(0, 1).ToAsyncEnumerable(), world.Clock, null, default));
    }
}
