using System.Buffers;

namespace Touchstone.Annotations.Ontologies;

/// <summary>Ids of questions, classes, options, attributes, keypoints and shapes.</summary>
internal static class Identifier
{
    /// <summary>What an id is, for faults.</summary>
    public const string Expected = "an id: 1-64 letters, digits, '_', '-' and '.', beginning with a letter or digit";

    /// <summary>The same as a regular expression, for the JSON Schema.</summary>
    public const string Pattern = "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$";

    private static readonly SearchValues<byte> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"u8);
    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    public static bool IsValid(ReadOnlySpan<byte> utf8) =>
        utf8.Length is > 0 and <= OntologyLimits.MaxIdLength && char.IsAsciiLetterOrDigit((char)utf8[0]) && !utf8.ContainsAnyExcept(Letters);

    public static bool IsValid(string text) =>
        text.Length is > 0 and <= OntologyLimits.MaxIdLength && char.IsAsciiLetterOrDigit(text[0]) && !text.AsSpan().ContainsAnyExcept(Characters);
}
