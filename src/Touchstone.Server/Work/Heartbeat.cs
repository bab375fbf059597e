using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Server.Host;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Work;

/// <summary>Keeps a lease for another term while somebody works on it.</summary>
internal static class Heartbeat
{
    public sealed record Body(DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/leases/{token}/heartbeat", Handle).WithName("HeartbeatLease");

    public static async Task<Results<Ok<Body>, ProblemHttpResult>> Handle(
        LeaseToken token, CurrentContributor contributor, IWorkQueue queue, CancellationToken cancellationToken) =>
        await queue.HeartbeatAsync(contributor.AsWorker(), token, cancellationToken) switch
        {
            HeartbeatResult.Extended extended => TypedResults.Ok(new Body(extended.ExpiresAt)),
            HeartbeatResult.Refused refused => QueueRefusals.Of(refused.Reason),
            _ => throw new UnreachableException(),
        };
}
