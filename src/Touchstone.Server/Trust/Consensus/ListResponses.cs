using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Reviews;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>All responses to a task, superseded ones too, oldest first. Only managers learn whose they are.</summary>
internal static class ListResponses
{
    public sealed record Row(
        ResponseId Id, ContributorId? Contributor, JsonElement Answers, ResponseId? Supersedes, bool IsInForce, bool Simulated, long ActiveMilliseconds, DateTimeOffset SubmittedAt);

    public sealed record Body(LabelTaskId Task, int OntologyVersion, IReadOnlyList<Row> Items);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/tasks/{taskId}/responses", Handle).WithName("ListResponses").RequireReviewer();

    public static async Task<Results<Ok<Body>, ProblemHttpResult>> Handle(
        LabelTaskId taskId, CurrentContributor contributor, StoreContext store, CancellationToken cancellationToken)
    {
        var task = await store.TasksVisibleTo(contributor).Where(t => t.Id == taskId).Select(t => new { t.OntologyVersion }).SingleOrDefaultAsync(cancellationToken);
        if (task is null) return Problems.NotFound("There is no such task.");
        var responses = await store.Responses.AsNoTracking().Where(r => r.TaskId == taskId).OrderBy(r => r.Id).ToListAsync(cancellationToken);
        var superseded = responses.Where(r => r.Supersedes is not null).Select(r => r.Supersedes!.Value).ToHashSet();
        var isManager = contributor.Is(Role.Manager);
        return TypedResults.Ok(new Body(taskId, task.OntologyVersion, responses.ConvertAll(r => new Row(
            r.Id,
            isManager ? r.ContributorId : null,
            ConsensusBodies.Parse(r.Answers),
            r.Supersedes,
            !superseded.Contains(r.Id),
            r.Simulated,
            r.ActiveMilliseconds,
            r.SubmittedAt))));
    }
}
