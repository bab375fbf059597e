using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>One version of a project's ontology, never changed; a task keeps the one that it is answered under.</summary>
public sealed class OntologyVersion
{
    public required ProjectId ProjectId { get; init; }

    /// <summary>Counts from 1 within the project.</summary>
    public required int Number { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    /// <summary>Canonical JSON.</summary>
    public required string Json { get; init; }

    /// <summary>SHA-256 of the canonical JSON, lower-case hex.</summary>
    public required string Digest { get; init; }

    public required ContributorId CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
