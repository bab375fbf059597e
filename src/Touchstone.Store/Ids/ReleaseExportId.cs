using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>A release in another format.</summary>
public readonly record struct ReleaseExportId(Guid Value) : IUuid<ReleaseExportId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static ReleaseExportId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static ReleaseExportId From(Guid value) => new(value);

    public static ReleaseExportId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ReleaseExportId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(ReleaseExportId left, ReleaseExportId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(ReleaseExportId left, ReleaseExportId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(ReleaseExportId left, ReleaseExportId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(ReleaseExportId left, ReleaseExportId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
