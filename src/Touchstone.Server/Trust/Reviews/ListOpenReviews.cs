using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Reviews;

/// <summary>The tasks of a project that a person must decide, oldest first, each with the reason.</summary>
internal static class ListOpenReviews
{
    /// <summary>How an open case stands to who asks.</summary>
    public enum Standing
    {
        /// <summary>One may take it.</summary>
        Free,

        /// <summary>One holds it.</summary>
        Yours,

        /// <summary>Somebody else reviews it now.</summary>
        Taken,

        /// <summary>One answered, skipped or audited it.</summary>
        OwnWork,
    }

    /// <param name="Task">The task.</param>
    /// <param name="ExternalId">Its owner's id.</param>
    /// <param name="Reason">Why it is here.</param>
    /// <param name="Confidence">Of the consensus; null without one.</param>
    /// <param name="Agreement">Mean pairwise agreement; null with fewer than two responses.</param>
    /// <param name="Responses">Independent responses.</param>
    /// <param name="Standing">Whether one may take it.</param>
    public sealed record Row(
        LabelTaskId Task, string? ExternalId, ReviewReason Reason, double? Confidence, double? Agreement, int Responses, Standing Standing);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/projects/{projectId}/reviews/open", Handle).WithName("ListOpenReviews").RequireReviewer();

    public static async Task<Results<Ok<Page<Row>>, ProblemHttpResult>> Handle(
        ProjectId projectId, Cursor? after, PageSize? limit, CurrentContributor contributor, StoreContext store, CancellationToken cancellationToken)
    {
        var project = await store.ProjectsVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancellationToken);
        if (project is null) return Problems.NotFound("There is no such project.");
        var tasks = store.TasksVisibleTo(contributor).Where(t => t.ProjectId == projectId && t.State == TaskState.InReview);
        if (after is { } cursor)
        {
            var last = new LabelTaskId(cursor.Id);
            tasks = tasks.Where(t => t.Id > last);
        }

        var (size, me, policy) = (PageSize.Of(limit), contributor.Id, DecisionPolicy.Of(project));
        var rows = await tasks.OrderBy(t => t.Id).Take(size + 1).Select(t => new
        {
            t.Id,
            t.ExternalId,
            t.Confidence,
            t.ResponseCount,
            Agreement = store.Consensus.Where(c => c.TaskId == t.Id).Select(c => c.Agreement).FirstOrDefault(),
            Earlier = store.Reviews.Where(r => r.TaskId == t.Id).OrderByDescending(r => r.Id).Select(r => (ReviewDecision?)r.Decision).FirstOrDefault(),
            Reviewer = store.Leases.Where(l => l.TaskId == t.Id && l.State == LeaseState.Live && l.Purpose == LeasePurpose.Review)
                .Select(l => (ContributorId?)l.ContributorId).FirstOrDefault(),
            IsOwn = store.Leases.Any(l => l.TaskId == t.Id && l.ContributorId == me && l.Purpose != LeasePurpose.Review
                    && (l.State == LeaseState.Live || l.State == LeaseState.Submitted || l.State == LeaseState.Skipped))
                || store.Tasks.Any(a => a.AuditOf == t.Id && store.Leases.Any(l => l.TaskId == a.Id && l.ContributorId == me
                    && (l.State == LeaseState.Live || l.State == LeaseState.Submitted))),
        }).ToListAsync(cancellationToken);
        var bodies = rows.ConvertAll(r => new Row(
            r.Id, r.ExternalId, ReviewReasons.Of(r.Earlier, r.ResponseCount, r.Confidence, policy), r.Confidence, r.Agreement, r.ResponseCount,
            r.Reviewer == me ? Standing.Yours : r.IsOwn ? Standing.OwnWork : r.Reviewer is null ? Standing.Free : Standing.Taken));
        return TypedResults.Ok(Page.Of(bodies, size, r => Cursor.At(r.Task.Value)));
    }
}
