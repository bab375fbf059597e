using System.Buffers;

namespace Touchstone.Text.Unicode;

/// <summary>Ends of lines and edges of text as Python's <c>str.splitlines</c> and <c>str.strip</c> see them.</summary>
public static class PythonLines
{
    private static readonly SearchValues<char> Breaks = SearchValues.Create("\n\r\v\f\u001C\u001D\u001E\u0085\u2028\u2029");

    /// <summary>Takes the next line off a text, without its break; a carriage return with a line feed is one break, and a break at the end begins no further line.</summary>
    /// <param name="rest">What is left; advanced behind the line's break.</param>
    /// <param name="line">The line.</param>
    /// <returns>False when nothing was left.</returns>
    public static bool TryTake(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> line)
    {
        line = rest;
        if (rest.IsEmpty) return false;
        var end = rest.IndexOfAny(Breaks);
        if (end < 0)
        {
            rest = [];
            return true;
        }

        line = rest[..end];
        var next = rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n' ? end + 2 : end + 1;
        rest = rest[next..];
        return true;
    }

    /// <summary><c>str.strip()</c>: without white space at both ends.</summary>
    public static ReadOnlySpan<char> Strip(ReadOnlySpan<char> text) => StripStart(StripEnd(text));

    /// <summary><c>str.lstrip()</c>.</summary>
    public static ReadOnlySpan<char> StripStart(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && PythonCharacters.IsSpace(text[start])) start++;
        return text[start..];
    }

    /// <summary><c>str.rstrip()</c>.</summary>
    public static ReadOnlySpan<char> StripEnd(ReadOnlySpan<char> text)
    {
        var end = text.Length;
        while (end > 0 && PythonCharacters.IsSpace(text[end - 1])) end--;
        return text[..end];
    }
}
