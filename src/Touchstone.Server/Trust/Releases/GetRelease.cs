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
        await store.ReleasesVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(r => r.Id == releaseId, cancellationToken) is { } release
            ? TypedResults.Ok(ReleaseBody.Of(release))
            : NoSuchRelease();

    public static ProblemHttpResult NoSuchRelease() => Problems.NotFound("There is no such release among those that you may see.");
}
