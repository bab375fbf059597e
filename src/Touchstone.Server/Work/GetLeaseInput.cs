using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Touchstone.Files.Storage;
using Touchstone.Server.Catalogue.Assets;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Work;

/// <summary>The bytes of a lease's input, under the lease's name alone: neither the file's name nor the asset's id or time leaves the server.</summary>
internal static class GetLeaseInput
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/leases/{token}/inputs/{index:int}", Handle)
        .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").WithName("GetLeaseInput");

    public static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> Handle(
        LeaseToken token, int index, HttpResponse response, CurrentContributor contributor, IWorkQueue queue, InputCache inputs, ContentFolder content,
        StoreContext store, CancellationToken cancellationToken)
    {
        if (await queue.FindAsync(contributor.AsWorker(), token, fresh: false, cancellationToken) is not { Grant: var lease }) return QueueRefusals.UnknownLease();
        if (index != 0 || lease.AssetId is not { } asset) return Problems.NotFound("The lease has no input with this index; its \"inputs\" lists them.");
        return await OpenAsync(asset, new EntityTagHeaderValue($"\"{token}-{index}\""), response, inputs, content, store, cancellationToken);
    }

    /// <summary>Streams an asset whose right to be seen was decided by the caller.</summary>
    internal static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> OpenAsync(
        AssetId asset, EntityTagHeaderValue tag, HttpResponse response, InputCache inputs, ContentFolder content, StoreContext store, CancellationToken cancellationToken)
    {
        if (await store.Assets.AnyAsync(a => a.Id == asset && a.WithdrawnAt != null, cancellationToken)) return Problems.Gone("What this work looks at was withdrawn. Skip it.");
        var facts = await inputs.GetAsync(asset);
        response.Headers.CacheControl = "private, max-age=3600";
        return TypedResults.Stream(content.OpenRead(AssetContent.ScopeOf(facts.OrganizationId), facts.Sha256), facts.MediaType, entityTag: tag, enableRangeProcessing: true);
    }
}
