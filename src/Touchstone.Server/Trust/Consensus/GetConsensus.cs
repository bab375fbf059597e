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
    public sealed record Body(LabelTaskId Task, TaskState State, int Responses, ConsensusBody? Consensus);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/tasks/{taskId}/consensus", Handle).WithName("GetConsensus").RequireReviewer();

    public static async Task<Results<Ok<Body>, ProblemHttpResult>> Handle(
        LabelTaskId taskId, CurrentContributor contributor, StoreContext store, OntologyCache ontologies, CancellationToken cancellationToken)
    {
        var task = await store.TasksVisibleTo(contributor).Where(t => t.Id == taskId)
            .Select(t => new { t.ProjectId, t.OntologyVersion, t.State }).SingleOrDefaultAsync(cancellationToken);
        if (task is null) return Problems.NotFound("There is no such task.");
        var ontology = await ontologies.GetAsync(task.ProjectId, task.OntologyVersion, cancellationToken);
        var responses = await ConsensusBodies.ResponsesAsync(store, taskId, cancellationToken);
        return TypedResults.Ok(new Body(taskId, task.State, responses.Count, await ConsensusBodies.ConsensusAsync(store, taskId, ontology, responses, cancellationToken)));
    }
}
