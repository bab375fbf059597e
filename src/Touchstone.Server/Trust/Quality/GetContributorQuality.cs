using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Quality;

/// <summary>One contributor's work in a project, with what they mistake for what.</summary>
internal static class GetContributorQuality
{
    /// <summary>The row of the list, what its contributor says when each label is true (empty before a first fit), and all decisions upon them, oldest first.</summary>
    public sealed record ContributorQualityBody(
        ContributorId Contributor, string DisplayName, bool Simulated, int Graded, double? Right, double? Low, double? High, GateBody Gate, DriftBody Drift, StandingBody Standing, StandingDecisionBody? Decision,
        IReadOnlyList<PointBody> Points, IReadOnlyList<ConfusionBody> Confusion, IReadOnlyList<StandingDecisionBody> Decisions);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/projects/{projectId}/contributors/{contributorId}/quality", Handle).WithName("GetContributorQuality").RequireManager()
            .WithSummary("How right one contributor is over time, what they mistake for what, and all decisions upon them.");

    public static async Task<Results<Ok<ContributorQualityBody>, ProblemHttpResult>> Handle(
        ProjectId projectId, ContributorId contributorId, CurrentContributor contributor, StoreContext store, QualityCache cache, CancellationToken cancellationToken)
    {
        var project = await store.ProjectsVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancellationToken);
        if (project is null) return Problems.NotFound("There is no such project.");
        var person = await store.Contributors.AsNoTracking().SingleOrDefaultAsync(c => c.Id == contributorId && c.OrganizationId == project.OrganizationId, cancellationToken);
        if (person is null) return Problems.NotFound("There is no such contributor.");
        var standing = await store.Standings.AsNoTracking().SingleOrDefaultAsync(s => s.ProjectId == projectId && s.ContributorId == contributorId, cancellationToken);
        var decisions = (await ContributorQuality.DecisionsAsync(store, projectId, [contributorId], cancellationToken))[contributorId].ToList();
        var history = await cache.GetAsync(store, projectId, GradeHistory.ReadAsync, cancellationToken);
        var book = ReliabilityBook.Of(await store.Reliabilities.AsNoTracking()
            .Where(r => r.ProjectId == projectId && (r.ContributorId == contributorId || r.ContributorId == ReliabilityBook.Crowd)).ToListAsync(cancellationToken));
        var confusion = book.Table.Contributors.TryGetValue(contributorId.ToString(), out var known) ? ConfusionBody.Of(known, book.Table) : [];
        var row = ContributorQuality.Row(history, project, person, standing, decisions);
        return TypedResults.Ok(new ContributorQualityBody(
            row.Contributor, row.DisplayName, row.Simulated, row.Graded, row.Right, row.Low, row.High, row.Gate, row.Drift, row.Standing, row.Decision, row.Points, confusion, decisions));
    }
}
