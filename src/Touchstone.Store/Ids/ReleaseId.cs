using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>A release.</summary>
public readonly record struct ReleaseId(Guid Value) : IUuid<ReleaseId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static ReleaseId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static ReleaseId From(Guid value) => new(value);

    public static ReleaseId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ReleaseId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(ReleaseId left, ReleaseId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(ReleaseId left, ReleaseId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(ReleaseId left, ReleaseId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(ReleaseId left, ReleaseId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
