using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Trust.Reviews;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Quality;

/// <summary>Puts done tasks whose labels are doubted back into review: a person decides again.</summary>
internal static class RequeueSuspects
{
    private const int TasksMax = 500;

    /// <param name="Tasks">Done tasks of the project.</param>
    public sealed record RequeueRequest(IReadOnlyList<LabelTaskId> Tasks);

    /// <summary>Why a task is not put into review.</summary>
    public enum RequeueRefusal
    {
        /// <summary>The project has no such task.</summary>
        NotFound,

        /// <summary>It is not done: nothing is released of it yet, or it is withdrawn.</summary>
        NotDone,

        /// <summary>It is no ordinary task.</summary>
        NotOrdinary,

        /// <summary>It is in review already.</summary>
        InReview,
    }

    public sealed record RefusedTask(LabelTaskId Task, RequeueRefusal Reason);

    /// <param name="Requeued">Tasks that are in review now.</param>
    /// <param name="Refused">The others, each with the reason.</param>
    public sealed record RequeueReceipt(int Requeued, IReadOnlyList<RefusedTask> Refused);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/projects/{projectId}/suspects/requeue", Handle).WithName("RequeueSuspects").Idempotent().RequireManager()
            .WithSummary("Puts done tasks back into review, where a person who had no part in them decides again.");

    public static async Task<Results<Ok<RequeueReceipt>, ProblemHttpResult>> Handle(
        ProjectId projectId, RequeueRequest request, CurrentContributor contributor, StoreContext store, StoreDatabase database, QualityCache cache, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(contributor).AnyAsync(p => p.Id == projectId, cancellationToken)) return Problems.NotFound("There is no such project.");
        LabelTaskId[] ids = [.. (request.Tasks ?? []).Distinct()];
        if (ids.Length > TasksMax) return Problems.Invalid("/tasks", $"at most {TasksMax} tasks", $"{ids.Length}");
        var now = clock.Now();
        var receipt = await database.WriteAsync((context, token) => WriteAsync(context, projectId, ids, contributor, now, token), cancellationToken);
        cache.Forget(projectId);
        return TypedResults.Ok(receipt);
    }

    private static async Task<RequeueReceipt> WriteAsync(StoreContext store, ProjectId project, LabelTaskId[] ids, CurrentContributor by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var tasks = await store.Tasks.AsNoTracking().Where(t => t.ProjectId == project && ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, cancellationToken);
        var consensus = await store.Consensus.AsNoTracking().Where(c => ids.Contains(c.TaskId)).ToDictionaryAsync(c => c.TaskId, cancellationToken);
        var earlier = (await store.Reviews.Where(r => ids.Contains(r.TaskId)).OrderBy(r => r.Id).Select(r => new { r.TaskId, r.Id }).ToListAsync(cancellationToken)).ToLookup(r => r.TaskId, r => r.Id);
        var refused = new List<RefusedTask>();
        var requeued = 0;
        foreach (var id in ids)
        {
            var task = tasks.GetValueOrDefault(id);
            if (Refusal(task) is { } reason)
            {
                refused.Add(new RefusedTask(id, reason));
                continue;
            }

            // From done and from nothing else: counters move by it, and somebody may have been here meanwhile.
            var moved = await store.Tasks.Where(t => t.Id == id && t.State == TaskState.Done).ExecuteUpdateAsync(t => t.SetProperty(x => x.State, TaskState.InReview), cancellationToken);
            if (moved != 1)
            {
                refused.Add(new RefusedTask(id, RequeueRefusal.NotDone));
                continue;
            }

            await DerivationWriter.MoveCountedAsync(store, project, TaskState.Done, TaskState.InReview, cancellationToken);
            var basis = consensus.TryGetValue(id, out var accepted) ? ReviewBasis.Of(accepted.Answers, accepted.Detail) : null;
            ReviewLog.AddOfLead(store, task!, ReviewDecision.Reopen, basis, earlier[id].Select(r => (ReviewId?)r).LastOrDefault(), by, now);
            requeued++;
        }

        return new RequeueReceipt(requeued, refused);
    }

    private static RequeueRefusal? Refusal(LabelTask? task) => task switch
    {
        null => RequeueRefusal.NotFound,
        { Purpose: not TaskPurpose.Label } => RequeueRefusal.NotOrdinary,
        { State: TaskState.InReview } => RequeueRefusal.InReview,
        { State: not TaskState.Done } => RequeueRefusal.NotDone,
        _ => null,
    };
}
