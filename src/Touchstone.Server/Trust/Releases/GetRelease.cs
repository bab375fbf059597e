using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Releases;

/// <summary>One release.</summary>
internal static class GetRelease
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/releases/{releaseId}", Handle).WithName("GetRelease").RequireManager();

    public static async Task<Results<Ok<ReleaseBody>, ProblemHttpResult>> Handle(
        ReleaseId releaseId, CurrentContributor contributor, StoreContext store, CancellationToken cancellationToken) =>
        await ReleaseBody.ReadAsync(store, store.ReleasesVisibleTo(contributor).AsNoTracking().Where(r => r.Id == releaseId), cancellationToken) is [var release]
            ? TypedResults.Ok(release)
            : NoSuchRelease();

    public static ProblemHttpResult NoSuchRelease() => Problems.NotFound("There is no such release among those that you may see.");
}
