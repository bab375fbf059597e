using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Catalogue.Tasks;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Trust.GoldTasks;

/// <summary>Makes gold of reviewed tasks: another task with the same picture and the reviewer's answers as the known ones. The reviewed task stays what it is, and nobody who answered it is given the gold.</summary>
internal static class MakeGold
{
    private const int AtOnceMax = 500;
    private const int LookedAtMax = 2_000;

    /// <param name="Tasks">Reviewed tasks.</param>
    /// <param name="Count">Or: so many of the surest, spread over the classes.</param>
    public sealed record Request(IReadOnlyList<LabelTaskId>? Tasks = null, int? Count = null);

    /// <param name="Made">Gold tasks made.</param>
    /// <param name="Refused">Tasks of which none was made.</param>
    public sealed record Report(int Made, IReadOnlyList<Refusal> Refused);

    /// <param name="Task">The task.</param>
    /// <param name="Reason"><c>not_found</c>, <c>not_reviewed</c>, <c>made_before</c>, <c>is_example</c>, <c>is_training</c> or <c>asset_withdrawn</c>.</param>
    public sealed record Refusal(LabelTaskId Task, string Reason);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/projects/{projectId}/gold/from-reviewed", Handle).RequireManager().Idempotent().WithName("MakeGoldFromReviewed")
        .WithSummary("Makes gold of reviewed tasks: of those named, or of a count of the surest, spread over the classes.");

