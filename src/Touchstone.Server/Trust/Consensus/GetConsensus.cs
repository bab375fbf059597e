using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Reviews;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>The estimate of a task's answers, with what the responses do not agree upon.</summary>
internal static class GetConsensus
{
    /// <param name="Task">The task.</param>
    /// <param name="State">Its state.</param>
    /// <param name="Responses">Independent responses.</param>
    /// <param name="Consensus">The estimate; null without one.</param>
    /// <param name="Stopping">Why it is asked of more people, or no more; null of tasks that are not decided by responses.</param>
    public sealed record Body(LabelTaskId Task, TaskState State, int Responses, ConsensusBody? Consensus, StoppingBody? Stopping);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/tasks/{taskId}/consensus", Handle).WithName("GetConsensus").RequireReviewer();

    public static async Task<Results<Ok<Body>, ProblemHttpResult>> Handle(
        LabelTaskId taskId, CurrentContributor contributor, StoreContext store, OntologyCache ontologies, CancellationToken cancellationToken)
    {
        var task = await store.TasksVisibleTo(contributor).Where(t => t.Id == taskId)
            .Select(t => new { t.ProjectId, t.OntologyVersion, t.State }).SingleOrDefaultAsync(cancellationToken);
        if (task is null) return Problems.NotFound("There is no such task.");
        var ontology = await ontologies.GetAsync(task.ProjectId, task.OntologyVersion, cancellationToken);
        var responses = await ConsensusBodies.ResponsesAsync(store, taskId, cancellationToken);
        return TypedResults.Ok(new Body(
            taskId, task.State, responses.Count, await ConsensusBodies.ConsensusAsync(store, taskId, ontology, responses, cancellationToken), await StoppingAsync(store, taskId, cancellationToken)));
    }

    private static async Task<StoppingBody?> StoppingAsync(StoreContext store, LabelTaskId id, CancellationToken cancellationToken)
    {
        if ((await TaskFactsReader.ReadAsync(store, [id], cancellationToken)).SingleOrDefault() is not { Purpose: TaskPurpose.Label } task) return null;
        var project = await store.Projects.AsNoTracking().SingleAsync(p => p.Id == task.ProjectId, cancellationToken);
        var policy = DecisionPolicy.Of(project);

        // That a consensus is not valid is not stored; a sure one that a person has to decide all the same is none.
        var isValid = !(task is { State: TaskState.InReview, Review: null } && task.Confidence >= policy.Confidence && policy.Review != ReviewPolicy.Always);
        return StoppingRule.Explain(
            new TaskFacts(task.Responses.Count, task.Confidence, task.Review?.Decision, task.AwaitsCorrection, task.Skippers, task.InputWithdrawn, isValid), policy);
    }
}
