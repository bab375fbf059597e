using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Quality;

/// <summary>How right those are who work on a project, by what everything but their own answers says.</summary>
internal static class ListContributorQuality
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/projects/{projectId}/contributors/quality", Handle).WithName("ListContributorQuality").RequireManager()
            .WithSummary("How right each contributor is over time, whether retraining is proposed, whether they drift, and how they stand.");

    public static async Task<Results<Ok<Page<ContributorQualityRow>>, ProblemHttpResult>> Handle(
        ProjectId projectId, Cursor? after, PageSize? limit, CurrentContributor contributor, StoreContext store, QualityCache cache, CancellationToken cancellationToken)
    {
        var project = await store.ProjectsVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancellationToken);
        if (project is null) return Problems.NotFound("There is no such project.");
        var last = after is { } cursor ? ContributorId.From(cursor.Id) : ReliabilityBook.Crowd;
        var size = PageSize.Of(limit);
        var people = await store.Reliabilities.Where(r => r.ProjectId == projectId && r.ContributorId > last)
            .Join(store.Contributors, r => r.ContributorId, c => c.Id, (r, c) => c).OrderBy(c => c.Id).Take(size + 1).AsNoTracking().ToListAsync(cancellationToken);
        var ids = people.ConvertAll(p => p.Id);
        var standings = await store.Standings.AsNoTracking().Where(s => s.ProjectId == projectId && ids.Contains(s.ContributorId)).ToDictionaryAsync(s => s.ContributorId, cancellationToken);
        var decisions = await ContributorQuality.DecisionsAsync(store, projectId, ids, cancellationToken);
        var history = await cache.GetAsync(store, projectId, GradeHistory.ReadAsync, cancellationToken);
        var rows = people.ConvertAll(p => ContributorQuality.Row(history, project, p, standings.GetValueOrDefault(p.Id), [.. decisions[p.Id]]));
        return TypedResults.Ok(Page.Of(rows, size, r => Cursor.At(r.Contributor.Value)));
    }
}
