using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Quality;

/// <summary>A project's quality: agreement, confusion, what overlap saved, what labels cost.</summary>
internal static class GetQuality
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/projects/{projectId}/quality", Handle).WithName("GetQuality").RequireManager()
        .WithSummary("Agreement on each question and class, what is mistaken for what, what adaptive overlap saved, and the cost of an accepted label. Measured on the tasks answered last.");

    public static async Task<Results<Ok<ProjectQualityBody>, ProblemHttpResult>> Handle(
        ProjectId projectId, CurrentContributor contributor, StoreContext store, QualityCache cache, ProjectQuality quality, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(contributor).AnyAsync(p => p.Id == projectId, cancellationToken)) return Problems.NotFound("There is no such project.");
        return TypedResults.Ok(await cache.GetAsync(store, projectId, quality.MeasureAsync, cancellationToken));
    }
}