    public static async Task<Results<Ok<Report>, ProblemHttpResult>> Handle(
        ProjectId projectId, Request request, CurrentContributor contributor, StoreContext store, StoreDatabase database, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await store.ProjectsVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancellationToken) is not { } project)
            return Problems.NotFound("There is no such project.");
        if (project.State == ProjectState.Archived) return Problems.Conflict("The project is archived and takes no more tasks.", "archived");
        if (request.Tasks is null == request.Count is null) return Problems.Invalid("", "either \"tasks\" or \"count\"", request.Tasks is null ? "neither" : "both");
        if (request.Tasks?.Count is 0 or > AtOnceMax) return Problems.Invalid("/tasks", $"1 to {AtOnceMax} tasks", $"{request.Tasks!.Count}");
        if (request.Count is < 1 or > AtOnceMax) return Problems.Invalid("/count", $"a number from 1 to {AtOnceMax}", $"{request.Count}");
        var now = clock.Now();

        // Chosen before the transaction, which checks each again: choosing reads much, and nobody writes on SQLite meanwhile.
        var tasks = request.Tasks?.Distinct().ToList() ?? await ChooseAsync(store, projectId, request.Count!.Value, cancellationToken);
        return TypedResults.Ok(await database.WriteAsync((write, cancel) => MakeAsync(write, project, tasks, contributor, now, cancel), cancellationToken));
    }

    private sealed record Reviewed(LabelTask Task, string? Answers, bool IsMade, bool IsExample, bool IsWithdrawn);

    private static IQueryable<Reviewed> Read(StoreContext store, IQueryable<LabelTask> tasks) => tasks.Select(t => new Reviewed(
        t,
        store.Reviews.Where(r => r.TaskId == t.Id).OrderByDescending(r => r.Id).Select(r => r.Decision == ReviewDecision.Accept || r.Decision == ReviewDecision.Edit ? r.Answers : null).FirstOrDefault(),
        store.Tasks.Any(g => g.AuditOf == t.Id && g.Purpose == TaskPurpose.Gold),
        store.Examples.Any(e => e.TaskId == t.Id && e.RemovedAt == null),
        store.Assets.Any(a => a.Id == t.AssetId && a.WithdrawnAt != null)));

    private static IQueryable<LabelTask> Done(StoreContext store, ProjectId project) =>
        store.Tasks.AsNoTracking().Where(t => t.ProjectId == project && t.Purpose == TaskPurpose.Label && t.State == TaskState.Done);

    private static async Task<List<LabelTaskId>> ChooseAsync(StoreContext store, ProjectId project, int count, CancellationToken cancellationToken)
    {
        var rows = await Read(store, Done(store, project).Where(t => store.Reviews.Any(r => r.TaskId == t.Id)).OrderByDescending(t => t.Id).Take(LookedAtMax)).ToListAsync(cancellationToken);
        var training = await KnownPictures.OfTrainingAsync(store, project, cancellationToken);
        return GoldChoice.Pick(
            rows.Where(r => Refuse(r, training) is null).Select(r => new GoldCandidate(r.Task.Id, r.Task.Confidence ?? 0, MarkWriter.ClassesOf(r.Answers))), count);
    }

    private static string? Refuse(Reviewed? row, HashSet<AssetId> training) => row switch
    {
        null => "not_found",
        { Answers: null } => "not_reviewed",
        { IsMade: true } => "made_before",
        { IsExample: true } => "is_example",
        { IsWithdrawn: true } => "asset_withdrawn",
        { Task.AssetId: { } asset } when training.Contains(asset) => "is_training",
        _ => null,
    };

    private static async Task<Report> MakeAsync(
        StoreContext store, Project project, List<LabelTaskId> ids, CurrentContributor contributor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var there = await store.Tasks.Where(t => t.ProjectId == project.Id && ids.Contains(t.Id)).Select(t => t.Id).ToListAsync(cancellationToken);
        var rows = (await Read(store, Done(store, project.Id).Where(t => ids.Contains(t.Id))).ToListAsync(cancellationToken)).ToDictionary(r => r.Task.Id);
        var training = await KnownPictures.OfTrainingAsync(store, project.Id, cancellationToken);
        var refused = new List<Refusal>();
        var chosen = new List<Reviewed>();
        foreach (var id in ids)
        {
            var row = rows.GetValueOrDefault(id);
            if (row is null && there.Contains(id)) refused.Add(new(id, "not_reviewed"));
            else if (Refuse(row, training) is { } reason) refused.Add(new(id, reason));
            else chosen.Add(row!);
        }

        if (chosen.Count > 0) await AddAsync(store, project, chosen, contributor, now, cancellationToken);
        return new(chosen.Count, refused);
    }

    private static async Task AddAsync(StoreContext store, Project project, List<Reviewed> chosen, CurrentContributor contributor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var batch = new Batch
        {
            Id = BatchId.New(now),
            OrganizationId = project.OrganizationId,
            CompartmentId = project.CompartmentId,
            ProjectId = project.Id,
            Name = "Gold from reviewed tasks",
            CreatedBy = contributor.Id,
            CreatedAt = now,
            Imported = chosen.Count,
        };
        store.Add(batch);
        var tasks = chosen.ConvertAll(c => new LabelTask
        {
            Id = LabelTaskId.New(now),
            OrganizationId = project.OrganizationId,
            CompartmentId = project.CompartmentId,
            ProjectId = project.Id,
            BatchId = batch.Id,
            AssetId = c.Task.AssetId,
            Inputs = c.Task.Inputs,
            Prelabel = c.Task.Prelabel,
            OntologyVersion = c.Task.OntologyVersion,
            Purpose = TaskPurpose.Gold,
            Priority = c.Task.Priority,
            Overlap = c.Task.Overlap < 1 ? 1 : c.Task.Overlap,
            AuditOf = c.Task.Id,
            CreatedAt = now,
        });
        await QueueChanges.EnqueueAsync(store, tasks, cancellationToken);
        store.AddRange(tasks);
        store.AddRange(tasks.Select((t, i) => new Gold
        {
            TaskId = t.Id,
            OrganizationId = t.OrganizationId,
            CompartmentId = t.CompartmentId,
            ProjectId = t.ProjectId,
            Answers = chosen[i].Answers!,
            CreatedBy = contributor.Id,
            CreatedAt = now,
        }));
        store.Add(new OutboxRow
        {
            Kind = OutboxKind.TasksImported,
            OrganizationId = project.OrganizationId,
            ProjectId = project.Id,
            SubjectId = batch.Id.Value,
            Purpose = TaskPurpose.Gold,
            Count = tasks.Count,
            At = now,
        });
    }
}
