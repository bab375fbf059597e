using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>A person's decision upon a consensus. Never changed; a later one names what it supersedes.</summary>
public sealed class Review
{
    public required ReviewId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required LabelTaskId TaskId { get; init; }

    public required ContributorId ReviewerId { get; init; }

    public LeaseId? LeaseId { get; init; }

    public required ReviewDecision Decision { get; init; }

    /// <summary>The accepted answers' JSON: the consensus as it stood, or the edit. Null when sent back or withdrawn.</summary>
    public string? Answers { get; init; }

    /// <summary>JSON of the consensus that was decided upon: its answers and their detail. It is estimated anew when more becomes known; what a reviewer
    /// saw does not change. Null where there was none.</summary>
    public string? Basis { get; init; }

    /// <summary>For a task sent back: the responses to be done again.</summary>
    public ResponseId? SentBack { get; init; }

    /// <summary>JSON array of comments, each with a text and, where pinned, question and shape id.</summary>
    public string? Comments { get; init; }

    public ReviewId? Supersedes { get; init; }

    public bool Simulated { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }
}

public enum ReviewDecision
{
    Accept = 0,
    Edit = 1,
    SendBack = 2,
    Withdraw = 3,

    /// <summary>A lead doubts a label that was done: a person decides again.</summary>
    Reopen = 4,

    /// <summary>The doubt is taken back before a reviewer began: what was done stays done.</summary>
    Keep = 5,
}
