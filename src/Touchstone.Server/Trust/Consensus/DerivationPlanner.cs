using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Outbox;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>Computes what follows from rows of the outbox. Reads only; nothing is locked meanwhile.</summary>
/// <remarks>Nothing that is computed may hold up the outbox, which is everybody's: a task whose consensus cannot be computed goes on to more people and to review, and reliabilities
/// that cannot be estimated stay as they are. Both are logged.</remarks>
internal sealed partial class DerivationPlanner(OntologyCache ontologies, ILogger log)
{
    /// <summary>Decided tasks that are read at once when a fit has them looked at again.</summary>
    private const int ReconsideredAtOnce = 500;

    /// <summary>The plan for the rows up to the first that makes a fit of reliabilities due, that one included.</summary>
    public async Task<DerivationPlan> PlanAsync(
        StoreContext store, OutboxPlace from, List<OutboxRow> rows, OutboxPlace decidedUpTo, CancellationToken cancellationToken)
    {
        var ids = rows.Select(r => r.ProjectId).Distinct().ToArray();
        var counters = (await store.Counters.AsNoTracking().Where(c => ids.Contains(c.ProjectId)).ToListAsync(cancellationToken)).ToDictionary(c => c.ProjectId);
        var fit = CutAtFit(rows, counters);
        var frames = await LoadFramesAsync(store, rows, counters, fit, decidedUpTo, cancellationToken);
        var isReplay = OutboxPlace.Of(rows[0]) <= decidedUpTo;
        var plan = new DerivationPlan { From = from, Rows = rows };
        foreach (var frame in frames.Values)
        {
            frame.Rows.AddRange(rows.Where(r => r.ProjectId == frame.Project.Id));
            if (frame.Rows.Count == 0) continue;
            await PlanProjectAsync(store, frame, isReplay, cancellationToken);
            if (fit == frame.Project.Id) await RefitAsync(store, frame, cancellationToken);
            plan.Projects.Add(frame.Plan);
        }

        return plan;
    }

    /// <summary>Cuts the rows after the first that makes a fit due. Which row that is depends on the order of the rows alone.</summary>
    private static ProjectId? CutAtFit(List<OutboxRow> rows, Dictionary<ProjectId, ProjectCounters> counters)
    {
        var counts = rows.Select(r => r.ProjectId).Distinct().ToDictionary(
            id => id, id => counters.GetValueOrDefault(id) is { } counted ? (counted.Responses, Due: FitSchedule.DueAt(counted.ResponsesAtFit)) : (0, FitSchedule.DueAt(0)));
        for (var i = 0; i < rows.Count; i++)
        {
            if (!FitSchedule.Counts(rows[i]) || !counts.TryGetValue(rows[i].ProjectId, out var count)) continue;
            counts[rows[i].ProjectId] = count = count with { Responses = count.Responses + 1 };
            if (count.Responses < count.Due) continue;
            rows.RemoveRange(i + 1, rows.Count - i - 1);
            return rows[i].ProjectId;
        }

        return null;
    }

    private static async Task<Dictionary<ProjectId, ProjectFrame>> LoadFramesAsync(
        StoreContext store, List<OutboxRow> rows, Dictionary<ProjectId, ProjectCounters> counters, ProjectId? fit, OutboxPlace decidedUpTo, CancellationToken cancellationToken)
    {
        var ids = rows.Select(r => r.ProjectId).Distinct().ToArray();
        var projects = await store.Projects.AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(cancellationToken);
        var policies = (await store.Policies.AsNoTracking().Where(p => ids.Contains(p.ProjectId)).ToListAsync(cancellationToken)).ToLookup(p => p.ProjectId);
        var known = (await LoadReliabilitiesAsync(store, rows, fit, cancellationToken)).ToLookup(r => r.ProjectId);
        var frames = new Dictionary<ProjectId, ProjectFrame>();
        foreach (var project in projects)
        {
            var log = new PolicyLog(policies[project.Id], project, OutboxPlace.Of(rows.First(r => r.ProjectId == project.Id)), decidedUpTo);
            frames.Add(project.Id, new ProjectFrame(project, log, counters.GetValueOrDefault(project.Id), known[project.Id]));
        }

        return frames;
    }

    /// <summary>Those of the contributors whom the rows name and of those who answered the same tasks; a fit needs everybody's.</summary>
    private static async Task<List<ContributorReliability>> LoadReliabilitiesAsync(
        StoreContext store, List<OutboxRow> rows, ProjectId? fit, CancellationToken cancellationToken)
    {
        var ids = rows.Select(r => r.ProjectId).Distinct().ToArray();
        var tasks = rows.Where(r => r.TaskId is not null).Select(r => r.TaskId!.Value).Distinct().ToArray();
        var people = await store.Responses.Where(r => tasks.Contains(r.TaskId)).Select(r => r.ContributorId).Distinct().ToListAsync(cancellationToken);
        var wanted = rows.Where(r => r.ContributorId is not null).Select(r => r.ContributorId!.Value).Concat(people).Append(ReliabilityBook.Crowd).Distinct().ToArray();
        return await store.Reliabilities.AsNoTracking()
            .Where(r => ids.Contains(r.ProjectId) && (r.ProjectId == fit || wanted.Contains(r.ContributorId))).ToListAsync(cancellationToken);
    }

