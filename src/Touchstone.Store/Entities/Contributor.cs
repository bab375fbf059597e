using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>A person's membership in one organization.</summary>
public sealed class Contributor
{
    public required ContributorId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required PersonId PersonId { get; init; }

    public Person? Person { get; init; }

    public required Role Role { get; set; }

    /// <summary>The name shown inside this organization.</summary>
    public required string DisplayName { get; set; }

    public bool Simulated { get; init; }

    /// <summary>Set when the contributor may no longer sign in to this organization or take work.</summary>
    public DateTimeOffset? SuspendedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public int Version { get; set; }
}
