using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Contributors;

internal static class ListContributors
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/contributors", ListAsync).RequireManager().WithName("ListContributors").WithSummary("Everybody in the organization.");
        routes.MapGet("/contributors/{contributorId}", GetAsync).RequireManager().WithName("GetContributor").WithSummary("One contributor; the ETag is what a change of role names.");
    }

    private static async Task<Ok<Page<ContributorRow>>> ListAsync(
        StoreContext store, CurrentContributor current, bool? simulated, Cursor? after, PageSize? limit, CancellationToken cancellationToken)
    {
        var size = PageSize.Of(limit);
        var contributors = store.ContributorsVisibleTo(current);
        if (simulated is { } wanted) contributors = contributors.Where(c => c.Simulated == wanted);
        if (after is { } cursor)
        {
            var last = new ContributorId(cursor.Id);
            contributors = contributors.Where(c => c.Id > last);
        }

        var rows = await contributors.OrderBy(c => c.Id).Take(size + 1).Select(ContributorRow.Projection).ToListAsync(cancellationToken);
        return TypedResults.Ok(Page.Of(rows, size, r => Cursor.At(r.Id.Value)));
    }

    private static async Task<Results<Ok<ContributorRow>, ProblemHttpResult>> GetAsync(
        ContributorId contributorId, HttpResponse response, StoreContext store, CurrentContributor current, CancellationToken cancellationToken)
    {
        var row = await store.ContributorsVisibleTo(current).Where(c => c.Id == contributorId).Select(ContributorRow.Projection).SingleOrDefaultAsync(cancellationToken);
        if (row is null) return NoSuchContributor();
        response.SetVersion(row.Version);
        return TypedResults.Ok(row);
    }

    public static ProblemHttpResult NoSuchContributor() => Problems.NotFound("There is no such contributor in your organization.");
}
