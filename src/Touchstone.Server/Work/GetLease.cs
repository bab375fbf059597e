using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Server.Host;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Work;

/// <summary>A lease of one's own, as after a reload of the page.</summary>
internal static class GetLease
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/leases/{token}", Handle).WithName("GetLease");

    public static async Task<Results<Ok<LeaseBody>, ProblemHttpResult>> Handle(
        LeaseToken token, CurrentContributor contributor, IWorkQueue queue, LeaseBodies bodies, CancellationToken cancellationToken) =>
        await queue.FindAsync(contributor.AsWorker(), token, fresh: true, cancellationToken) is { Grant.Purpose: not LeasePurpose.Review } lease
            ? TypedResults.Ok(await bodies.OfAsync(lease.Grant, lease.State, cancellationToken))
            : QueueRefusals.UnknownLease();
}
