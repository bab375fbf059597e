using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>Derived: how right a response is, by what everything but that response says. Gates, drift and reliability over time are folds over these rows in
/// the order of their ids, which is the order of submission.</summary>
public sealed class ResponseGrade
{
    public required ResponseId ResponseId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required LabelTaskId TaskId { get; init; }

    public required ContributorId ContributorId { get; init; }

    public required GradeBasis Basis { get; set; }

    /// <summary>Probability in [0, 1] that the response is right; for answers of several parts, the share of them that is.</summary>
    public required double Right { get; set; }

    /// <summary>Answers among which the contributor chose, 2 or more: a guess is right in one of so many.</summary>
    public required int Choices { get; set; }

    public required DateTimeOffset SubmittedAt { get; init; }
}

/// <summary>What a response was graded by.</summary>
public enum GradeBasis
{
    /// <summary>The consensus of the others' responses to the same task.</summary>
    Others = 0,

    /// <summary>The known answers of a gold task.</summary>
    Gold = 1,

    /// <summary>The answers that a reviewer accepted.</summary>
    Review = 2,
}
