using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>One contributor's right to one slot of one task for a time.</summary>
public sealed class Lease
{
    public required LeaseId Id { get; init; }

    public required LeaseToken Token { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required LabelTaskId TaskId { get; init; }

    public required ContributorId ContributorId { get; init; }

    public LeasePurpose Purpose { get; init; } = LeasePurpose.Work;

    public LeaseState State { get; set; } = LeaseState.Live;

    /// <summary>The contributor has been given it. A correction waits until they ask for work.</summary>
    public bool HandedOut { get; set; } = true;

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it was skipped or returned.</summary>
    public string? Reason { get; set; }

    /// <summary>For work that a reviewer sent back: the response to be superseded.</summary>
    public ResponseId? Supersedes { get; init; }
}

public enum LeasePurpose
{
    /// <summary>An independent response: takes a slot.</summary>
    Work = 0,

    /// <summary>A decision upon a consensus; at most one live lease of a task.</summary>
    Review = 1,

    /// <summary>A response sent back to its contributor to be done again: the slot stays theirs.</summary>
    Correction = 2,
}

public enum LeaseState
{
    Live = 0,
    Submitted = 1,
    Skipped = 2,
    Returned = 3,
    Expired = 4,
}
