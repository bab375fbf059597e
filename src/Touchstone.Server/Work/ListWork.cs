using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Work.Training;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Work;

/// <summary>The projects that the caller may work on, and whether there is work.</summary>
/// <remarks>Not how much: a number that stays where it is after a submit would tell that the task was gold or an audit.</remarks>
internal static class ListWork
{
    /// <summary>Projects listed at most; an organization with more of them active at once works through the console's pages.</summary>
    private const int ProjectsMax = 500;

    /// <param name="Project">Its id.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Description">What it is for.</param>
    /// <param name="Instructions">Markdown.</param>
    /// <param name="InputKind">What is looked at.</param>
    /// <param name="OntologyVersion">The version that new tasks are answered under.</param>
    /// <param name="HasOpen">Whether tasks want responses, from anybody of the caller's role.</param>
    /// <param name="HasReviews">Whether tasks wait for a reviewer; null for those who do not review.</param>
    /// <param name="Responses">Responses that the caller has given.</param>
    /// <param name="TrainingLeft">Training tasks that come before ordinary work; 0 when none do.</param>
    /// <param name="TrainingOf">All of that training; 0 when there is none to do.</param>
    public sealed record Row(
        ProjectId Project, string Name, string Description, string Instructions, string InputKind, int OntologyVersion, bool HasOpen, bool? HasReviews, int Responses,
        int TrainingLeft = 0, int TrainingOf = 0);

    public sealed record Body(IReadOnlyList<Row> Items);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/work/projects", Handle).WithName("ListWork");

    public static async Task<Ok<Body>> Handle(CurrentContributor contributor, StoreContext store, CancellationToken cancellationToken)
    {
        var isReviewer = contributor.Is(Role.Reviewer);
        var id = contributor.Id;
        var forReviewers = QueueChanges.OpenToReviewers(store);
        var rows = await store.ProjectsVisibleTo(contributor)
            .Where(p => p.State == ProjectState.Active)
            .OrderBy(p => p.Name).ThenBy(p => p.Id)
            .Take(ProjectsMax)
            .Select(p => new Row(
                p.Id,
                p.Name,
                p.Description,
                p.Instructions,
                p.InputKind,
                p.OntologyVersion,
                store.Counters.Any(c => c.ProjectId == p.Id && c.Open > 0) || (isReviewer && forReviewers.Any(t => t.ProjectId == p.Id)),
                isReviewer ? store.Counters.Any(c => c.ProjectId == p.Id && c.InReview > 0) : null,
                store.Reliabilities.Where(r => r.ProjectId == p.Id && r.ContributorId == id).Select(r => r.Responses).FirstOrDefault(),
                0,
                0))
            .ToListAsync(cancellationToken);
        var training = await TrainingState.OfAsync(store, rows.ConvertAll(r => r.Project), id, cancellationToken);
        return TypedResults.Ok(new Body(rows.ConvertAll(r => training.TryGetValue(r.Project, out var state) ? r with { TrainingLeft = state.Left, TrainingOf = state.Of } : r)));
    }
}
