using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>Owns projects, assets and contributors. Every read and write is inside one organization.</summary>
public sealed class Organization
{
    public required OrganizationId Id { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public int Version { get; set; }
}
