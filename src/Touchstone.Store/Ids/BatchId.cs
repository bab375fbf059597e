using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>Tasks imported together.</summary>
public readonly record struct BatchId(Guid Value) : IUuid<BatchId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static BatchId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static BatchId From(Guid value) => new(value);

    public static BatchId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BatchId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(BatchId left, BatchId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(BatchId left, BatchId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(BatchId left, BatchId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(BatchId left, BatchId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
