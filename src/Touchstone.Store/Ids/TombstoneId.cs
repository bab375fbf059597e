using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>The record of something withdrawn.</summary>
public readonly record struct TombstoneId(Guid Value) : IUuid<TombstoneId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static TombstoneId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static TombstoneId From(Guid value) => new(value);

    public static TombstoneId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TombstoneId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(TombstoneId left, TombstoneId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(TombstoneId left, TombstoneId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(TombstoneId left, TombstoneId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(TombstoneId left, TombstoneId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
