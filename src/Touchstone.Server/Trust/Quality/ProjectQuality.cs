using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Quality;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Work;
using Touchstone.Statistics;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Quality;

/// <summary>What adaptive overlap does: as many answers as each task needs.</summary>
/// <param name="Min">Responses that every task gets.</param>
/// <param name="Max">Responses that a task gets at most.</param>
/// <param name="Confidence">From which a consensus stands.</param>
/// <param name="TasksDone">Done tasks.</param>
/// <param name="Responses">Responses that they took.</param>
/// <param name="FixedResponses">What they would have taken if each had got as many as the settings allowed when it was answered last; settings that came later do not count.</param>
/// <param name="Saved">Share of that which was not needed; null while nothing is done.</param>
/// <param name="ByResponses">Done tasks by the responses that they took.</param>
internal sealed record OverlapBody(int Min, int Max, double Confidence, int TasksDone, long Responses, long FixedResponses, double? Saved, IReadOnlyList<OverlapCountBody> ByResponses);

/// <param name="Responses">Responses of a task.</param>
/// <param name="Tasks">Done tasks with so many.</param>
internal sealed record OverlapCountBody(int Responses, int Tasks);

/// <summary>What labels cost in people's time.</summary>
/// <param name="AcceptedTasks">Done tasks.</param>
/// <param name="AcceptedLabels">Labels in them: shapes and answers to other questions. Counted in the tasks looked at, and taken in proportion where there are more.</param>
/// <param name="ActiveMilliseconds">Active time in all responses, gold and audits too: they are part of the price.</param>
/// <param name="MillisecondsPerTask">For each done task.</param>
/// <param name="MillisecondsPerLabel">For each accepted label.</param>
internal sealed record LabelCostBody(int AcceptedTasks, long AcceptedLabels, long ActiveMilliseconds, double? MillisecondsPerTask, double? MillisecondsPerLabel);

/// <summary>The quality of a project at one moment.</summary>
/// <param name="Project">The project.</param>
/// <param name="AsOf">When it was measured.</param>
/// <param name="Tasks">Tasks looked at: those answered last.</param>
/// <param name="Responses">Responses in force to them.</param>
/// <param name="Questions">Agreement on each question.</param>
/// <param name="Confusion">What the crowd says when each label is true.</param>
/// <param name="Overlap">What adaptive overlap saved.</param>
/// <param name="Cost">What labels cost.</param>
internal sealed record ProjectQualityBody(
    ProjectId Project, DateTimeOffset AsOf, int Tasks, int Responses, IReadOnlyList<QuestionAgreementBody> Questions, IReadOnlyList<ConfusionBody> Confusion, OverlapBody Overlap, LabelCostBody Cost);

/// <summary>Measures a project's quality from what is stored.</summary>
internal sealed class ProjectQuality(OntologyCache ontologies, TimeProvider clock)
{
    /// <summary>Tasks looked at, those answered last: enough for intervals of a few hundredths.</summary>
    public const int TasksMax = 2_000;

    private const int ResponsesMax = 10_000;
    private const int ChunkSize = 500;

    public async Task<ProjectQualityBody> MeasureAsync(StoreContext store, ProjectId id, CancellationToken cancellationToken)
    {
        var project = await store.Projects.AsNoTracking().SingleAsync(p => p.Id == id, cancellationToken);
        var tasks = await OpinionsAsync(store, id, cancellationToken);
        var book = ReliabilityBook.Of(await store.Reliabilities.AsNoTracking().Where(r => r.ProjectId == id && r.ContributorId == ReliabilityBook.Crowd).ToListAsync(cancellationToken));
        var ontology = await ontologies.GetAsync(id, project.OntologyVersion, cancellationToken);
        var overlap = await OverlapAsync(store, project, cancellationToken);
        return new ProjectQualityBody(
            id, clock.GetUtcNow(), tasks.Count, tasks.Sum(t => t.Opinions.Count), [.. ontology.Questions.Select(q => QuestionAgreement.Of(q, tasks))],
            ConfusionBody.Of(book.Table.Crowd, book.Table), overlap, await CostAsync(store, id, overlap.TasksDone, tasks, cancellationToken));
    }

    /// <summary>The ordinary tasks that were answered last, each with all its responses in force; latest first.</summary>
    private async Task<List<TaskOpinions>> OpinionsAsync(StoreContext store, ProjectId project, CancellationToken cancellationToken)
    {
        var latest = await store.Responses.AsNoTracking().Where(r => r.ProjectId == project).OrderByDescending(r => r.Id).Take(ResponsesMax)
            .Join(store.Tasks, r => r.TaskId, t => t.Id, (r, t) => new { r.Id, r.TaskId, t.Purpose, t.OntologyVersion }).Where(r => r.Purpose == TaskPurpose.Label)
            .OrderByDescending(r => r.Id).ToListAsync(cancellationToken);
        var ids = latest.DistinctBy(r => r.TaskId).Take(TasksMax).ToList();
        var versions = ids.ToDictionary(r => r.TaskId, r => r.OntologyVersion);
        var opinions = new Dictionary<LabelTaskId, TaskOpinions>();
        foreach (var chunk in ids.Select(r => r.TaskId).Chunk(ChunkSize))
        {
            var responses = await store.Responses.Where(r => chunk.Contains(r.TaskId))
                .Select(r => new ResponseRecord(r.Id, r.TaskId, r.ContributorId, r.OntologyVersion, r.Answers, r.Supersedes, r.Simulated, r.SubmittedAt)).ToListAsync(cancellationToken);
            foreach (var ofTask in responses.GroupBy(r => r.TaskId))
            {
                var ontology = await ontologies.GetAsync(project, versions[ofTask.Key], cancellationToken);
                opinions.Add(ofTask.Key, new TaskOpinions(ofTask.Key.ToString(), null, [.. TaskFactsReader.InForce([.. ofTask]).Select(r => TaskEstimator.OpinionOf(ontology, r))]));
            }
        }

        return [.. ids.Select(r => opinions[r.TaskId])];
    }

