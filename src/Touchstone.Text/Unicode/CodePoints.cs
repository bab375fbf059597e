namespace Touchstone.Text.Unicode;

/// <summary>Lengths in Unicode code points, the unit that rules count in, of text that rests in UTF-16.</summary>
public static class CodePoints
{
    /// <summary>Number of code points; a surrogate that stands alone counts as one, as in Python.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var first = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (first < 0) return text.Length;
        var pairs = 0;
        for (var i = first; i + 1 < text.Length; i++)
        {
            if (!char.IsHighSurrogate(text[i]) || !char.IsLowSurrogate(text[i + 1])) continue;
            pairs++;
            i++;
        }

        return text.Length - pairs;
    }
}
