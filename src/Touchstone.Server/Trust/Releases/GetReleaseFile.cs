using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Touchstone.Files.Storage;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Releases;

/// <summary>One file of a published release.</summary>
internal static class GetReleaseFile
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/releases/{releaseId}/files/{*path}", Handle)
        .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").WithName("GetReleaseFile").RequireManager();

    public static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> Handle(
        ReleaseId releaseId, string path, HttpResponse response, CurrentContributor contributor, StoreContext store, ServerOptions options, CancellationToken cancellationToken)
    {
        if (await FolderAsync(releaseId, contributor, store, options, cancellationToken) is not { } folder) return GetRelease.NoSuchRelease();
        if (!SafePath.TryJoin(folder, path, out var full, out _) || !File.Exists(full) || !SafePath.StaysBelow(folder, full)) return Problems.NotFound("The release has no such file; release.json lists them.");
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private, max-age=86400, immutable";
        var stream = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
        return TypedResults.Stream(
            stream, MediaTypeOf(full), Path.GetFileName(full), entityTag: new EntityTagHeaderValue($"\"{releaseId}-{stream.Length}\""), enableRangeProcessing: true);
    }

    /// <summary>Folder of a published release that the caller may see; null otherwise.</summary>
    internal static async Task<string?> FolderAsync(
        ReleaseId releaseId, CurrentContributor contributor, StoreContext store, ServerOptions options, CancellationToken cancellationToken) =>
        await store.ReleasesVisibleTo(contributor).AnyAsync(r => r.Id == releaseId && r.State == ReleaseState.Published, cancellationToken) ? ReleaseJob.FolderOf(options, releaseId) : null;

    private static string MediaTypeOf(string path) => Path.GetExtension(path) switch
    {
        ".json" => "application/json",
        ".ndjson" => "application/x-ndjson",
        ".md" => "text/markdown; charset=utf-8",
        ".txt" => "text/plain; charset=utf-8",
        ".png" => "image/png",
        ".jpg" => "image/jpeg",
        ".webp" => "image/webp",
        ".gif" => "image/gif",
        ".bmp" => "image/bmp",
        _ => "application/octet-stream",
    };
}
