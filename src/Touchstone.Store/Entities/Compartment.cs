using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>Fences data that only cleared people may see.</summary>
public sealed class Compartment
{
    public required CompartmentId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
