using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>A random sample judged again.</summary>
public readonly record struct AuditId(Guid Value) : IUuid<AuditId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static AuditId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static AuditId From(Guid value) => new(value);

    public static AuditId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AuditId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(AuditId left, AuditId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(AuditId left, AuditId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(AuditId left, AuditId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(AuditId left, AuditId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