    private async Task PlanProjectAsync(StoreContext store, ProjectFrame frame, bool isReplay, CancellationToken cancellationToken)
    {
        var touched = new Dictionary<LabelTaskId, OutboxRow>();   // with the last event of each
        foreach (var row in frame.Rows)
        {
            Count(frame, row);
            if (row.TaskId is { } task) touched[task] = row;
        }

        await GoldLog.PlanAsync(store, frame, isReplay, cancellationToken);
        await TrainingFigures.PlanAsync(store, frame, cancellationToken);
        await CountActiveTimeAsync(store, frame, cancellationToken);
        foreach (var task in await TaskFactsReader.ReadAsync(store, touched.Keys, cancellationToken))
        {
            touched.Remove(task.Id, out var cause);
            await DecideAsync(frame, task, frame.Policies.At(OutboxPlace.Of(cause!)), cause!.At, cancellationToken);
        }

        if (touched.Count > 0) await GoldGrader.PlanAsync(store, ontologies, frame.Plan, touched.Keys, NoGrades, cancellationToken);   // what is left is no ordinary task
    }

    private static void Count(ProjectFrame frame, OutboxRow row)
    {
        var counters = frame.Plan.Counters;
        switch (row.Kind)
        {
            case OutboxKind.TasksImported when row.Purpose == TaskPurpose.Gold:
                counters.Gold += row.Count;
                break;
            case OutboxKind.TasksImported when row.Purpose == TaskPurpose.Training:
                break;
            case OutboxKind.TasksImported when row.Purpose == TaskPurpose.Audit:
                counters.Audits += row.Count;
                break;
            case OutboxKind.TasksImported:
                counters.Tasks += row.Count;
                counters.Add(TaskState.Open, row.Count);
                break;
            case OutboxKind.ResponseSubmitted:
                if (FitSchedule.Counts(row))
                {
                    counters.Responses++;
                    frame.Plan.AddToDay(row.At, responses: 1, activeMilliseconds: 0);
                }

                if (row.TaskId is { } answered) frame.Plan.Answered.Add((answered, row.ContributorId!.Value));
                counters.LastResponseAt = Later(counters.LastResponseAt, row.At);
                var giver = frame.Contributor(row.ContributorId!.Value);
                giver.Responses++;
                giver.LastResponseAt = Later(giver.LastResponseAt, row.At);
                if (row.Purpose == TaskPurpose.Gold) giver.GoldAnswered++;
                break;
            case OutboxKind.LeaseSkipped:
                counters.Skips++;
                frame.Contributor(row.ContributorId!.Value).Skips++;
                break;
        }
    }

