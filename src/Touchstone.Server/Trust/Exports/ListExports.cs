using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Releases;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Exports;

/// <summary>The exports of a release, one of them, and its archive.</summary>
internal static class ListExports
{
    private const int Most = 100;

    /// <param name="Items">Newest first, at most 100.</param>
    public sealed record Exports(IReadOnlyList<ExportBody> Items);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/releases/{releaseId}/exports", ListAsync).WithName("ListExports").RequireManager().WithSummary("A release in other formats, newest first.");
        routes.MapGet("/exports/{exportId}", GetAsync).WithName("GetExport").RequireManager().WithSummary("One export, with what its format could not carry.");
        routes.MapGet("/exports/{exportId}/archive", ArchiveAsync).Produces(StatusCodes.Status200OK, contentType: "application/zip").WithName("GetExportArchive").RequireManager()
            .WithSummary("The files of an export that is done, as one zip archive.");
    }

    private static async Task<Results<Ok<Exports>, ProblemHttpResult>> ListAsync(ReleaseId releaseId, CurrentContributor contributor, StoreContext store, CancellationToken cancellationToken)
    {
        if (!await store.ReleasesVisibleTo(contributor).AnyAsync(r => r.Id == releaseId, cancellationToken)) return GetRelease.NoSuchRelease();
        return TypedResults.Ok(new Exports(await ExportBody.ReadAsync(store, store.ExportsVisibleTo(contributor).Where(e => e.ReleaseId == releaseId).OrderByDescending(e => e.Id).Take(Most), cancellationToken)));
    }

    private static async Task<Results<Ok<ExportBody>, ProblemHttpResult>> GetAsync(ReleaseExportId exportId, CurrentContributor contributor, StoreContext store, CancellationToken cancellationToken) =>
        await ExportBody.ReadAsync(store, store.ExportsVisibleTo(contributor).Where(e => e.Id == exportId), cancellationToken) is [var export] ? TypedResults.Ok(export) : NoSuchExport();

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ArchiveAsync(
        ReleaseExportId exportId, HttpResponse response, CurrentContributor contributor, StoreContext store, ServerOptions options, CancellationToken cancellationToken)
    {
        var export = await store.ExportsVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(e => e.Id == exportId, cancellationToken);
        if (export is null) return NoSuchExport();
        var path = ExportJob.ArchiveOf(options, exportId);
        if (export.Outcome is null) return Problems.Conflict("The export is not done.", "not_done");
        if (!File.Exists(path)) return Problems.Gone("The archive is not there any more, since a picture in it was withdrawn or the server was restored from a backup. Export the release again.");
        var release = await store.Releases.Where(r => r.Id == export.ReleaseId).Join(store.Projects, r => r.ProjectId, p => p.Id, (r, p) => new { r.Number, p.Name }).SingleAsync(cancellationToken);
        response.Headers.CacheControl = "private, no-cache";
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
        return TypedResults.Stream(stream, "application/zip", $"{GetReleaseArchive.NameOf(release.Name, release.Number)}-{export.Format}.zip", enableRangeProcessing: true);
    }

    private static ProblemHttpResult NoSuchExport() => Problems.NotFound("There is no such export among those that you may see.");
}
