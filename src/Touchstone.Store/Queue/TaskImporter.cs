using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Postgres;
using Touchstone.Store.Sqlite;

namespace Touchstone.Store.Queue;

/// <summary>A task to be imported.</summary>
public sealed record NewTask
{
    /// <summary>The caller's own id; a second task of the project with the same one is a repeat and changes nothing.</summary>
    public string? ExternalId { get; init; }

    public AssetId? AssetId { get; init; }

    /// <summary>JSON of inputs that are not one asset.</summary>
    public string? Inputs { get; init; }

    /// <summary>JSON of what a model or another tool proposes. Where a task of the project with the same picture has one, that one is taken over in its place.</summary>
    public string? Prelabel { get; init; }

    /// <summary>0 (last) to 9 (first).</summary>
    public int Priority { get; init; } = 5;

    /// <summary>Responses wanted; null for the project's least number (audits: 1).</summary>
    public int? Overlap { get; init; }

    public TaskPurpose Purpose { get; init; } = TaskPurpose.Label;

    /// <summary>For an audit: the task judged again.</summary>
    public LabelTaskId? AuditOf { get; init; }

    /// <summary>For gold and training: the known answers' JSON.</summary>
    public string? GoldAnswers { get; init; }

    /// <summary>For training: why the answer is what it is.</summary>
    public string? Explanation { get; init; }
}

/// <summary>What an import did.</summary>
/// <param name="Imported">New tasks.</param>
/// <param name="Repeated">Tasks whose external id was there before.</param>
public sealed record ImportCount(long Imported, long Repeated);

