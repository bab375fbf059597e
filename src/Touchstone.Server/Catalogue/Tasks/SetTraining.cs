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

/// <summary>Makes a task teach: its answer is known and told.</summary>
internal static class SetTraining
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/tasks/{taskId}/training", SetAsync).RequireManager().WithName("SetTraining")
            .WithSummary("Makes a task that nobody answered a training task, with these known answers and an explanation, or corrects them.");
        routes.MapDelete("/tasks/{taskId}/training", RetireAsync).RequireManager().WithName("RetireTraining").WithSummary("Trains with this task no more. What was answered stays.");
    }

    /// <param name="Answers">As a contributor would submit them.</param>
    /// <param name="Explanation">Why they are what they are; told with the feedback.</param>
    public sealed record Request(JsonElement Answers, string? Explanation = null);

    public sealed record View(LabelTaskId TaskId, JsonElement Answers, string? Explanation, ContributorId CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt);

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
        if (Refuse(task.Purpose) is { } refusal) return refusal;
        if (task.AssetId is { } asset && (await KnownPictures.OfGoldAsync(store, task.ProjectId, cancellationToken)).Contains(asset))
            return Problems.Conflict("Gold of this project shows the same picture: training would tell its answer. Retire the gold, or train with another picture.", "is_gold");
        var ontology = OntologyJson.Parse(Encoding.UTF8.GetBytes(task.Ontology)).ValueOrThrow();
        List<Fault> faults = [.. AnswerChecker.Check(ontology, request.Answers, InputExtent.Image(task.Size?.WidthPx ?? 0, task.Size?.HeightPx ?? 0)).Select(f => f with { Pointer = "/answers" + f.Pointer })];
        if (request.Explanation is { } text && (text.Length is 0 or > TaskLineReader.ExplanationMax || text.Contains('\0')))
            faults.Add(new("/explanation", $"a text of 1 to {TaskLineReader.ExplanationMax} characters", $"{text.Length} characters"));
        if (faults.Count > 0) return Problems.Invalid(faults);

        var (answers, now) = (Encoding.UTF8.GetString(AnswerSet.Parse(ontology, request.Answers).ToJson()), clock.Now());
        var gold = await database.WriteAsync((write, cancel) => WriteAsync(write, taskId, answers, request.Explanation, current, now, cancel), cancellationToken);
        return gold is null
            ? Problems.Conflict("People answered this task or hold it: it is ordinary work. Import its picture again as a line with \"purpose\": \"training\".", "answered")
            : TypedResults.Ok(new View(gold.TaskId, JsonElement.Parse(gold.Answers), gold.Explanation, gold.CreatedBy, gold.CreatedAt, gold.RetiredAt));
    }

    private static ProblemHttpResult? Refuse(TaskPurpose purpose) => purpose switch
    {
        TaskPurpose.Audit => Problems.Conflict("This task judges another one for the assay and cannot train.", "is_audit"),
        TaskPurpose.Gold => Problems.Conflict("This task is gold: training would tell its answer. Retire the gold, or train with another picture.", "is_gold"),
        _ => null,
    };

    private static async Task<Gold?> WriteAsync(
        StoreContext store, LabelTaskId id, string answers, string? explanation, CurrentContributor current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var turned = await QueueChanges.TurnTrainingAsync(store, id, cancellationToken);
        var task = await store.Tasks.AsNoTracking().SingleAsync(t => t.Id == id, cancellationToken);
        if (task.Purpose != TaskPurpose.Training) return null;
        var gold = await store.Gold.SingleOrDefaultAsync(g => g.TaskId == id, cancellationToken);
        if (turned) await QueueChanges.EndReviewAsync(store, id, now, cancellationToken);
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

        (gold.Answers, gold.Explanation, gold.RetiredAt) = (answers, explanation, null);
        store.Add(Changed(task, current.Id, turned, now));
        return gold;
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RetireAsync(
        LabelTaskId taskId, StoreDatabase database, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var found = await database.WriteAsync(
            async (store, cancel) =>
            {
                var task = await store.TasksVisibleTo(current).AsNoTracking().SingleOrDefaultAsync(t => t.Id == taskId && t.Purpose == TaskPurpose.Training, cancel);
                var gold = task is null ? null : await store.Gold.SingleOrDefaultAsync(g => g.TaskId == taskId, cancel);
                if (gold is null) return false;
                if (gold.RetiredAt is not null) return true;
                gold.RetiredAt = now;
                store.Add(Changed(task!, current.Id, turned: false, now));
                return true;
            },
            cancellationToken);
        return found ? TypedResults.NoContent() : Problems.NotFound("There is no such training task among those that you may see.");
    }

    /// <summary>Its count is of ordinary tasks that it took out of work.</summary>
    private static OutboxRow Changed(LabelTask task, ContributorId by, bool turned, DateTimeOffset now) => new()
    {
        Kind = OutboxKind.GoldChanged,
        OrganizationId = task.OrganizationId,
        ProjectId = task.ProjectId,
        TaskId = task.Id,
        ContributorId = by,
        SubjectId = task.Id.Value,
        Purpose = TaskPurpose.Training,
        Count = turned ? 1 : 0,
        At = now,
    };
}
