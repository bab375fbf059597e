using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>The only way anything leaves: what was withdrawn, when, why; the bytes are gone and this record stays.</summary>
public sealed class Tombstone
{
    public required TombstoneId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    /// <summary>Table name of what left.</summary>
    public required string SubjectKind { get; init; }

    public required Guid SubjectId { get; init; }

    /// <summary>SHA-256 of the bytes that are gone, so that a second import of them can be refused.</summary>
    public string? Sha256 { get; init; }

    public required string Reason { get; init; }

    public required ContributorId CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
