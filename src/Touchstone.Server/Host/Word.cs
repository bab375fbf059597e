using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Server.Host;

/// <summary>A member of an enum in a query string, by its name on the wire: <c>in_review</c>, not <c>InReview</c> or 1.</summary>
internal readonly record struct Word<T>(T Value) : IParsable<Word<T>>
    where T : struct, Enum
{
    public static Word<T> Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var word) ? word : throw new FormatException($"One of {string.Join(", ", SnakeCaseNames.All<T>())} is expected.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Word<T> result)
    {
        var known = SnakeCaseNames.TryParse<T>(s, out var value);
        result = new(value);
        return known;
    }
}
