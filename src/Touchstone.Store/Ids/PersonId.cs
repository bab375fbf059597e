using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>One human, across organizations.</summary>
public readonly record struct PersonId(Guid Value) : IUuid<PersonId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static PersonId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static PersonId From(Guid value) => new(value);

    public static PersonId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PersonId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(PersonId left, PersonId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(PersonId left, PersonId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(PersonId left, PersonId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(PersonId left, PersonId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
