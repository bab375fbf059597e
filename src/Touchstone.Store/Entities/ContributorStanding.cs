using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>How a contributor stands in a project: whether they work, are being trained, or are being evaluated. No row is a newcomer, whom the project's settings
/// lead through training and evaluation; only a person's decision leads anybody else there.</summary>
public sealed class ContributorStanding
{
    public required ProjectId ProjectId { get; init; }

    public required ContributorId ContributorId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required StandingState State { get; set; }

    /// <summary>Training tasks that are still to be done before ordinary work.</summary>
    public int TrainingLeft { get; set; }

    /// <summary>Gold tasks that are still to come, unmarked and more often than usual, until the evaluation ends.</summary>
    public int EvaluationLeft { get; set; }

    public required DateTimeOffset Since { get; set; }
}

public enum StandingState
{
    /// <summary>Ordinary work.</summary>
    Working = 0,

    /// <summary>Training tasks come first; ordinary work waits.</summary>
    Training = 1,

    /// <summary>Ordinary work with more gold in it than usual.</summary>
    Evaluation = 2,
}
