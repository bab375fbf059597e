using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Trust.Quality;

/// <summary>A person decides how a contributor goes on. What was counted against the contributor before counts no more.</summary>
internal static class DecideStanding
{
    private const int TasksMax = 1_000;
    private const int TasksUsual = 10;
    private const int NoteLengthMax = 4_000;

    /// <param name="Choice">What is decided.</param>
    /// <param name="Tasks">Training or gold tasks to do; the project's own number without it. Only to retrain and to evaluate.</param>
    /// <param name="Note">Why; the contributor reads it where they are to train.</param>
    public sealed record StandingRequest(StandingChoice Choice, int? Tasks = null, string? Note = null);

    /// <summary>What was proposed when the person decided, kept with the decision.</summary>
    private sealed record Evidence(GateBody Gate, DriftBody Drift, int Graded, double? Right);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/projects/{projectId}/contributors/{contributorId}/standing", Handle).WithName("DecideStanding").Idempotent().RequireManager()
            .WithSummary("Sets a proposal aside, sends a contributor to training or evaluation, or ends either. Gate and drift start afresh.");

    public static async Task<Results<Ok<StandingBody>, ProblemHttpResult>> Handle(
        ProjectId projectId, ContributorId contributorId, StandingRequest request, CurrentContributor contributor, StoreContext store, StoreDatabase database, QualityCache cache, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var project = await store.ProjectsVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancellationToken);
        if (project is null) return Problems.NotFound("There is no such project.");
        if (!await store.Contributors.AnyAsync(c => c.Id == contributorId && c.OrganizationId == project.OrganizationId, cancellationToken)) return Problems.NotFound("There is no such contributor.");
        if (Check(request) is { } problem) return problem;
        if (request.Choice == StandingChoice.Retrain && !await HasAsync(store, projectId, TaskPurpose.Training, cancellationToken))
            return Problems.Conflict("The project has no training tasks, so that nobody could ever finish. Add some first.", "nothing_to_train");
        if (request.Choice == StandingChoice.Evaluate && !await HasAsync(store, projectId, TaskPurpose.Gold, cancellationToken))
            return Problems.Conflict("The project has no gold tasks to evaluate by. Add some first.", "no_gold");

        var history = await cache.GetAsync(store, projectId, GradeHistory.ReadAsync, cancellationToken);
        var earlier = (await ContributorQuality.DecisionsAsync(store, projectId, [contributorId], cancellationToken))[contributorId].LastOrDefault();
        var grades = history.Of(contributorId);
        var (gate, drift) = ContributorFold.Judge(grades, earlier?.DecidedAt);
        var evidence = JsonSerializer.Serialize(new Evidence(gate, drift, grades.Count, ContributorFold.Share(grades).Right), StoredJson.Options);
        var now = clock.Now();
        var decision = new StandingDecision
        {
            Id = StandingDecisionId.New(now),
            OrganizationId = project.OrganizationId,
            ProjectId = projectId,
            ContributorId = contributorId,
            DecidedBy = contributor.Id,
            Choice = request.Choice,
            Note = string.IsNullOrWhiteSpace(request.Note) ? null : request.Note,
            Evidence = evidence,
            DecidedAt = now,
        };
        return TypedResults.Ok(await database.WriteAsync((context, token) => WriteAsync(context, project, decision, request.Tasks, token), cancellationToken));
    }

    private static ProblemHttpResult? Check(StandingRequest request) => request switch
    {
        { Tasks: not null, Choice: not (StandingChoice.Retrain or StandingChoice.Evaluate) } => Problems.Invalid("/tasks", "no number, which only training and evaluation have", $"{request.Tasks}"),
        { Tasks: < 1 or > TasksMax } => Problems.Invalid("/tasks", $"1 to {TasksMax}", $"{request.Tasks}"),
        { Note.Length: > NoteLengthMax } => Problems.Invalid("/note", $"at most {NoteLengthMax} characters", string.Create(CultureInfo.InvariantCulture, $"{request.Note.Length} characters")),
        _ => request.Note?.Contains('\0') == true ? Problems.Invalid("/note", "text without the character 0", "one with it") : null,
    };

    private static Task<bool> HasAsync(StoreContext store, ProjectId project, TaskPurpose purpose, CancellationToken cancellationToken) =>
        store.Gold.AnyAsync(g => g.ProjectId == project && g.RetiredAt == null && store.Tasks.Any(t => t.Id == g.TaskId && t.Purpose == purpose), cancellationToken);

    private static async Task<StandingBody> WriteAsync(StoreContext store, Project project, StandingDecision decision, int? tasks, CancellationToken cancellationToken)
    {
        store.StandingDecisions.Add(decision);
        store.Outbox.Add(new OutboxRow
        {
            Kind = OutboxKind.StandingDecided,
            OrganizationId = project.OrganizationId,
            ProjectId = project.Id,
            ContributorId = decision.ContributorId,
            SubjectId = decision.Id.Value,
            At = decision.DecidedAt,
        });
        // Training that ends at this moment changes the same row: it stays locked from here on.
        if (decision.Choice != StandingChoice.Dismiss) await StandingChanges.LockAsync(store, project, decision.ContributorId, decision.DecidedAt, cancellationToken);
        var row = await store.Standings.SingleOrDefaultAsync(s => s.ProjectId == project.Id && s.ContributorId == decision.ContributorId, cancellationToken);
        if (decision.Choice == StandingChoice.Dismiss) return StandingBody.Of(row, project);
        if (row is null)
        {
            row = new ContributorStanding { ProjectId = project.Id, ContributorId = decision.ContributorId, OrganizationId = project.OrganizationId, State = StandingState.Working, Since = decision.DecidedAt };
            store.Standings.Add(row);
        }

        (row.State, row.TrainingLeft, row.EvaluationLeft, row.Since) = decision.Choice switch
        {
            StandingChoice.Retrain => (StandingState.Training, tasks ?? Usual(project.TrainingTasks), 0, decision.DecidedAt),
            StandingChoice.Evaluate => (StandingState.Evaluation, 0, tasks ?? Usual(project.EvaluationTasks), decision.DecidedAt),
            _ => (StandingState.Working, 0, 0, decision.DecidedAt),
        };
        return StandingBody.Of(row, project);
    }

    private static int Usual(int ofProject) => ofProject > 0 ? ofProject : TasksUsual;
}
