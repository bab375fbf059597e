using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>A person's decision upon how a contributor goes on in a project. Never changed. What was counted against the contributor before it counts no more.</summary>
public sealed class StandingDecision
{
    public required StandingDecisionId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required ContributorId ContributorId { get; init; }

    public required ContributorId DecidedBy { get; init; }

    public required StandingChoice Choice { get; init; }

    /// <summary>What the person wrote down as the reason; the contributor reads it where they are to train.</summary>
    public string? Note { get; init; }

    /// <summary>JSON of what was proposed and on what grounds when the person decided.</summary>
    public required string Evidence { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }
}

public enum StandingChoice
{
    /// <summary>The proposal is set aside: the contributor goes on as before.</summary>
    Dismiss = 0,

    /// <summary>Training tasks come before further work.</summary>
    Retrain = 1,

    /// <summary>Gold comes more often for a while.</summary>
    Evaluate = 2,

    /// <summary>Training or evaluation ends now.</summary>
    Restore = 3,
}
