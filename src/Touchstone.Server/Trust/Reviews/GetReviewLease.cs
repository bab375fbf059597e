using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Server.Host;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Trust.Reviews;

/// <summary>A live review lease of one's own, as after a reload of the page.</summary>
internal static class GetReviewLease
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/reviews/{token}", Handle).WithName("GetReviewLease").RequireReviewer();

    public static async Task<Results<Ok<ReviewLeaseBody>, ProblemHttpResult>> Handle(
        LeaseToken token, CurrentContributor contributor, IWorkQueue queue, StoreContext store, OntologyCache ontologies, InputCache inputs, CancellationToken cancellationToken) =>
        await queue.FindAsync(contributor.AsWorker(), token, fresh: true, cancellationToken) is { Grant.Purpose: LeasePurpose.Review, State: LeaseState.Live } lease
            ? TypedResults.Ok(await NextReview.BodyAsync(lease.Grant, contributor, store, ontologies, inputs, cancellationToken))
            : Problems.NotFound("You have no live review with this token. POST to a project's reviews/next to get one.");
}
