using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>How far contributors of a project agree, before any truth.</summary>
internal static class GetAgreement
{
    /// <param name="Project">The project.</param>
    /// <param name="Tasks">Tasks with two or more responses.</param>
    /// <param name="Mean">Mean over them of the mean pairwise agreement, in [0, 1], not corrected for chance; null without any.</param>
    /// <param name="Responses">Responses of the project.</param>
    public sealed record Body(ProjectId Project, long Tasks, double? Mean, long Responses);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/projects/{projectId}/agreement", Handle).WithName("GetAgreement").RequireReviewer();

    public static async Task<Results<Ok<Body>, ProblemHttpResult>> Handle(
        ProjectId projectId, CurrentContributor contributor, StoreContext store, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(contributor).AnyAsync(p => p.Id == projectId, cancellationToken)) return Problems.NotFound("There is no such project.");
        var counters = await store.Counters.AsNoTracking().SingleOrDefaultAsync(c => c.ProjectId == projectId, cancellationToken);
        var count = counters?.AgreementCount ?? 0;
        return TypedResults.Ok(new Body(projectId, count, count == 0 ? null : counters!.AgreementSum / count, counters?.Responses ?? 0));
    }
}
