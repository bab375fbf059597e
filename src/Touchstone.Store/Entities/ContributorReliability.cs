using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>Derived: what we believe of a contributor's accuracy in one project, and what they did there.</summary>
public sealed class ContributorReliability
{
    public required ProjectId ProjectId { get; init; }

    public required ContributorId ContributorId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    /// <summary>JSON of the reliability estimate; "{}" until a first fit.</summary>
    public required string Detail { get; set; }

    public int Responses { get; set; }

    public int Skips { get; set; }

    public int GoldAnswered { get; set; }

    public long ActiveMilliseconds { get; set; }

    public DateTimeOffset? LastResponseAt { get; set; }
}