/// <summary>Puts many tasks into a project fast: chunk after chunk, each durable by itself, so that an import cut short is finished by
/// running it again.</summary>
public static class TaskImporter
{
    /// <summary>Imports the tasks into the batch's project and counts them in the batch.</summary>
    /// <param name="database">Where to.</param>
    /// <param name="project">An existing project.</param>
    /// <param name="batch">An existing batch of it.</param>
    /// <param name="createdBy">Who imports; named on gold.</param>
    /// <param name="tasks">In the order in which they are to be done.</param>
    /// <param name="clock">Times and ids.</param>
    /// <param name="progress">Told after every chunk.</param>
    /// <param name="cancellationToken">Stops between chunks.</param>
    public static async Task<ImportCount> ImportAsync(
        StoreDatabase database, ProjectId project, BatchId batch, ContributorId createdBy, IAsyncEnumerable<NewTask> tasks, TimeProvider clock,
        IProgress<ImportCount>? progress, CancellationToken cancellationToken)
    {
        var target = await FindTargetAsync(database, project, batch, createdBy, cancellationToken);
        await using ITaskSink sink = database.IsSqlite
            ? new SqliteTaskSink(database, target)
            : await PostgresTaskSink.OpenAsync(database, target, cancellationToken);
        var total = new ImportCount(0, 0);
        var written = Task.FromResult(total);
        var idsFrom = DateTimeOffset.MinValue;
        try
        {
            // What comes next is read, and where the database can take it sent, while the last chunk is written.
            await foreach (var chunk in tasks.Chunk(sink.ChunkSize).WithCancellation(cancellationToken))
            {
                // Ids ascend from chunk to chunk too; within a millisecond they are in no order.
                var now = clock.Now();
                idsFrom = now > idsFrom ? now : idsFrom;
                if (target.HasPrelabels) await TakeOverPrelabelsAsync(database, target, chunk, cancellationToken);
                var rows = Number(chunk, target, idsFrom);
                idsFrom = idsFrom.AddMilliseconds(1);
                var prepared = await sink.PrepareAsync(rows, cancellationToken);
                Note(await written);
                written = prepared(clock.Now(), cancellationToken);
            }

            Note(await written);
        }
        finally
        {
            await written.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return total;

        void Note(ImportCount count)
        {
            if (count is { Imported: 0, Repeated: 0 }) return;
            total = new(total.Imported + count.Imported, total.Repeated + count.Repeated);
            database.OutboxSignal.Raise();
            progress?.Report(total);
        }
    }

    private static async Task<ImportTarget> FindTargetAsync(
        StoreDatabase database, ProjectId project, BatchId batch, ContributorId createdBy, CancellationToken cancellationToken)
    {
        await using var store = database.CreateContext();
        return await store.Projects
            .Where(p => p.Id == project && store.Batches.Any(b => b.Id == batch && b.ProjectId == project))
            .Select(p => new ImportTarget(p.Id, p.OrganizationId, p.CompartmentId, batch, createdBy, p.OntologyVersion, p.OverlapMin, store.Tasks.Any(t => t.ProjectId == project && t.Prelabel != null)))
            .SingleOrDefaultAsync(cancellationToken)
            ?? throw new ArgumentException($"Project {project} has no batch {batch}.", nameof(batch));
    }

    /// <summary>A picture that comes again has the proposal that it had before: gold would be told from ordinary work otherwise. What trains shows none.</summary>
    private static async Task TakeOverPrelabelsAsync(StoreDatabase database, ImportTarget target, NewTask[] chunk, CancellationToken cancellationToken)
    {
        var pictures = chunk.Where(t => t.AssetId is not null).Select(t => t.AssetId!.Value).Distinct().ToArray();
        await using var store = database.CreateContext();
        var known = (await store.Tasks.Where(t => t.ProjectId == target.ProjectId && t.Prelabel != null && t.AssetId != null && pictures.Contains(t.AssetId.Value) && t.OntologyVersion == target.OntologyVersion)
            .Select(t => new { t.Id, t.AssetId, t.Prelabel }).ToListAsync(cancellationToken)).GroupBy(t => t.AssetId!.Value).ToDictionary(g => g.Key, g => g.MinBy(t => t.Id.Value)!.Prelabel);
        for (var i = 0; i < chunk.Length; i++)
            if (chunk[i] is { AssetId: { } picture, Purpose: not TaskPurpose.Training } task && known.TryGetValue(picture, out var prelabel)) chunk[i] = task with { Prelabel = prelabel };
    }

    /// <summary>Gives the chunk's tasks their ids, in ascending order (so that every index grows at its end), lanes and places within them.</summary>
    private static List<ImportRow> Number(NewTask[] chunk, ImportTarget target, DateTimeOffset now)
    {
        var ids = new LabelTaskId[chunk.Length];
        for (var i = 0; i < ids.Length; i++) ids[i] = LabelTaskId.New(now);
        Array.Sort(ids, static (x, y) => x.Value.CompareTo(y.Value));
        var ranks = new Dictionary<int, int>();
        var rows = new List<ImportRow>(chunk.Length);
        for (var i = 0; i < chunk.Length; i++)
        {
            var task = chunk[i];
            ArgumentOutOfRangeException.ThrowIfNegative(task.Priority);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(task.Priority, 9);
            var lane = Lanes.Of(task.Purpose, task.Priority, ids[i]);
            var rank = ranks.GetValueOrDefault(lane);
            ranks[lane] = rank + 1;
            var overlap = task.Overlap ?? (task.Purpose is TaskPurpose.Audit or TaskPurpose.Training ? 1 : target.OverlapMin);
            ArgumentOutOfRangeException.ThrowIfLessThan(overlap, 1);
            rows.Add(new(ids[i], task, lane, rank, overlap, Lanes.OpenSlots(task.Purpose, overlap)));
        }

        return rows;
    }
}

/// <summary>Where an import goes.</summary>
internal sealed record ImportTarget(
    ProjectId ProjectId, OrganizationId OrganizationId, CompartmentId CompartmentId, BatchId BatchId, ContributorId CreatedBy, int OntologyVersion,
    int OverlapMin, bool HasPrelabels);

/// <summary>A task of a chunk; <paramref name="Rank"/> counts from 0 within the chunk's tasks of its lane.</summary>
internal readonly record struct ImportRow(LabelTaskId Id, NewTask Task, int Lane, int Rank, int Overlap, int OpenSlots);

/// <summary>Writes a chunk that was prepared.</summary>
internal delegate Task<ImportCount> ChunkWriter(DateTimeOffset now, CancellationToken cancellationToken);

/// <summary>Writes chunks, each in one durable transaction. At most one is prepared while another is written.</summary>
internal interface ITaskSink : IAsyncDisposable
{
    int ChunkSize { get; }

    /// <summary>Brings a chunk as near to the database as can be while the one before it is still written; what is given back writes it, once that one is done.</summary>
    ValueTask<ChunkWriter> PrepareAsync(List<ImportRow> rows, CancellationToken cancellationToken);
}
