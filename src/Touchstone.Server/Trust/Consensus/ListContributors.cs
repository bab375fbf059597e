using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Reviews;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>Who worked on a project, how much, and what is believed of their accuracy.</summary>
internal static class ListContributors
{
    /// <param name="Contributor">Who.</param>
    /// <param name="DisplayName">Their name in this organization.</param>
    /// <param name="Simulated">A program that plays a person.</param>
    /// <param name="Responses">Responses given.</param>
    /// <param name="Skips">Tasks skipped.</param>
    /// <param name="GoldAnswered">Responses to gold among them.</param>
    /// <param name="ActiveMilliseconds">Active time in them.</param>
    /// <param name="LastResponseAt">The latest.</param>
    /// <param name="Reliability">The estimate; an empty object before a first fit.</param>
    public sealed record Row(
        ContributorId Contributor, string DisplayName, bool Simulated, int Responses, int Skips, int GoldAnswered, long ActiveMilliseconds, DateTimeOffset? LastResponseAt, JsonElement Reliability);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/projects/{projectId}/contributors", Handle).WithName("ListProjectContributors").RequireManager();

    public static async Task<Results<Ok<Page<Row>>, ProblemHttpResult>> Handle(
        ProjectId projectId, Cursor? after, PageSize? limit, CurrentContributor contributor, StoreContext store, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(contributor).AnyAsync(p => p.Id == projectId, cancellationToken)) return Problems.NotFound("There is no such project.");
        var last = after is { } cursor ? ContributorId.From(cursor.Id) : ReliabilityBook.Crowd;
        var size = PageSize.Of(limit);
        var rows = await store.Reliabilities
            .Where(r => r.ProjectId == projectId && r.ContributorId > last)
            .Join(store.Contributors, r => r.ContributorId, c => c.Id, (r, c) => new { Row = r, c.DisplayName, c.Simulated })
            .OrderBy(r => r.Row.ContributorId).Take(size + 1).AsNoTracking().ToListAsync(cancellationToken);
        var bodies = rows.ConvertAll(r => new Row(
            r.Row.ContributorId, r.DisplayName, r.Simulated, r.Row.Responses, r.Row.Skips, r.Row.GoldAnswered, r.Row.ActiveMilliseconds, r.Row.LastResponseAt,
            ConsensusBodies.Parse(r.Row.Detail)));
        return TypedResults.Ok(Page.Of(bodies, size, r => Cursor.At(r.Contributor.Value)));
    }
}
