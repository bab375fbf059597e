using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Touchstone.Files.Images;
using Touchstone.Files.Storage;
using Touchstone.Server.Catalogue.Projects;
using Touchstone.Server.Host;
using Touchstone.Store;
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
        var taken = await AssetIntake.TakeAsync(database, content, current.OrganizationId, place, request.Body, options.AssetBytesMax, fileName, synthetic ?? false, clock.Now(), cancellationToken);
        return taken switch
        {
            AssetIntake.Taken { IsNew: true, Asset: var asset } => TypedResults.Created($"{TouchstoneServer.ApiPrefix}/assets/{asset.Id}", AssetRow.Of(asset)),
            AssetIntake.Taken { Asset: var asset } => TypedResults.Ok(AssetRow.Of(asset)),
            AssetIntake.NoPicture refused => Refuse(refused.Fault),
            AssetIntake.Withdrawn => Problems.Gone("These bytes were withdrawn before and are not taken again."),
            _ => Problems.Conflict("The bytes were removed while they came in. Send them again.", "removed_meanwhile"),
        };
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

    private static ProblemHttpResult Refuse(ImageFault fault) => fault.Reason switch
    {
        ImageFaults.NotAnImage or ImageFaults.UnsupportedFormat => Problems.UnsupportedMediaType(fault.Reason, fault.Message),
        ImageFaults.TooLarge => Problems.Unprocessable("too_many_pixels", fault.Message),
        _ => Problems.Unprocessable(fault.Reason, fault.Message),
    };
}
