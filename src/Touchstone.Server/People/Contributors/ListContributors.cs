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
        return TypedResults.Ok(Page.Of(await WithActivityAsync(store, current, rows, cancellationToken), size, r => Cursor.At(r.Id.Value)));
    }

    private static async Task<List<ContributorRow>> WithActivityAsync(StoreContext store, CurrentContributor current, List<ContributorRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.ConvertAll(r => r.Id);
        var projects = store.ProjectsVisibleTo(current).Select(p => p.Id);
        var known = await store.Reliabilities.Where(r => ids.Contains(r.ContributorId) && projects.Contains(r.ProjectId)).GroupBy(r => r.ContributorId)
            .Select(g => new { g.Key, Responses = g.Sum(r => r.Responses), Active = g.Sum(r => r.ActiveMilliseconds), Last = g.Max(r => r.LastResponseAt) })
            .ToDictionaryAsync(g => g.Key, cancellationToken);
        return rows.ConvertAll(r => known.TryGetValue(r.Id, out var did) ? r with { Responses = did.Responses, ActiveMilliseconds = did.Active, LastResponseAt = did.Last } : r);
    }

    private static async Task<Results<Ok<ContributorRow>, ProblemHttpResult>> GetAsync(
        ContributorId contributorId, HttpResponse response, StoreContext store, CurrentContributor current, CancellationToken cancellationToken)
    {
        var rows = await store.ContributorsVisibleTo(current).Where(c => c.Id == contributorId).Select(ContributorRow.Projection).ToListAsync(cancellationToken);
        if (rows.Count == 0) return NoSuchContributor();
        response.SetVersion(rows[0].Version);
        return TypedResults.Ok((await WithActivityAsync(store, current, rows, cancellationToken))[0]);
    }

    public static ProblemHttpResult NoSuchContributor() => Problems.NotFound("There is no such contributor in your organization.");
}
