using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Server.Host;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Work;

/// <summary>Gives a task up for good, with a reason that leads and reviewers read.</summary>
internal static class SkipLease
{
    public const int ReasonLengthMax = 1_000;

    public sealed record Request(string Reason);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/leases/{token}/skip", Handle).WithName("SkipLease");

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        LeaseToken token, Request request, CurrentContributor contributor, IWorkQueue queue, CancellationToken cancellationToken)
    {
        var reason = request.Reason.Trim();
        if (reason.Length is 0 or > ReasonLengthMax || reason.Contains('\0'))
            return Problems.Invalid("/reason", $"why it is skipped, in 1 to {ReasonLengthMax} characters", $"{reason.Length} characters");
        return await queue.SkipAsync(contributor.AsWorker(), token, reason, cancellationToken) switch
        {
            EndResult.Ended => TypedResults.NoContent(),
            EndResult.Refused refused => QueueRefusals.Of(refused.Reason),
            _ => throw new UnreachableException(),
        };
    }
}
