using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Server.Host;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Work;

/// <summary>Takes the next task of a project.</summary>
internal static class NextLease
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/projects/{projectId}/work/next", Handle).WithName("NextLease");

    public static async Task<Results<Ok<NextBody>, ProblemHttpResult>> Handle(
        ProjectId projectId, CurrentContributor contributor, IWorkQueue queue, LeaseBodies bodies, CancellationToken cancellationToken)
    {
        var result = await queue.NextAsync(contributor.AsWorker(), projectId, cancellationToken);
        return result is NextResult.Nothing { Reason: var reason } && !IsAnswer(reason)
            ? QueueRefusals.Of(reason)
            : TypedResults.Ok(await bodies.OfAsync(result, cancellationToken));
    }

    /// <summary>That there is no work now is an answer; that there is no such project is a refusal.</summary>
    private static bool IsAnswer(string reason) =>
        reason is QueueReason.NothingOpen or QueueReason.AllDoneByYou or QueueReason.Paused or QueueReason.Archived or QueueReason.Training;
}
