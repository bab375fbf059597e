using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Jobs;

internal static class CancelJob
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/jobs/{jobId}/cancellation", HandleAsync).RequireManager().WithName("CancelJob").WithSummary("Stops a job that has not ended; one that has ended stays as it is.");

    private static async Task<Results<Ok<JobRow>, ProblemHttpResult>> HandleAsync(JobId jobId, StoreContext store, JobTable table, CurrentContributor current, CancellationToken cancellationToken)
    {
        var jobs = store.JobsVisibleTo(current).Where(j => j.Id == jobId);
        if (!await jobs.AnyAsync(cancellationToken)) return ListJobs.NoSuchJob();
        await table.CancelAsync(jobId, cancellationToken);
        return TypedResults.Ok(await jobs.Select(JobRow.Projection).SingleAsync(cancellationToken));
    }
}
