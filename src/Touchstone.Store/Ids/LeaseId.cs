using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>A lease, for owners; contributors see its token.</summary>
public readonly record struct LeaseId(Guid Value) : IUuid<LeaseId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static LeaseId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static LeaseId From(Guid value) => new(value);

    public static LeaseId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out LeaseId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(LeaseId left, LeaseId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(LeaseId left, LeaseId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(LeaseId left, LeaseId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(LeaseId left, LeaseId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