    private static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset at) => known > at ? known.Value : at;

    private static async Task CountActiveTimeAsync(StoreContext store, ProjectFrame frame, CancellationToken cancellationToken)
    {
        foreach (var chunk in frame.Rows.Where(r => r.Kind == OutboxKind.ResponseSubmitted).Select(r => ResponseId.From(r.SubjectId)).Chunk(500))
        {
            var times = await store.Responses.Where(r => chunk.Contains(r.Id)).Select(r => new { r.ContributorId, r.SubmittedAt, r.ActiveMilliseconds }).ToListAsync(cancellationToken);
            foreach (var time in times)
            {
                frame.Contributor(time.ContributorId).ActiveMilliseconds += time.ActiveMilliseconds;
                frame.Plan.AddToDay(time.SubmittedAt, responses: 0, time.ActiveMilliseconds);
            }
        }
    }

    private async ValueTask DecideAsync(ProjectFrame frame, TaskRecord task, DecisionPolicy policy, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (task.Purpose == TaskPurpose.Audit)
        {
            var state = task.InputWithdrawn ? TaskState.Withdrawn : task.Responses.Count >= task.Overlap ? TaskState.Done : TaskState.Open;
            if (state != task.State) frame.Plan.Tasks[task.Id] = new TaskChange(task, state, 0, null, at, []);   // in no counter of states
            return;
        }

        frame.Plan.Change(await ChangeAsync(frame, task, policy, at, cancellationToken));
    }

    private async ValueTask<TaskChange> ChangeAsync(ProjectFrame frame, TaskRecord task, DecisionPolicy policy, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var isDue = task.Responses.Count >= policy.OverlapMin || (task.Review is not null && task.Responses.Count > 0);
        var ontology = isDue ? await ontologies.GetAsync(task.ProjectId, task.OntologyVersion, cancellationToken) : null;
        var opinions = ontology is null ? null : Opinions(ontology, task);
        var estimate = opinions is null ? null : Estimate(ontology!, task, opinions, frame.Reliabilities);
        var decision = TaskDecision.Of(
            new TaskFacts(task.Responses.Count, estimate?.Confidence, task.Review?.Decision, task.AwaitsCorrection, task.Skippers, task.InputWithdrawn, estimate?.IsValid ?? !isDue), policy);

        // Graded as soon as others have answered, decided or not: where people disagree tasks stay open the longest, and it is there that bad work shows.
        var isGraded = estimate is not null && decision.State != TaskState.Withdrawn && !task.AwaitsCorrection;
        var grades = isGraded ? Grades(ontology!, task, opinions!, frame.Reliabilities) : [];
        return new TaskChange(task, decision.State, decision.Wanted, estimate, at, grades);
    }

    private List<Opinion>? Opinions(Ontology ontology, TaskRecord task)
    {
        try
        {
            return task.Responses.ConvertAll(r => TaskEstimator.OpinionOf(ontology, r));
        }
        catch (Exception failure)
        {
            NoConsensus(failure, task.Id);
            return null;
        }
    }

    private IReadOnlyList<ResponseGrade> Grades(Ontology ontology, TaskRecord task, List<Opinion> opinions, ReliabilityBook reliabilities)
    {
        try
        {
            return TaskGrader.Grade(ontology, task, opinions, reliabilities);
        }
        catch (Exception failure)
        {
            NoGrades(failure, task.Id);
            return [];
        }
    }

    private TaskEstimate? Estimate(Ontology ontology, TaskRecord task, List<Opinion> opinions, ReliabilityBook reliabilities)
    {
        try
        {
            return TaskEstimator.Estimate(ontology, task, opinions, reliabilities);
        }
        catch (Exception failure)
        {
            NoConsensus(failure, task.Id);
            return null;
        }
    }

    /// <summary>
    /// Estimates reliabilities anew and, by them, the tasks that are not decided yet and those decided ones that the fit looked at: what seemed sure while reliabilities rested on few responses is asked
    /// again where it no longer does.
    /// </summary>
    private async Task RefitAsync(StoreContext store, ProjectFrame frame, CancellationToken cancellationToken)
    {
        var cause = frame.Rows[^1];
        if (await frame.FitAsync(store, ontologies, OutboxPlace.Of(cause), cancellationToken) is { } failure) NoFit(failure, frame.Project.Id);
        var policy = frame.Policies.At(OutboxPlace.Of(cause));
        foreach (var task in await TaskFactsReader.ReadAsync(store, await UndecidedAsync(store, frame, cancellationToken), cancellationToken))
        {
            if (task.Responses.Count > 0) await DecideAsync(frame, task, policy, cause.At, cancellationToken);
        }

        foreach (var chunk in frame.Fitted.Chunk(ReconsideredAtOnce))
        {
            foreach (var task in await TaskFactsReader.ReadAsync(store, await DecidedAsync(store, frame, chunk, cancellationToken), cancellationToken))
            {
                var change = await ChangeAsync(frame, task, policy, cause.At, cancellationToken);
                if (frame.Plan.IsNews(change)) frame.Plan.Change(change);
            }
        }
    }

    /// <summary>Those of some tasks that are done once this plan is written.</summary>
    private static async Task<HashSet<LabelTaskId>> DecidedAsync(StoreContext store, ProjectFrame frame, LabelTaskId[] tasks, CancellationToken cancellationToken)
    {
        var ids = (await store.Tasks.Where(t => tasks.Contains(t.Id) && t.Purpose == TaskPurpose.Label && t.State == TaskState.Done).Select(t => t.Id).ToListAsync(cancellationToken)).ToHashSet();
        foreach (var task in tasks)
        {
            if (!frame.Plan.Tasks.TryGetValue(task, out var planned)) continue;
            if (planned.State == TaskState.Done && planned.Task.Purpose == TaskPurpose.Label) ids.Add(task);
            else ids.Remove(task);
        }

        return ids;
    }

    /// <summary>Tasks with a consensus that are open or in review once this plan is written.</summary>
    private static async Task<HashSet<LabelTaskId>> UndecidedAsync(StoreContext store, ProjectFrame frame, CancellationToken cancellationToken)
    {
        var project = frame.Project.Id;
        var ids = (await store.Consensus.Where(c => c.ProjectId == project)
            .Join(store.Tasks, c => c.TaskId, t => t.Id, (c, t) => new { t.Id, t.State })
            .Where(t => t.State == TaskState.Open || t.State == TaskState.InReview)
            .Select(t => t.Id).ToListAsync(cancellationToken)).ToHashSet();
        foreach (var change in frame.Plan.Tasks.Values)
        {
            if (change.Estimate is not null && change.State is TaskState.Open or TaskState.InReview) ids.Add(change.Task.Id);
            else ids.Remove(change.Task.Id);
        }

        return ids;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "No consensus could be computed of task {Task}; it goes to more people or to review.")]
    private partial void NoConsensus(Exception failure, LabelTaskId task);

    [LoggerMessage(Level = LogLevel.Error, Message = "The responses to task {Task} could not be graded; they count for nobody.")]
    private partial void NoGrades(Exception failure, LabelTaskId task);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reliabilities of project {Project} could not be estimated; the last ones stay in force.")]
    private partial void NoFit(Exception failure, ProjectId project);
}
