using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Selectors;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>A task with everything that decides what becomes of it.</summary>
internal sealed class TaskRecord
{
    public required LabelTaskId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required int OntologyVersion { get; init; }

    public required TaskPurpose Purpose { get; init; }

    public required TaskState State { get; init; }

    public required double? Confidence { get; init; }

    public required int Overlap { get; init; }

    public required AssetId? AssetId { get; init; }

    /// <summary>One of each contributor: the last of those that supersede each other, in the order of the first ones' ids.</summary>
    public List<ResponseRecord> Responses { get; } = [];

    /// <summary>The last review.</summary>
    public ReviewRecord? Review { get; set; }

    public bool AwaitsCorrection { get; set; }

    public int Skippers { get; set; }

    public bool InputWithdrawn { get; set; }

    /// <summary>How large the input is, where that is known.</summary>
    public InputExtent? Input { get; set; }

    /// <summary>What is stored of the consensus; null where there is none.</summary>
    public StoredConsensus? Consensus { get; set; }

    /// <summary>The grades that are stored of responses to it.</summary>
    public List<StoredGrade> Grades { get; } = [];
}

/// <summary>A response as far as consensus needs it.</summary>
internal sealed record ResponseRecord(
    ResponseId Id, LabelTaskId TaskId, ContributorId ContributorId, int OntologyVersion, string Answers, ResponseId? Supersedes, bool Simulated, DateTimeOffset SubmittedAt);

internal sealed record ReviewRecord(ReviewId Id, LabelTaskId TaskId, ReviewDecision Decision, ResponseId? SentBack, string? Answers);

internal readonly record struct StoredConsensus(double? Agreement, string Answers);

internal readonly record struct StoredGrade(ResponseId Response, GradeBasis Basis, double Right, int Choices);

/// <summary>Loads tasks set by set: a handful of queries for hundreds of tasks.</summary>
/// <remarks>
/// It reads all that is there, also what the outbox tells of later. That is right: a decision follows from the facts alone, and the later
/// row makes it again with them.
/// </remarks>
internal static class TaskFactsReader
{
    /// <summary>Ids in one query.</summary>
    private const int ChunkSize = 500;

    public static async Task<List<TaskRecord>> ReadAsync(StoreContext store, IReadOnlyCollection<LabelTaskId> ids, CancellationToken cancellationToken)
    {
        var tasks = new List<TaskRecord>(ids.Count);
        foreach (var chunk in ids.Order(ById).Chunk(ChunkSize)) tasks.AddRange(await ReadChunkAsync(store, chunk, cancellationToken));
        return tasks;
    }

    private static readonly IComparer<LabelTaskId> ById = Comparer<LabelTaskId>.Create(static (a, b) => a < b ? -1 : a > b ? 1 : 0);

    private static async Task<List<TaskRecord>> ReadChunkAsync(StoreContext store, LabelTaskId[] ids, CancellationToken cancellationToken)
    {
        var tasks = await store.Tasks.Where(t => ids.Contains(t.Id) && t.Purpose != TaskPurpose.Gold && t.Purpose != TaskPurpose.Training).OrderBy(t => t.Id).Select(t => new TaskRecord
        {
            Id = t.Id,
            OrganizationId = t.OrganizationId,
            CompartmentId = t.CompartmentId,
            ProjectId = t.ProjectId,
            OntologyVersion = t.OntologyVersion,
            Purpose = t.Purpose,
            State = t.State,
            Confidence = t.Confidence,
            Overlap = t.Overlap,
            AssetId = t.AssetId,
        }).ToListAsync(cancellationToken);
        var byId = tasks.ToDictionary(t => t.Id);
        await AddResponsesAsync(store, byId, cancellationToken);
        await AddReviewsAsync(store, byId, cancellationToken);
        await AddSkipsAsync(store, byId, cancellationToken);
        await AddInputsAsync(store, tasks, cancellationToken);
        var keys = byId.Keys.ToArray();
        foreach (var row in await store.Consensus.Where(c => keys.Contains(c.TaskId)).Select(c => new { c.TaskId, c.Agreement, c.Answers }).ToListAsync(cancellationToken))
            byId[row.TaskId].Consensus = new StoredConsensus(row.Agreement, row.Answers);
        foreach (var (task, grade) in await GradesAsync(store, keys, cancellationToken)) byId[task].Grades.Add(grade);
        return tasks;
    }

