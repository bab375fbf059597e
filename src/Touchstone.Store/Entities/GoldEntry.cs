using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>
/// The known answer of a gold task from one place of the outbox on. Written by whoever applies the outbox, never changed: a gold answer may
/// be corrected, and a replay must learn from what was known at the time.
/// </summary>
public sealed class GoldEntry
{
    public required LabelTaskId TaskId { get; init; }

    /// <summary>Place of the first row that it holds for.</summary>
    public required long Epoch { get; init; }

    public required long Sequence { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required string Answers { get; init; }
}