    private static async Task<OverlapBody> OverlapAsync(StoreContext store, Project project, CancellationToken cancellationToken)
    {
        var counts = await store.Tasks.Where(t => t.ProjectId == project.Id && t.Purpose == TaskPurpose.Label && t.State == TaskState.Done)
            .GroupBy(t => t.ResponseCount).Select(g => new { Responses = g.Key, Tasks = g.Count() }).ToListAsync(cancellationToken);
        var (done, responses) = (counts.Sum(c => c.Tasks), counts.Sum(c => (long)c.Responses * c.Tasks));
        var wanted = done == 0 ? 0 : await FixedResponsesAsync(store, project, done, cancellationToken);
        return new OverlapBody(
            project.OverlapMin, project.OverlapMax, project.OverlapConfidence, done, responses, wanted, wanted == 0 ? null : Rounding.ToDigest(1 - (double)responses / wanted),
            [.. counts.OrderBy(c => c.Responses).Select(c => new OverlapCountBody(c.Responses, c.Tasks))]);
    }

    /// <summary>The most responses that the settings allowed each done task when its last response was decided, all together.</summary>
    private static async Task<long> FixedResponsesAsync(StoreContext store, Project project, int done, CancellationToken cancellationToken)
    {
        var policies = await store.Policies.AsNoTracking().Where(p => p.ProjectId == project.Id).OrderBy(p => p.Epoch).ThenBy(p => p.Sequence).ToListAsync(cancellationToken);
        if (policies.Count == 0) return (long)done * Math.Max(project.OverlapMax, project.OverlapMin);
        var wanted = (long)done * Most(policies[0]);
        for (var p = 1; p < policies.Count; p++)
        {
            var (epoch, sequence, more) = (policies[p].Epoch, policies[p].Sequence, Most(policies[p]) - Most(policies[p - 1]));
            if (more == 0) continue;
            var rows = store.Outbox.Where(r => r.ProjectId == project.Id && r.Kind == OutboxKind.ResponseSubmitted && r.Purpose == TaskPurpose.Label);
            rows = store.IsSqlite ? rows.Where(r => r.Sequence >= sequence) : rows.Where(r => r.Epoch > epoch || (r.Epoch == epoch && r.Sequence >= sequence));
            wanted += (long)more * await store.Tasks.CountAsync(
                t => t.ProjectId == project.Id && t.Purpose == TaskPurpose.Label && t.State == TaskState.Done && rows.Select(r => r.TaskId).Contains(t.Id), cancellationToken);
        }

        return wanted;

        static int Most(PolicyEntry policy) => Math.Max(policy.OverlapMax, policy.OverlapMin);
    }

    private static async Task<LabelCostBody> CostAsync(StoreContext store, ProjectId project, int done, IReadOnlyList<TaskOpinions> tasks, CancellationToken cancellationToken)
    {
        var (looked, labels) = (0, 0L);
        foreach (var chunk in tasks.Select(t => LabelTaskId.Parse(t.TaskId, null)).Chunk(ChunkSize))
        {
            var answers = await store.Consensus.AsNoTracking().Where(c => chunk.Contains(c.TaskId) && store.Tasks.Any(t => t.Id == c.TaskId && t.State == TaskState.Done))
                .Select(c => c.Answers).ToListAsync(cancellationToken);
            looked += answers.Count;
            labels += answers.Sum(CountLabels);
        }

        var accepted = looked == 0 ? 0 : looked == done ? labels : (long)Math.Round((double)labels / looked * done);
        var active = await store.ProjectDays.Where(d => d.ProjectId == project).SumAsync(d => d.ActiveMilliseconds, cancellationToken);
        return new LabelCostBody(done, accepted, active, done == 0 ? null : Rounding.ToDigest((double)active / done), accepted == 0 ? null : Rounding.ToDigest((double)active / accepted));
    }

    /// <summary>Shapes, and one for each answer to another question.</summary>
    private static long CountLabels(string answers)
    {
        using var document = JsonDocument.Parse(answers);
        var count = 0L;
        foreach (var answer in document.RootElement.EnumerateObject())
            count += answer.Value.ValueKind == JsonValueKind.Array && answer.Value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Object) ? answer.Value.GetArrayLength() : 1;
        return count;
    }
}
