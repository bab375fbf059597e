using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Outbox;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>A fit in the course of the outbox: it sees nothing beyond its place.</summary>
/// <param name="Place">The place.</param>
/// <param name="Planned">Gold up to it that is not yet written.</param>
internal readonly record struct FitPlace(OutboxPlace Place, IReadOnlyList<GoldEntry> Planned);

/// <summary>What a fit of reliabilities looks at: the latest responses of a project up to a place of the outbox, and the gold among them.</summary>
/// <param name="Ontology">The newest that any of them was made under.</param>
/// <param name="Tasks">Opinions by task.</param>
/// <param name="Known">Known answers of the gold tasks among them.</param>
/// <param name="Reviewed">Answers that reviewers accepted or gave of ordinary tasks among them: known for training, and no gold that anything is graded by.</param>
internal sealed record FitInput(Ontology Ontology, IReadOnlyList<TaskOpinions> Tasks, IReadOnlyList<KnownAnswers> Known, IReadOnlyList<KnownAnswers> Reviewed)
{
    /// <summary>All that is known.</summary>
    public IReadOnlyList<KnownAnswers> Taught => [.. Known, .. Reviewed];

    private const int ChunkSize = 500;

    /// <summary>Null where nobody has answered anything.</summary>
    public static async Task<FitInput?> ReadAsync(
        StoreContext store, OntologyCache ontologies, ProjectId project, FitPlace? at, int responsesMax, CancellationToken cancellationToken)
    {
        var (ids, from) = await LatestAsync(store, project, at?.Place, responsesMax, cancellationToken);
        var responses = new List<ResponseRecord>(ids.Count);
        foreach (var chunk in ids.Chunk(ChunkSize))
        {
            responses.AddRange(await store.Responses.Where(r => chunk.Contains(r.Id))
                .Select(r => new ResponseRecord(r.Id, r.TaskId, r.ContributorId, r.OntologyVersion, r.Answers, r.Supersedes, r.Simulated, r.SubmittedAt)).ToListAsync(cancellationToken));
        }

        if (responses.Count == 0) return null;
        var tasks = new List<TaskOpinions>();
        foreach (var ofTask in responses.GroupBy(r => r.TaskId).OrderBy(g => g.Key.Value, UuidOrder.Instance))
            tasks.Add(await OpinionsAsync(ontologies, project, ofTask.Key, LastOfEach(ofTask), cancellationToken));
        var newest = await ontologies.GetAsync(project, responses.Max(r => r.OntologyVersion), cancellationToken);
        var answered = responses.Select(r => r.TaskId).ToHashSet();
        var known = await KnownAsync(store, ontologies, project, at, answered, cancellationToken);
        foreach (var gold in known) answered.Remove(LabelTaskId.Parse(gold.TaskId, null));
        return new FitInput(newest, tasks, known, await ReviewedAsync(store, ontologies, project, from, at?.Place, answered, cancellationToken));
    }

    /// <summary>Ids of the latest responses to ordinary and gold tasks, in the outbox's order, and the place of the earliest.</summary>
    private static async Task<(List<ResponseId> Ids, OutboxPlace From)> LatestAsync(StoreContext store, ProjectId project, OutboxPlace? upTo, int max, CancellationToken cancellationToken)
    {
        var rows = store.Outbox.AsNoTracking().Where(r => r.ProjectId == project && r.Kind == OutboxKind.ResponseSubmitted && r.Purpose != TaskPurpose.Audit);
        if (upTo is { } place)
        {
            var (epoch, sequence) = (place.Epoch, place.Sequence);
            rows = rows.Where(r => r.Epoch < epoch || (r.Epoch == epoch && r.Sequence <= sequence));
        }

        var ordered = store.IsSqlite ? rows.OrderByDescending(r => r.Sequence) : rows.OrderByDescending(r => r.Epoch).ThenByDescending(r => r.Sequence);
        var latest = await ordered.Take(max).Select(r => new { r.SubjectId, r.Epoch, r.Sequence }).ToListAsync(cancellationToken);
        return (latest.ConvertAll(r => ResponseId.From(r.SubjectId)), latest.Count == 0 ? OutboxPlace.Beginning : new OutboxPlace(latest[^1].Epoch, latest[^1].Sequence));
    }

