using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>An order of labels to a bound of accuracy.</summary>
public readonly record struct BoundOrderId(Guid Value) : IUuid<BoundOrderId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static BoundOrderId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static BoundOrderId From(Guid value) => new(value);

    public static BoundOrderId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BoundOrderId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(BoundOrderId left, BoundOrderId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(BoundOrderId left, BoundOrderId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(BoundOrderId left, BoundOrderId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(BoundOrderId left, BoundOrderId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