    internal static async Task<List<(LabelTaskId Task, StoredGrade Grade)>> GradesAsync(StoreContext store, LabelTaskId[] tasks, CancellationToken cancellationToken) =>
        (await store.ResponseGrades.AsNoTracking().Where(g => tasks.Contains(g.TaskId)).Select(g => new { g.TaskId, g.ResponseId, g.Basis, g.Right, g.Choices }).ToListAsync(cancellationToken))
            .ConvertAll(g => (g.TaskId, new StoredGrade(g.ResponseId, g.Basis, g.Right, g.Choices)));

    private static async Task AddResponsesAsync(StoreContext store, Dictionary<LabelTaskId, TaskRecord> tasks, CancellationToken cancellationToken)
    {
        var ids = tasks.Keys.ToArray();
        var responses = await store.Responses.Where(r => ids.Contains(r.TaskId))
            .Select(r => new ResponseRecord(r.Id, r.TaskId, r.ContributorId, r.OntologyVersion, r.Answers, r.Supersedes, r.Simulated, r.SubmittedAt))
            .ToListAsync(cancellationToken);
        foreach (var ofTask in responses.GroupBy(r => r.TaskId)) tasks[ofTask.Key].Responses.AddRange(InForce([.. ofTask]));
    }

    /// <summary>The last of each chain of responses that supersede each other, in the order of the ids at the chains' beginnings.</summary>
    internal static IEnumerable<ResponseRecord> InForce(IReadOnlyCollection<ResponseRecord> responses)
    {
        var next = responses.Where(r => r.Supersedes is not null).ToDictionary(r => r.Supersedes!.Value);
        foreach (var first in responses.Where(r => r.Supersedes is null).OrderBy(r => r.Id.Value, UuidOrder.Instance))
        {
            var last = first;
            while (next.TryGetValue(last.Id, out var later)) last = later;
            yield return last;
        }
    }

    private static async Task AddReviewsAsync(StoreContext store, Dictionary<LabelTaskId, TaskRecord> tasks, CancellationToken cancellationToken)
    {
        var ids = tasks.Keys.ToArray();
        var reviews = await store.Reviews.Where(r => ids.Contains(r.TaskId)).OrderBy(r => r.Id)
            .Select(r => new ReviewRecord(r.Id, r.TaskId, r.Decision, r.SentBack, r.Answers)).ToListAsync(cancellationToken);
        foreach (var review in reviews) tasks[review.TaskId].Review = review;
        var sentBack = tasks.Values.Where(t => t.Review is { Decision: ReviewDecision.SendBack, SentBack: not null }).ToArray();
        if (sentBack.Length == 0) return;
        var responses = sentBack.Select(t => t.Review!.SentBack!.Value).ToArray();
        var taskIds = sentBack.Select(t => t.Id).ToArray();
        var waiting = await store.Leases
            .Where(l => taskIds.Contains(l.TaskId) && l.Purpose == LeasePurpose.Correction && l.State == LeaseState.Live && l.Supersedes != null)
            .Select(l => new { l.TaskId, l.Supersedes }).ToListAsync(cancellationToken);
        foreach (var lease in waiting)
            if (responses.Contains(lease.Supersedes!.Value)) tasks[lease.TaskId].AwaitsCorrection = true;
    }

    private static async Task AddSkipsAsync(StoreContext store, Dictionary<LabelTaskId, TaskRecord> tasks, CancellationToken cancellationToken)
    {
        var ids = tasks.Keys.ToArray();
        var skips = await store.Leases
            .Where(l => ids.Contains(l.TaskId) && l.State == LeaseState.Skipped && l.Purpose == LeasePurpose.Work)
            .GroupBy(l => l.TaskId).Select(g => new { TaskId = g.Key, Count = g.Select(l => l.ContributorId).Distinct().Count() })
            .ToListAsync(cancellationToken);
        foreach (var skip in skips) tasks[skip.TaskId].Skippers = skip.Count;
    }

    private static async Task AddInputsAsync(StoreContext store, List<TaskRecord> tasks, CancellationToken cancellationToken)
    {
        var ids = tasks.Where(t => t.AssetId is not null).Select(t => t.AssetId!.Value).Distinct().ToArray();
        var assets = (await store.Assets.Where(a => ids.Contains(a.Id))
            .Select(a => new { a.Id, a.WidthPx, a.HeightPx, Withdrawn = a.WithdrawnAt != null }).ToListAsync(cancellationToken)).ToDictionary(a => a.Id);
        foreach (var task in tasks)
        {
            if (task.AssetId is not { } id || !assets.TryGetValue(id, out var asset)) continue;
            task.InputWithdrawn = asset.Withdrawn;
            task.Input = InputExtent.Image(asset.WidthPx, asset.HeightPx);
        }
    }
}
