using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Trust.Reviews;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Trust.Quality;

/// <summary>Takes back that done tasks were put into review, while nobody has begun with them: what was accepted stands again.</summary>
internal static class WithdrawRequeue
{
    private const int TasksMax = 500;

    /// <param name="Tasks">Tasks of the project that were put back into review.</param>
    public sealed record WithdrawRequest(IReadOnlyList<LabelTaskId> Tasks);

    /// <summary>Why a task stays in review.</summary>
    public enum WithdrawRefusal
    {
        /// <summary>The project has no such task.</summary>
        NotFound,

        /// <summary>It is not in review because its label was doubted, or was decided meanwhile.</summary>
        NotRequeued,

        /// <summary>A reviewer has it before them.</summary>
        Begun,

        /// <summary>A reviewer had decided it before it was doubted: they, or another, decide again.</summary>
        DecidedBefore,
    }

    public sealed record KeptTask(LabelTaskId Task, WithdrawRefusal Reason);

    /// <param name="Withdrawn">Tasks that are done again.</param>
    /// <param name="Refused">The others, each with the reason.</param>
    public sealed record WithdrawReceipt(int Withdrawn, IReadOnlyList<KeptTask> Refused);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/projects/{projectId}/suspects/requeue/withdraw", Handle).WithName("WithdrawRequeue").Idempotent().RequireManager()
            .WithSummary("Takes tasks out of review again that were put there by doubt, while no reviewer has begun.");

    public static async Task<Results<Ok<WithdrawReceipt>, ProblemHttpResult>> Handle(
        ProjectId projectId, WithdrawRequest request, CurrentContributor contributor, StoreContext store, StoreDatabase database, QualityCache cache, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(contributor).AnyAsync(p => p.Id == projectId, cancellationToken)) return Problems.NotFound("There is no such project.");
        LabelTaskId[] ids = [.. (request.Tasks ?? []).Distinct()];
        if (ids.Length > TasksMax) return Problems.Invalid("/tasks", $"at most {TasksMax} tasks", $"{ids.Length}");
        var now = clock.Now();
        var receipt = await database.WriteAsync((context, token) => WriteAsync(context, projectId, ids, contributor, now, token), cancellationToken);
        cache.Forget(projectId);
        return TypedResults.Ok(receipt);
    }

    private static async Task<WithdrawReceipt> WriteAsync(StoreContext store, ProjectId project, LabelTaskId[] ids, CurrentContributor by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var tasks = await store.Tasks.AsNoTracking().Where(t => t.ProjectId == project && ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, cancellationToken);
        var reviews = (await store.Reviews.AsNoTracking().Where(r => ids.Contains(r.TaskId)).OrderBy(r => r.Id).ToListAsync(cancellationToken)).ToLookup(r => r.TaskId);
        var begun = (await store.Leases.Where(l => ids.Contains(l.TaskId) && l.Purpose == LeasePurpose.Review && l.State == LeaseState.Live).Select(l => l.TaskId).ToListAsync(cancellationToken)).ToHashSet();
        var refused = new List<KeptTask>();
        foreach (var id in ids)
        {
            var refusal = Refusal(tasks.GetValueOrDefault(id), [.. reviews[id]], begun.Contains(id));
            if (refusal is null)
            {
                // From review and from nothing else: counters move by it, and somebody may have decided meanwhile.
                var moved = await store.Tasks.Where(t => t.Id == id && t.State == TaskState.InReview).ExecuteUpdateAsync(t => t.SetProperty(x => x.State, TaskState.Done), cancellationToken);
                if (moved == 1)
                {
                    await DerivationWriter.MoveCountedAsync(store, project, TaskState.InReview, TaskState.Done, cancellationToken);
                    await QueueChanges.CloseAsync(store, id, cancellationToken);
                    var doubt = reviews[id].Last();
                    ReviewLog.AddOfLead(store, tasks[id], ReviewDecision.Keep, doubt.Basis, doubt.Id, by, now);
                    continue;
                }
            }

            refused.Add(new KeptTask(id, refusal ?? WithdrawRefusal.NotRequeued));
        }

        return new WithdrawReceipt(ids.Length - refused.Count, refused);
    }

    private static WithdrawRefusal? Refusal(LabelTask? task, Review[] reviews, bool isBegun) => task switch
    {
        null => WithdrawRefusal.NotFound,
        { State: not TaskState.InReview } => WithdrawRefusal.NotRequeued,
        _ when reviews is not [.., { Decision: ReviewDecision.Reopen }] => WithdrawRefusal.NotRequeued,
        _ when isBegun => WithdrawRefusal.Begun,
        _ when reviews.Any(r => r.Decision is not (ReviewDecision.Reopen or ReviewDecision.Keep)) => WithdrawRefusal.DecidedBefore,
        _ => null,
    };
}
