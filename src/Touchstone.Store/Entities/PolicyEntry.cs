using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>
/// The settings by which a project's tasks were decided, from one place of the outbox on. Written by whoever applies the outbox when it
/// first meets other settings; never changed, so that a replay decides each task by the settings of its time.
/// </summary>
public sealed class PolicyEntry
{
    public required ProjectId ProjectId { get; init; }

    /// <summary>Place of the first row that is decided by these settings.</summary>
    public required long Epoch { get; init; }

    public required long Sequence { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required int OverlapMin { get; init; }

    public required int OverlapMax { get; init; }

    public required double OverlapConfidence { get; init; }

    public required ReviewPolicy Review { get; init; }
}
