namespace Touchstone.Store.Entities;

/// <summary>How far a consumer has read the outbox. Its row is locked while a batch is applied, so one consumer runs at a time.</summary>
public sealed class OutboxPosition
{
    public required string Consumer { get; init; }

    public long Epoch { get; set; }

    public long Sequence { get; set; }
}
