using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>A person's membership in one organization.</summary>
public readonly record struct ContributorId(Guid Value) : IUuid<ContributorId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static ContributorId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static ContributorId From(Guid value) => new(value);

    public static ContributorId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ContributorId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(ContributorId left, ContributorId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(ContributorId left, ContributorId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(ContributorId left, ContributorId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(ContributorId left, ContributorId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
