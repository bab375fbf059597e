using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>An immutable, content-addressed set of accepted labels with its assay, card and lineage.</summary>
public sealed class Release
{
    public required ReleaseId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    public required ProjectId ProjectId { get; init; }

    /// <summary>Counts from 1 within the project.</summary>
    public required int Number { get; init; }

    public required JobId JobId { get; init; }

    public ReleaseState State { get; set; } = ReleaseState.Building;

    /// <summary>Digest of the content, lower-case hex; null while building.</summary>
    public string? Digest { get; set; }

    /// <summary>release.json, once published.</summary>
    public string? Manifest { get; set; }

    public string? Error { get; set; }

    public required ContributorId CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? PublishedAt { get; set; }
}

public enum ReleaseState
{
    Building = 0,
    Published = 1,
    Failed = 2,
}
