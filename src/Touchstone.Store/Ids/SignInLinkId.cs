using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Store.Ids;

/// <summary>A one-time link.</summary>
public readonly record struct SignInLinkId(Guid Value) : IUuid<SignInLinkId>
{
    /// <summary>A new id that sorts by time.</summary>
    public static SignInLinkId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static SignInLinkId From(Guid value) => new(value);

    public static SignInLinkId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SignInLinkId result)
    {
        var parsed = Guid.TryParse(s, out var value);
        result = new(value);
        return parsed;
    }

    public static bool operator <(SignInLinkId left, SignInLinkId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(SignInLinkId left, SignInLinkId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <=(SignInLinkId left, SignInLinkId right) => left.Value.CompareTo(right.Value) <= 0;

    public static bool operator >=(SignInLinkId left, SignInLinkId right) => left.Value.CompareTo(right.Value) >= 0;

    public override string ToString() => Value.ToString();
}
