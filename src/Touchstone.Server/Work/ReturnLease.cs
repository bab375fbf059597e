using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Server.Host;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Work;

/// <summary>Gives a task back, so that somebody else gets it without waiting for the lease to run out.</summary>
internal static class ReturnLease
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/leases/{token}/return", Handle).WithName("ReturnLease");

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        LeaseToken token, CurrentContributor contributor, IWorkQueue queue, CancellationToken cancellationToken) =>
        await queue.ReturnAsync(contributor.AsWorker(), token, cancellationToken) switch
        {
            EndResult.Ended => TypedResults.NoContent(),
            EndResult.Refused refused => QueueRefusals.Of(refused.Reason),
            _ => throw new UnreachableException(),
        };
}
