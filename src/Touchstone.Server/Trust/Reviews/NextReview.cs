using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Trust.Reviews;

/// <summary>Takes the next task that a person must decide and in which the caller had no part.</summary>
internal static class NextReview
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/projects/{projectId}/reviews/next", Handle).WithName("NextReview").RequireReviewer();

    public static async Task<Results<Ok<NextReviewBody>, ProblemHttpResult>> Handle(
        ProjectId projectId, CurrentContributor contributor, IWorkQueue queue, StoreContext store, OntologyCache ontologies, InputCache inputs, CancellationToken cancellationToken)
    {
        switch (await queue.NextReviewAsync(contributor.AsWorker(), projectId, cancellationToken))
        {
            case NextResult.Granted granted:
                return TypedResults.Ok(new NextReviewBody(await BodyAsync(granted.Lease, store, ontologies, inputs, cancellationToken), null));
            case NextResult.Nothing { Reason: QueueReason.NothingOpen or QueueReason.AllDoneByYou or QueueReason.Paused or QueueReason.Archived } nothing:
                return TypedResults.Ok(new NextReviewBody(null, nothing.Reason));
            case NextResult.Nothing nothing:
                return QueueRefusals.Of(nothing.Reason);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    internal static async Task<ReviewLeaseBody> BodyAsync(
        LeaseGrant lease, StoreContext store, OntologyCache ontologies, InputCache inputs, CancellationToken cancellationToken)
    {
        var ontology = await ontologies.GetAsync(lease.ProjectId, lease.OntologyVersion, cancellationToken);
        var responses = await ConsensusBodies.ResponsesAsync(store, lease.TaskId, cancellationToken);
        var externalId = await store.Tasks.Where(t => t.Id == lease.TaskId).Select(t => t.ExternalId).SingleAsync(cancellationToken);
        var earlier = await store.Reviews.Where(r => r.TaskId == lease.TaskId).OrderByDescending(r => r.Id)
            .Select(r => new { r.Decision, r.Comments, r.DecidedAt }).FirstOrDefaultAsync(cancellationToken);
        return new ReviewLeaseBody(
            lease.Token,
            lease.ProjectId,
            lease.TaskId,
            externalId,
            lease.OntologyVersion,
            $"{TouchstoneServer.ApiPrefix}/projects/{lease.ProjectId}/ontologies/{lease.OntologyVersion}",
            await InputsAsync(lease, inputs),
            lease.IssuedAt,
            lease.ExpiresAt,
            await ConsensusBodies.ConsensusAsync(store, lease.TaskId, ontology, responses, cancellationToken),
            [.. responses.Select(ConsensusBodies.Anonymous)],
            earlier is null ? null : new EarlierReview(SnakeCaseNames.Of(earlier.Decision), earlier.Comments is null ? null : ConsensusBodies.Parse(earlier.Comments), earlier.DecidedAt));
    }

    private static async ValueTask<IReadOnlyList<InputBody>> InputsAsync(LeaseGrant lease, InputCache inputs)
    {
        if (lease.AssetId is not { } asset) return [];
        var facts = await inputs.GetAsync(asset);
        return [new InputBody("image", $"{TouchstoneServer.ApiPrefix}/leases/{lease.Token}/inputs/0", facts.WidthPx, facts.HeightPx, facts.MediaType)];
    }
}
