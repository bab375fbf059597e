using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Touchstone.Files.Images;
using Touchstone.Files.Storage;
using Touchstone.Server.Catalogue.Projects;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Assets;

internal static class UploadAsset
{
    public static void Map(IEndpointRouteBuilder routes, long bytesMax) =>
        routes.MapPost("/assets", HandleAsync).RequireManager().WithMetadata(new BodyLimit(bytesMax)).Accepts<byte[]>("application/octet-stream", "image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp")
            .WithName("UploadAsset").WithSummary("Takes a file as the body. The same bytes again give the same asset (200 instead of 201).");

    private static async Task<Results<Created<AssetRow>, Ok<AssetRow>, ProblemHttpResult>> HandleAsync(
        [FromQuery(Name = "file_name")] string? fileName,
        [FromQuery(Name = "project")] ProjectId? project,
        [FromQuery(Name = "compartment")] CompartmentId? compartment,
        bool? synthetic,
        HttpRequest request,
        StoreContext store,
        StoreDatabase database,
        ContentFolder content,
        ServerOptions options,
        CurrentContributor current,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var (place, refusal) = await PlaceAsync(store, project, compartment, current, cancellationToken);
        if (refusal is not null) return refusal;
        var scope = AssetContent.ScopeOf(current.OrganizationId);
        var stored = await content.StoreAsync(scope, request.Body, options.AssetBytesMax, cancellationToken);
        if (await FindAsync(store, current.OrganizationId, place, stored.Sha256, cancellationToken) is { WithdrawnAt: null } known) return TypedResults.Ok(AssetRow.Of(known));
        if (!ImageProbe.TryProbe(content.PathOf(scope, stored.Sha256), out var image, out var fault))
        {
            await DropAsync(database, content, scope, current.OrganizationId, stored.Sha256);
            return Refuse(fault);
        }

        var asset = Make(current.OrganizationId, place, stored, image, AssetContent.CleanName(fileName), synthetic ?? false, clock.Now());
        var (kept, isNew) = await AddAsync(database, asset, cancellationToken);
        if (kept is null)
        {
            await DropAsync(database, content, scope, current.OrganizationId, stored.Sha256);
            return Problems.Gone("These bytes were withdrawn before and are not taken again.");
        }

        if (isNew && !content.Exists(scope, stored.Sha256)) return await TakeBackAsync(database, kept.Id);
        return isNew ? TypedResults.Created($"{TouchstoneServer.ApiPrefix}/assets/{kept.Id}", AssetRow.Of(kept)) : TypedResults.Ok(AssetRow.Of(kept));
    }

    /// <summary>Where it belongs: the compartment named, that of the project named, or none.</summary>
    private static async Task<(CompartmentId Compartment, ProblemHttpResult? Refusal)> PlaceAsync(
        StoreContext store, ProjectId? project, CompartmentId? compartment, CurrentContributor current, CancellationToken cancellationToken)
    {
        if (project is { } id)
        {
            var found = await store.ProjectsVisibleTo(current).Where(p => p.Id == id).Select(p => (CompartmentId?)p.CompartmentId).SingleOrDefaultAsync(cancellationToken);
            return found is { } itsPlace ? (itsPlace, null) : (default, ListProjects.NoSuchProject());
        }

        var wanted = compartment ?? CompartmentId.None;
        return current.MaySee(wanted) ? (wanted, null) : (default, Problems.NotFound("There is no such compartment among those that you are cleared for."));
    }

    private static Task<Asset?> FindAsync(StoreContext store, OrganizationId organization, CompartmentId compartment, string sha256, CancellationToken cancellationToken) =>
        store.Assets.AsNoTracking().SingleOrDefaultAsync(a => a.OrganizationId == organization && a.CompartmentId == compartment && a.Sha256 == sha256, cancellationToken);

    private static Asset Make(OrganizationId organization, CompartmentId compartment, StoredContent stored, ImageInfo image, string? name, bool synthetic, DateTimeOffset now) => new()
    {
        Id = AssetId.New(now),
        OrganizationId = organization,
        CompartmentId = compartment,
        Sha256 = stored.Sha256,
        ByteCount = stored.ByteCount,
        MediaType = image.Format.MediaType(),
        FileName = name,
        WidthPx = image.WidthPx,
        HeightPx = image.HeightPx,
        Orientation = image.Orientation.Tag,
        Synthetic = synthetic,
        CreatedAt = now,
    };

    /// <summary>Adds the row unless it is there or its bytes were withdrawn; null for the latter.</summary>
    private static async Task<(Asset? Asset, bool IsNew)> AddAsync(StoreDatabase database, Asset asset, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync<(Asset?, bool)>(
                async (store, cancel) =>
                {
                    if (await FindAsync(store, asset.OrganizationId, asset.CompartmentId, asset.Sha256, cancel) is { } known) return (known.WithdrawnAt is null ? known : null, false);
                    store.Add(asset);
                    return (asset, true);
                },
                cancellationToken);
        }
        catch (DbUpdateException failure) when (Unique.IsViolated(failure))
        {
            await using var store = database.CreateContext();
            return (await FindAsync(store, asset.OrganizationId, asset.CompartmentId, asset.Sha256, cancellationToken), false);
        }
    }

    /// <summary>The same bytes were withdrawn from another compartment in the moment between storing them and adding the row.</summary>
    private static async Task<ProblemHttpResult> TakeBackAsync(StoreDatabase database, AssetId id)
    {
        await database.WriteAsync((store, cancel) => store.Assets.Where(a => a.Id == id).ExecuteDeleteAsync(cancel), CancellationToken.None);
        return Problems.Conflict("The bytes were removed while they came in. Send them again.", "removed_meanwhile");
    }

    /// <summary>Removes bytes that no asset of the organization stands for.</summary>
    internal static async Task DropAsync(StoreDatabase database, ContentFolder content, string scope, OrganizationId organization, string sha256)
    {
        await using var store = database.CreateContext();
        if (!await store.Assets.AnyAsync(a => a.OrganizationId == organization && a.Sha256 == sha256 && a.WithdrawnAt == null)) content.Delete(scope, sha256);
    }

    private static ProblemHttpResult Refuse(ImageFault fault) => fault.Reason switch
    {
        ImageFaults.NotAnImage or ImageFaults.UnsupportedFormat => Problems.UnsupportedMediaType(fault.Reason, fault.Message),
        ImageFaults.TooLarge => Problems.Unprocessable("too_many_pixels", fault.Message),
        _ => Problems.Unprocessable(fault.Reason, fault.Message),
    };
}
