using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Releases;

/// <summary>The releases of a project, newest first.</summary>
internal static class ListReleases
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/projects/{projectId}/releases", Handle).WithName("ListReleases").RequireManager();

    public static async Task<Results<Ok<Page<ReleaseBody>>, ProblemHttpResult>> Handle(
        ProjectId projectId, Cursor? after, PageSize? limit, CurrentContributor contributor, StoreContext store, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(contributor).AnyAsync(p => p.Id == projectId, cancellationToken)) return Problems.NotFound("There is no such project.");
        var releases = store.ReleasesVisibleTo(contributor).AsNoTracking().Where(r => r.ProjectId == projectId);
        if (after is { } cursor) releases = releases.Where(r => r.Number < cursor.Key);
        var size = PageSize.Of(limit);
        var rows = await ReleaseBody.ReadAsync(store, releases.OrderByDescending(r => r.Number).Take(size + 1), cancellationToken);
        return TypedResults.Ok(Page.Of(rows, size, r => Cursor.At(r.Number)));
    }
}
