using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Touchstone.Files.Storage;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Assets;

internal static class ListAssets
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets", ListAsync).RequireManager().WithName("ListAssets").WithSummary("Assets that you may see; with ?sha256= the one with these bytes, with ?project= those that its tasks could use.");
        routes.MapGet("/assets/{assetId}", GetAsync).RequireManager().WithName("GetAsset").WithSummary("What is known of an asset.");
        routes.MapGet("/assets/{assetId}/content", ContentAsync).RequireManager().Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").WithName("GetAssetContent")
            .WithSummary("Its bytes, whole or a range.");
    }

    private static async Task<Ok<Page<AssetRow>>> ListAsync(
        StoreContext store,
        CurrentContributor current,
        string? sha256,
        [FromQuery(Name = "project")] ProjectId? project,
        bool? withdrawn,
        Cursor? after,
        PageSize? limit,
        CancellationToken cancellationToken)
    {
        var size = PageSize.Of(limit);
        var assets = store.AssetsVisibleTo(current);
        if (sha256 is not null) assets = assets.Where(a => a.Sha256 == sha256);
        if (project is { } id) assets = assets.Where(a => store.ProjectsVisibleTo(current).Any(p => p.Id == id && p.CompartmentId == a.CompartmentId));
        assets = withdrawn == true ? assets.Where(a => a.WithdrawnAt != null) : assets.Where(a => a.WithdrawnAt == null);
        if (after is { } cursor)
        {
            var last = new AssetId(cursor.Id);
            assets = assets.Where(a => a.Id > last);
        }

        var rows = await assets.OrderBy(a => a.Id).Take(size + 1).Select(AssetRow.Projection).ToListAsync(cancellationToken);
        return TypedResults.Ok(Page.Of(rows, size, r => Cursor.At(r.Id.Value)));
    }

    private static async Task<Results<Ok<AssetRow>, ProblemHttpResult>> GetAsync(AssetId assetId, StoreContext store, CurrentContributor current, CancellationToken cancellationToken) =>
        await store.AssetsVisibleTo(current).Where(a => a.Id == assetId).Select(AssetRow.Projection).SingleOrDefaultAsync(cancellationToken) is { } row ? TypedResults.Ok(row) : NoSuchAsset();

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ContentAsync(
        AssetId assetId, HttpResponse response, StoreContext store, ContentFolder content, CurrentContributor current, CancellationToken cancellationToken)
    {
        var asset = await store.AssetsVisibleTo(current).AsNoTracking().SingleOrDefaultAsync(a => a.Id == assetId, cancellationToken);
        if (asset is null) return NoSuchAsset();
        return asset.WithdrawnAt is null ? AssetContent.Send(response, content, asset) : Problems.Gone("This asset was withdrawn; its bytes are gone.");
    }

    public static ProblemHttpResult NoSuchAsset() => Problems.NotFound("There is no such asset among those that you may see.");
}
