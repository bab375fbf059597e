using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>A contributor may see a compartment.</summary>
public sealed class Clearance
{
    public required CompartmentId CompartmentId { get; init; }

    public required ContributorId ContributorId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required ContributorId GrantedBy { get; init; }

    public required DateTimeOffset GrantedAt { get; init; }
}
