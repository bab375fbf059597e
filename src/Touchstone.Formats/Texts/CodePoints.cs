namespace Touchstone.Formats.Texts;

/// <summary>Offsets into a text in Unicode code points, and in UTF-16 units as C# and JavaScript count.</summary>
internal static class CodePoints
{
    /// <summary>How many code points a text has.</summary>
    public static long Count(ReadOnlySpan<char> text)
    {
        var count = 0L;
        for (var i = 0; i < text.Length; i++)
            if (!char.IsLowSurrogate(text[i]) || i == 0 || !char.IsHighSurrogate(text[i - 1])) count++;
        return count;
    }

    /// <summary>The stretch between two code points; null where the text is shorter.</summary>
    public static string? Between(string text, long start, long end)
    {
        if (Units(text, start) is not { } first || Units(text, end) is not { } last || first > last) return null;
        return text[first..last];
    }

    /// <summary>UTF-16 units before a code point; null where the text is shorter.</summary>
    public static int? Units(string text, long codePoints)
    {
        var at = 0;
        for (var n = 0L; n < codePoints; n++)
        {
            if (at >= text.Length) return null;
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        }

        return at;
    }
}
