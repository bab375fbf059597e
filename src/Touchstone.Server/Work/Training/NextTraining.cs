using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Work.Training;

/// <summary>The training task that comes next. Nothing is leased: training takes no slot of anybody's.</summary>
internal static class NextTraining
{
    /// <param name="Task">Names the training task.</param>
    /// <param name="Project">The project.</param>
    /// <param name="Left">Training tasks before ordinary work, this one among them.</param>
    /// <param name="Of">All of this training.</param>
    /// <param name="Note">What the person who asked for the training wrote; null where the project asks it of everybody.</param>
    /// <param name="OntologyVersion">What the answers are checked against.</param>
    /// <param name="OntologyUrl">Where that version is read.</param>
    /// <param name="Instructions">Markdown of the project.</param>
    /// <param name="Inputs">What to look at.</param>
    public sealed record Body(
        LabelTaskId Task, ProjectId Project, int Left, int Of, string? Note, int OntologyVersion, string OntologyUrl, string Instructions, IReadOnlyList<InputBody> Inputs);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/projects/{projectId}/training/next", Handle).WithName("NextTraining")
        .WithSummary("The training task that comes next; 204 when none is left to do.");

    public static async Task<Results<Ok<Body>, NoContent, ProblemHttpResult>> Handle(
        ProjectId projectId, CurrentContributor contributor, StoreContext store, InputCache inputs, CancellationToken cancellationToken)
    {
        if (await store.ProjectsVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancellationToken) is not { } project)
            return Problems.NotFound("There is no such project.");
        if (project.State != ProjectState.Active) return Problems.Conflict("Nobody works on this project at present.", SnakeCaseNames.Of(project.State));
        var states = await TrainingState.OfAsync(store, [projectId], contributor.Id, cancellationToken);
        if (!states.TryGetValue(projectId, out var state)) return TypedResults.NoContent();
        if (await TrainingState.OfferedAsync(store, projectId, contributor.Id, cancellationToken) is not { } id) return TypedResults.NoContent();
        var task = await store.Tasks.Where(t => t.Id == id).Select(t => new { t.AssetId, t.OntologyVersion }).SingleAsync(cancellationToken);
        return TypedResults.Ok(new Body(
            id, projectId, state.Left, state.Of, await NoteAsync(store, projectId, contributor.Id, cancellationToken), task.OntologyVersion,
            $"{TouchstoneServer.ApiPrefix}/projects/{projectId}/ontologies/{task.OntologyVersion}", project.Instructions, await InputsAsync(id, task.AssetId, inputs)));
    }

    private static async ValueTask<IReadOnlyList<InputBody>> InputsAsync(LabelTaskId task, AssetId? asset, InputCache inputs)
    {
        if (asset is not { } id) return [];
        var facts = await inputs.GetAsync(id);
        return [new InputBody("image", $"{TouchstoneServer.ApiPrefix}/training/{task}/input", facts.WidthPx, facts.HeightPx, facts.MediaType)];
    }

    private static async Task<string?> NoteAsync(StoreContext store, ProjectId project, ContributorId contributor, CancellationToken cancellationToken)
    {
        var last = await store.StandingDecisions.Where(d => d.ProjectId == project && d.ContributorId == contributor && d.Choice != StandingChoice.Dismiss)
            .OrderByDescending(d => d.Id).Select(d => new { d.Choice, d.Note }).FirstOrDefaultAsync(cancellationToken);
        return last is { Choice: StandingChoice.Retrain } ? last.Note : null;
    }
}
