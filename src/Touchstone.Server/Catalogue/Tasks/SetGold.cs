using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Catalogue.Tasks;

internal static class SetGold
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tasks/{taskId}/gold", GetAsync).RequireManager().WithName("GetGold").WithSummary("The known answers of a gold task.");
        routes.MapPut("/tasks/{taskId}/gold", SetAsync).RequireManager().WithName("SetGold").WithSummary("Makes a task gold, with these answers as its known ones, or corrects them. Nothing shown to contributors changes.");
        routes.MapDelete("/tasks/{taskId}/gold", RetireAsync).RequireManager().WithName("RetireGold").WithSummary("Hands a gold task out no more. Those who answered it stay graded by it.");
    }

    /// <param name="Answers">As a contributor would submit them.</param>
    public sealed record Request(JsonElement Answers);

    public sealed record View(LabelTaskId TaskId, JsonElement Answers, ContributorId CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt);

    private static async Task<Results<Ok<View>, ProblemHttpResult>> GetAsync(LabelTaskId taskId, StoreContext store, CurrentContributor current, CancellationToken cancellationToken)
    {
        var gold = await store.Gold.AsNoTracking().SingleOrDefaultAsync(g => g.TaskId == taskId && store.TasksVisibleTo(current).Any(t => t.Id == taskId && t.Purpose == TaskPurpose.Gold), cancellationToken);
        return gold is null ? NoGold() : TypedResults.Ok(Of(gold));
    }

    private static async Task<Results<Ok<View>, ProblemHttpResult>> SetAsync(
        LabelTaskId taskId, Request request, StoreContext store, StoreDatabase database, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken)
    {
        var task = await store.TasksVisibleTo(current).Where(t => t.Id == taskId)
            .Select(t => new
            {
                t.Purpose,
                t.ProjectId,
                t.AssetId,
                Ontology = store.OntologyVersions.Where(o => o.ProjectId == t.ProjectId && o.Number == t.OntologyVersion).Select(o => o.Json).Single(),
                Size = store.Assets.Where(a => a.Id == t.AssetId).Select(a => new { a.WidthPx, a.HeightPx }).SingleOrDefault(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (task is null) return ListTasks.NoSuchTask();
        if (task.Purpose == TaskPurpose.Audit) return Problems.Conflict("This task judges another one for the assay and cannot be gold.", "is_audit");
        if (task.Purpose == TaskPurpose.Training) return Problems.Conflict("This task trains: its answer is told to everybody and cannot be gold.", "is_training");
        if (task.Purpose != TaskPurpose.Gold && task.AssetId is { } asset && (await KnownPictures.OfTrainingAsync(store, task.ProjectId, cancellationToken)).Contains(asset))
            return Problems.Conflict("A training task shows the same picture and tells its answer to everybody. Take it out of the training first; whoever saw it knows the answer all the same.", "is_training");
        if (await store.Examples.AnyAsync(e => e.TaskId == taskId && e.RemovedAt == null, cancellationToken))
            return Problems.Conflict("The instructions show this task with its answer. Remove the example first; whoever saw it knows the answer all the same.", "is_example");
        var ontology = OntologyJson.Parse(Encoding.UTF8.GetBytes(task.Ontology)).ValueOrThrow();
        var faults = AnswerChecker.Check(ontology, request.Answers, InputExtent.Image(task.Size?.WidthPx ?? 0, task.Size?.HeightPx ?? 0));
        if (faults.Count > 0) return Problems.Invalid([.. faults.Select(f => f with { Pointer = "/answers" + f.Pointer })]);

        var (answers, now) = (Encoding.UTF8.GetString(AnswerSet.Parse(ontology, request.Answers).ToJson()), clock.Now());
        var gold = await database.WriteAsync((write, cancel) => WriteAsync(write, taskId, answers, current, now, cancel), cancellationToken);
        return gold is null ? Problems.Conflict("This task became one that cannot be gold.", "is_audit") : TypedResults.Ok(Of(gold));
    }

    private static async Task<Gold?> WriteAsync(StoreContext store, LabelTaskId id, string answers, CurrentContributor current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var task = await store.Tasks.SingleAsync(t => t.Id == id, cancellationToken);
        if (task.Purpose is TaskPurpose.Audit or TaskPurpose.Training) return null;
        var gold = await store.Gold.SingleOrDefaultAsync(g => g.TaskId == id, cancellationToken);
        if (gold is null || gold.RetiredAt is not null)
        {
            // Gold has one place in the queue, free for everybody who has not answered it.
            store.Entry(task).Property(t => t.Purpose).CurrentValue = TaskPurpose.Gold;
            await QueueChanges.EnqueueAsync(store, [task], cancellationToken);
            await QueueChanges.EndReviewAsync(store, id, now, cancellationToken);
        }

        if (gold is null)
        {
            gold = new Gold
            {
                TaskId = id,
                OrganizationId = task.OrganizationId,
                CompartmentId = task.CompartmentId,
                ProjectId = task.ProjectId,
                Answers = answers,
                CreatedBy = current.Id,
                CreatedAt = now,
            };
            store.Add(gold);
        }

        (gold.Answers, gold.RetiredAt) = (answers, null);
        store.Add(Changed(task, current.Id, now));
        return gold;
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RetireAsync(
        LabelTaskId taskId, StoreDatabase database, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var found = await database.WriteAsync(
            async (store, cancel) =>
            {
                var task = await store.TasksVisibleTo(current).AsNoTracking().SingleOrDefaultAsync(t => t.Id == taskId && t.Purpose == TaskPurpose.Gold, cancel);
                var gold = task is null ? null : await store.Gold.SingleOrDefaultAsync(g => g.TaskId == taskId, cancel);
                if (gold is null) return false;
                if (gold.RetiredAt is not null) return true;
                gold.RetiredAt = now;
                await QueueChanges.CloseAsync(store, taskId, cancel);
                store.Add(Changed(task!, current.Id, now));
                return true;
            },
            cancellationToken);
        return found ? TypedResults.NoContent() : NoGold();
    }

    public static OutboxRow Changed(LabelTask task, ContributorId by, DateTimeOffset now) => new()
    {
        Kind = OutboxKind.GoldChanged,
        OrganizationId = task.OrganizationId,
        ProjectId = task.ProjectId,
        TaskId = task.Id,
        ContributorId = by,
        SubjectId = task.Id.Value,
        Purpose = TaskPurpose.Gold,
        At = now,
    };

    private static View Of(Gold gold) => new(gold.TaskId, JsonElement.Parse(gold.Answers), gold.CreatedBy, gold.CreatedAt, gold.RetiredAt);

    private static ProblemHttpResult NoGold() => Problems.NotFound("There is no such gold task among those that you may see.");
}
