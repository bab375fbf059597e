using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Reviews;

/// <summary>The decisions of a project, newest first.</summary>
internal static class ListReviews
{
    /// <param name="Id">The review.</param>
    /// <param name="Task">What it decided.</param>
    /// <param name="Decision">How.</param>
    /// <param name="Reviewer">Who; for managers, and for one's own.</param>
    /// <param name="Simulated">By a program that plays a person.</param>
    /// <param name="SentBack">The response that was sent back.</param>
    /// <param name="Comments">What was said.</param>
    /// <param name="Supersedes">The review that it stands in for.</param>
    /// <param name="DecidedAt">When.</param>
    public sealed record Row(
        ReviewId Id, LabelTaskId Task, ReviewDecision Decision, ContributorId? Reviewer, bool Simulated, ResponseId? SentBack, JsonElement? Comments,
        ReviewId? Supersedes, DateTimeOffset DecidedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/projects/{projectId}/reviews", Handle).WithName("ListReviews").RequireReviewer();

    public static async Task<Results<Ok<Page<Row>>, ProblemHttpResult>> Handle(
        ProjectId projectId, Cursor? after, PageSize? limit, CurrentContributor contributor, StoreContext store, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(contributor).AnyAsync(p => p.Id == projectId, cancellationToken)) return Problems.NotFound("There is no such project.");
        var reviews = store.ReviewsVisibleTo(contributor).Where(r => r.ProjectId == projectId);
        if (after is { } cursor)
        {
            var last = ReviewId.From(cursor.Id);
            reviews = reviews.Where(r => r.Id < last);
        }

        var size = PageSize.Of(limit);
        var rows = await reviews.OrderByDescending(r => r.Id).Take(size + 1)
            .Select(r => new { r.Id, r.TaskId, r.Decision, r.ReviewerId, r.Simulated, r.SentBack, r.Comments, r.Supersedes, r.DecidedAt }).ToListAsync(cancellationToken);
        var bodies = rows.ConvertAll(r => new Row(
            r.Id,
            r.TaskId,
            r.Decision,
            contributor.Is(Role.Manager) || r.ReviewerId == contributor.Id ? r.ReviewerId : null,
            r.Simulated,
            r.SentBack,
            r.Comments is null ? null : ConsensusBodies.Parse(r.Comments),
            r.Supersedes,
            r.DecidedAt));
        return TypedResults.Ok(Page.Of(bodies, size, r => Cursor.At(r.Id.Value)));
    }
}
