using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Work.Training;

/// <summary>Answers a training task and tells at once what was right. The answer, its row of the outbox and the count of what is left are one transaction.</summary>
internal static class AnswerTraining
{
    /// <param name="Answers">As under a lease.</param>
    /// <param name="ActiveMilliseconds">Time in which the contributor was active: training is paid work.</param>
    public sealed record Request(JsonElement Answers, long ActiveMilliseconds);

    /// <param name="Score">How near the answers come to the known ones, in [0, 1].</param>
    /// <param name="Known">The known answers.</param>
    /// <param name="Explanation">Why they are what they are.</param>
    /// <param name="Differences">What differs.</param>
    /// <param name="Left">Training tasks that are still to be done.</param>
    public sealed record Body(double Score, JsonElement Known, string? Explanation, IReadOnlyList<TrainingDifference> Differences, int Left);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/training/{taskId}/answers", Handle).Idempotent()
        .Accepts<Request>("application/json").WithName("AnswerTraining").WithSummary("Answers the training task that comes next and tells what was right. The same answers again are the same answer.");

    public static async Task<Results<Ok<Body>, ProblemHttpResult>> Handle(
        LabelTaskId taskId, HttpRequest request, CurrentContributor contributor, StoreContext store, StoreDatabase database, OntologyCache ontologies, InputCache inputs, ServerOptions options,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        var task = await store.TasksVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(t => t.Id == taskId && t.Purpose == TaskPurpose.Training, cancellationToken);
        var gold = task is null ? null : await store.Gold.AsNoTracking().SingleOrDefaultAsync(g => g.TaskId == taskId, cancellationToken);
        if (task is null || gold is null) return NoSuchTask();
        using var body = await PooledBody.ReadAsync(request, (int)Math.Min(options.RequestBytesMax, int.MaxValue / 2), cancellationToken);
        if (body is null) return Problems.TooLarge($"A submit has at most {options.RequestBytesMax} bytes.");
        var ontology = await ontologies.GetAsync(task.ProjectId, task.OntologyVersion, cancellationToken);
        var extent = task.AssetId is { } asset ? (await inputs.GetAsync(asset)).Extent : default;
        if (SubmitResponse.Check(body.Bytes, ontology, extent, out var submit) is { Count: > 0 } faults) return Problems.Invalid(faults);

        var (known, said) = (Read(ontology, gold.Answers), Read(ontology, Encoding.UTF8.GetString(submit.Answers.Span)));
        var given = new Given(
            Encoding.UTF8.GetString(submit.Answers.Span), SHA256.HashData(submit.Answers.Span), submit.ActiveMilliseconds, Feedback.Score(ontology, known, said), clock.Now());
        var (score, left, problem) = await database.WriteAsync((write, cancel) => WriteAsync(write, task, contributor, given, cancel), cancellationToken);
        return problem is not null ? problem : TypedResults.Ok(new Body(score, JsonElement.Parse(gold.Answers), gold.Explanation, Feedback.Compare(ontology, known, said), left));
    }

    public static ProblemHttpResult NoSuchTask() => Problems.NotFound("There is no such training task. POST to a project's training/next to get one.");

    private static AnswerSet Read(Ontology ontology, string answers)
    {
        using var document = JsonDocument.Parse(answers);
        return AnswerSet.Parse(ontology, document.RootElement);
    }

    private sealed record Given(string Answers, byte[] Digest, long ActiveMilliseconds, double Score, DateTimeOffset At);

    private static async Task<(double Score, int Left, ProblemHttpResult? Problem)> WriteAsync(
        StoreContext store, LabelTask task, CurrentContributor contributor, Given given, CancellationToken cancellationToken)
    {
        var project = await store.Projects.AsNoTracking().SingleAsync(p => p.Id == task.ProjectId, cancellationToken);
        if (project.State != ProjectState.Active) return (0, 0, Problems.Conflict("Nobody works on this project at present.", SnakeCaseNames.Of(project.State)));
        var standing = await StandingChanges.LockAsync(store, project, contributor.Id, given.At, cancellationToken);
        var left = standing is { State: StandingState.Training } ? standing.TrainingLeft : 0;
        if (left == 0 || await TrainingState.OfferedAsync(store, project.Id, contributor.Id, cancellationToken) != task.Id)
        {
            var last = await store.TrainingAnswers.AsNoTracking().Where(a => a.TaskId == task.Id && a.ContributorId == contributor.Id).OrderByDescending(a => a.Id).FirstOrDefaultAsync(cancellationToken);
            return last is not null && last.Digest.AsSpan().SequenceEqual(given.Digest) ? (last.Score, left, null) : (0, 0, NotNext(last is not null));
        }

        var answer = Add(store, task, contributor, given);
        await StandingChanges.TrainedAsync(store, project.Id, contributor.Id, project.EvaluationTasks, given.At, cancellationToken);
        return (answer.Score, left - 1, null);
    }

    private static ProblemHttpResult NotNext(bool isAnswered) => isAnswered
        ? Problems.Conflict("You have answered this training task; ask for the next one.", "already_answered")
        : Problems.Conflict("This training task does not come next for you. POST to the project's training/next says which does.", "not_next");

    private static TrainingAnswer Add(StoreContext store, LabelTask task, CurrentContributor contributor, Given given)
    {
        var answer = new TrainingAnswer
        {
            Id = TrainingAnswerId.New(given.At),
            OrganizationId = task.OrganizationId,
            CompartmentId = task.CompartmentId,
            ProjectId = task.ProjectId,
            TaskId = task.Id,
            ContributorId = contributor.Id,
            Answers = given.Answers,
            Digest = given.Digest,
            Score = given.Score,
            ActiveMilliseconds = given.ActiveMilliseconds,
            Simulated = contributor.Simulated,
            SubmittedAt = given.At,
        };
        store.Add(answer);
        store.Add(new OutboxRow
        {
            Kind = OutboxKind.TrainingAnswered,
            OrganizationId = task.OrganizationId,
            ProjectId = task.ProjectId,
            TaskId = task.Id,
            ContributorId = contributor.Id,
            SubjectId = answer.Id.Value,
            Purpose = TaskPurpose.Training,
            At = given.At,
        });
        return answer;
    }
}
