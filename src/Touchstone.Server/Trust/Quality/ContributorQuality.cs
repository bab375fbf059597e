using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Quality;

/// <summary>How somebody stands in a project.</summary>
internal enum StandingWord
{
    /// <summary>Led by the project's settings; nobody decided anything.</summary>
    Newcomer,

    /// <summary>Ordinary work.</summary>
    Working,

    /// <summary>Training tasks come first.</summary>
    Training,

    /// <summary>Gold comes more often than usual.</summary>
    Evaluation,
}

/// <summary>How a contributor stands.</summary>
/// <param name="State">The standing.</param>
/// <param name="TrainingLeft">Training tasks before ordinary work.</param>
/// <param name="EvaluationLeft">Gold tasks until the evaluation ends.</param>
/// <param name="Since">Since when; null of a newcomer.</param>
internal sealed record StandingBody(StandingWord State, int TrainingLeft, int EvaluationLeft, DateTimeOffset? Since)
{
    public static StandingBody Of(ContributorStanding? row, Project project) => row is null
        ? new(StandingWord.Newcomer, project.TrainingTasks, project.EvaluationTasks, null)
        : new(row.State switch { StandingState.Training => StandingWord.Training, StandingState.Evaluation => StandingWord.Evaluation, _ => StandingWord.Working }, row.TrainingLeft, row.EvaluationLeft, row.Since);
}

/// <summary>A person's decision.</summary>
/// <param name="Choice">What was decided.</param>
/// <param name="Note">Why, in their words.</param>
/// <param name="DecidedByName">Who.</param>
/// <param name="DecidedAt">When.</param>
internal sealed record StandingDecisionBody(StandingChoice Choice, string? Note, string DecidedByName, DateTimeOffset DecidedAt);

/// <summary>What is known of one contributor's work in a project.</summary>
/// <param name="Contributor">Who.</param>
/// <param name="DisplayName">Their name in this organization.</param>
/// <param name="Simulated">A program that plays a person.</param>
/// <param name="Graded">Responses that are graded.</param>
/// <param name="Right">Mean of the grades; null without any. Graded by others who err too, so it lies below the truth: compare it within the project.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Gate">Whether retraining is proposed.</param>
/// <param name="Drift">Whether they err more than they used to.</param>
/// <param name="Standing">How they stand.</param>
/// <param name="Decision">The last decision upon them.</param>
/// <param name="Points">Their grades over time, oldest first.</param>
internal sealed record ContributorQualityRow(
    ContributorId Contributor, string DisplayName, bool Simulated, int Graded, double? Right, double? Low, double? High, GateBody Gate, DriftBody Drift, StandingBody Standing, StandingDecisionBody? Decision,
    IReadOnlyList<PointBody> Points);

/// <summary>Puts together what is known of contributors.</summary>
internal static class ContributorQuality
{
    public static ContributorQualityRow Row(
        GradeHistory history, Project project, Contributor contributor, ContributorStanding? standing, IReadOnlyList<StandingDecisionBody> decisions)
    {
        var grades = history.Of(contributor.Id);
        var (right, low, high) = ContributorFold.Share(grades);
        var last = decisions.Count == 0 ? null : decisions[^1];
        var (gate, drift) = ContributorFold.Judge(grades, last?.DecidedAt);
        return new ContributorQualityRow(
            contributor.Id, contributor.DisplayName, contributor.Simulated, grades.Count, right, low, high, gate, drift, StandingBody.Of(standing, project), last, ContributorFold.Points(grades));
    }

    /// <summary>Decisions upon contributors, oldest first.</summary>
    public static async Task<ILookup<ContributorId, StandingDecisionBody>> DecisionsAsync(StoreContext store, ProjectId project, IReadOnlyCollection<ContributorId> contributors, CancellationToken cancellationToken)
    {
        var rows = await store.StandingDecisions.AsNoTracking().Where(d => d.ProjectId == project && contributors.Contains(d.ContributorId)).OrderBy(d => d.Id)
            .Select(d => new { d.ContributorId, d.Choice, d.Note, d.DecidedAt, By = store.Contributors.Where(c => c.Id == d.DecidedBy).Select(c => c.DisplayName).FirstOrDefault() })
            .ToListAsync(cancellationToken);
        return rows.ToLookup(d => d.ContributorId, d => new StandingDecisionBody(d.Choice, d.Note, d.By ?? "", d.DecidedAt));
    }
}