    /// <summary>What reviewers decided of these tasks from one place of the outbox up to another; the last decision of each counts, and only where it
    /// says what is right. Facts at their places alone: a replay learns the same, to the last bit.</summary>
    private static async Task<List<KnownAnswers>> ReviewedAsync(
        StoreContext store, OntologyCache ontologies, ProjectId project, OutboxPlace from, OutboxPlace? upTo, HashSet<LabelTaskId> tasks, CancellationToken cancellationToken)
    {
        var (firstEpoch, first) = (from.Epoch, from.Sequence);
        var rows = store.Outbox.AsNoTracking().Where(r => r.ProjectId == project && r.Kind == OutboxKind.ReviewDecided);
        rows = store.IsSqlite ? rows.Where(r => r.Sequence >= first) : rows.Where(r => r.Epoch > firstEpoch || (r.Epoch == firstEpoch && r.Sequence >= first));
        if (upTo is { } place)
        {
            var (epoch, sequence) = (place.Epoch, place.Sequence);
            rows = rows.Where(r => r.Epoch < epoch || (r.Epoch == epoch && r.Sequence <= sequence));
        }

        var decided = await rows.OrderBy(r => r.Epoch).ThenBy(r => r.Sequence).Select(r => new { r.TaskId, r.SubjectId }).ToListAsync(cancellationToken);
        var last = new Dictionary<LabelTaskId, ReviewId>();
        foreach (var row in decided) if (row.TaskId is { } task && tasks.Contains(task)) last[task] = ReviewId.From(row.SubjectId);
        var reviewed = new List<KnownAnswers>();
        foreach (var chunk in last.Values.Chunk(ChunkSize))
        {
            var reviews = await store.Reviews.AsNoTracking()
                .Where(r => chunk.Contains(r.Id) && r.Answers != null && (r.Decision == ReviewDecision.Accept || r.Decision == ReviewDecision.Edit))
                .Join(store.Tasks, r => r.TaskId, t => t.Id, (r, t) => new { r.TaskId, r.Answers, t.OntologyVersion }).ToListAsync(cancellationToken);
            foreach (var review in reviews) reviewed.Add(await KnownOfAsync(ontologies, project, review.TaskId, review.OntologyVersion, review.Answers!, cancellationToken));
        }

        reviewed.Sort((a, b) => string.CompareOrdinal(a.TaskId, b.TaskId));
        return reviewed;
    }

    private static async ValueTask<KnownAnswers> KnownOfAsync(
        OntologyCache ontologies, ProjectId project, LabelTaskId task, int version, string answers, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(answers);
        return new KnownAnswers(task.ToString(), AnswerSet.Parse(await ontologies.GetAsync(project, version, cancellationToken), document.RootElement));
    }

    /// <summary>The latest response of each contributor among these; earlier ones of a chain may lie outside.</summary>
    private static IEnumerable<ResponseRecord> LastOfEach(IEnumerable<ResponseRecord> responses)
    {
        var all = responses.ToList();
        var superseded = all.Where(r => r.Supersedes is not null).Select(r => r.Supersedes!.Value).ToHashSet();
        return all.Where(r => !superseded.Contains(r.Id)).OrderBy(r => r.Id.Value, UuidOrder.Instance);
    }

    private static async ValueTask<TaskOpinions> OpinionsAsync(
        OntologyCache ontologies, ProjectId project, LabelTaskId task, IEnumerable<ResponseRecord> responses, CancellationToken cancellationToken)
    {
        var opinions = new List<Opinion>();
        foreach (var response in responses)
            opinions.Add(TaskEstimator.OpinionOf(await ontologies.GetAsync(project, response.OntologyVersion, cancellationToken), response));
        return new TaskOpinions(task.ToString(), null, opinions);
    }

    private static async Task<List<KnownAnswers>> KnownAsync(
        StoreContext store, OntologyCache ontologies, ProjectId project, FitPlace? at, HashSet<LabelTaskId> answered, CancellationToken cancellationToken)
    {
        var answers = at is { } then
            ? await GoldLog.AtAsync(store, project, then.Place, then.Planned, cancellationToken)
            : await store.Gold.Where(g => g.ProjectId == project && store.Tasks.Any(t => t.Id == g.TaskId && t.Purpose == TaskPurpose.Gold)).ToDictionaryAsync(g => g.TaskId, g => g.Answers, cancellationToken);
        var versions = new Dictionary<LabelTaskId, int>();
        foreach (var chunk in answers.Keys.Where(answered.Contains).Chunk(ChunkSize))
        {
            foreach (var task in await store.Tasks.Where(t => chunk.Contains(t.Id)).Select(t => new { t.Id, t.OntologyVersion }).ToListAsync(cancellationToken))
                versions.Add(task.Id, task.OntologyVersion);
        }

        var known = new List<KnownAnswers>(versions.Count);
        foreach (var (task, version) in versions.OrderBy(v => v.Key.Value, UuidOrder.Instance))
            known.Add(await KnownOfAsync(ontologies, project, task, version, answers[task], cancellationToken));
        return known;
    }
}
