using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>One immutable piece of raw data.</summary>
public readonly record struct AssetId(Guid Value) : IUuid<AssetId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static AssetId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static AssetId From(Guid value) => new(value);

    public static AssetId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AssetId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(AssetId left, AssetId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(AssetId left, AssetId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(AssetId left, AssetId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(AssetId left, AssetId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
