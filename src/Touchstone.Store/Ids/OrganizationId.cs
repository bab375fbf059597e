using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>An organization.</summary>
public readonly record struct OrganizationId(Guid Value) : IUuid<OrganizationId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static OrganizationId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static OrganizationId From(Guid value) => new(value);

    public static OrganizationId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out OrganizationId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(OrganizationId left, OrganizationId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(OrganizationId left, OrganizationId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(OrganizationId left, OrganizationId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(OrganizationId left, OrganizationId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
