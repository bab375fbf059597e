using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Files.Storage;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Releases;

/// <summary>A published release as one zip archive, written while it is sent.</summary>
internal static class GetReleaseArchive
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/releases/{releaseId}/archive", Handle)
        .Produces(StatusCodes.Status200OK, contentType: "application/zip").WithName("GetReleaseArchive").RequireManager()
        .WithSummary("All files of a published release as one zip archive. Unpacked, it is what `touchstone verify` checks.");

    public static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Handle(
        ReleaseId releaseId, HttpContext context, CurrentContributor contributor, StoreContext store, ServerOptions options, CancellationToken cancellationToken)
    {
        if (await GetReleaseFile.FolderAsync(releaseId, contributor, store, options, cancellationToken) is not { } folder) return GetRelease.NoSuchRelease();
        var release = await store.ReleasesVisibleTo(contributor).Where(r => r.Id == releaseId)
            .Join(store.Projects, r => r.ProjectId, p => p.Id, (r, p) => new { r.Number, p.Name }).SingleAsync(cancellationToken);

        // The framework's archive ends each entry with a small synchronous write, whichever way one asks it.
        if (context.Features.Get<IHttpBodyControlFeature>() is { } body) body.AllowSynchronousIO = true;
        var name = NameOf(release.Name, release.Number);
        return TypedResults.Stream(stream => FolderArchive.WriteAsync(stream, folder, name, cancellationToken), "application/zip", name + ".zip");
    }

    /// <summary>A name that any file system takes: "street-scenes-1".</summary>
    internal static string NameOf(string project, int number)
    {
        var plain = new string([.. project.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        var words = plain.Split('-', StringSplitOptions.RemoveEmptyEntries);
        return $"{(words.Length == 0 ? "release" : string.Join('-', words)[..Math.Min(60, string.Join('-', words).Length)])}-{number}";
    }
}
