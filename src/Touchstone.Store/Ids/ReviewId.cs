using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>A decision upon a consensus.</summary>
public readonly record struct ReviewId(Guid Value) : IUuid<ReviewId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static ReviewId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static ReviewId From(Guid value) => new(value);

    public static ReviewId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ReviewId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(ReviewId left, ReviewId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(ReviewId left, ReviewId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(ReviewId left, ReviewId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(ReviewId left, ReviewId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
