using Touchstone.Store.Entities;

namespace Touchstone.Store.Outbox;

/// <summary>A place in the outbox: everything up to it, itself included.</summary>
public readonly record struct OutboxPlace(long Epoch, long Sequence) : IComparable<OutboxPlace>
{
    /// <summary>Before every row.</summary>
    public static readonly OutboxPlace Beginning;

    /// <summary>Where a row stands.</summary>
    public static OutboxPlace Of(OutboxRow row) => new(row.Epoch, row.Sequence);

    /// <inheritdoc/>
    public int CompareTo(OutboxPlace other) => Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Sequence.CompareTo(other.Sequence);

    /// <summary>Comes before.</summary>
    public static bool operator <(OutboxPlace left, OutboxPlace right) => left.CompareTo(right) < 0;

    /// <summary>Comes before, or is the same.</summary>
    public static bool operator <=(OutboxPlace left, OutboxPlace right) => left.CompareTo(right) <= 0;

    /// <summary>Comes after.</summary>
    public static bool operator >(OutboxPlace left, OutboxPlace right) => left.CompareTo(right) > 0;

    /// <summary>Comes after, or is the same.</summary>
    public static bool operator >=(OutboxPlace left, OutboxPlace right) => left.CompareTo(right) >= 0;
}
