using System.Buffers;
using System.Globalization;
using System.Text;

namespace Touchstone.Formats.WebAnno;

/// <summary>Characters with a meaning of their own in texts and values, which stand behind a backslash.</summary>
internal static class WebAnnoText
{
    private const string Arrow = "->";
    private const string Reserved = "\\[]|_;*";

    private static readonly SearchValues<char> OfSuffix = SearchValues.Create("0123456789_-");

    /// <summary>A text in one line.</summary>
    public static string Escape(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Letter(c) is { } letter) line.Append('\\').Append(letter);
            else if (c < ' ' && c != '\v') line.Append('\\').Append(c);
            else line.Append(c);
        }

        return line.ToString();
    }

    private static char? Letter(char c) => c switch { '\t' => 't', '\n' => 'n', '\f' => 'f', '\r' => 'r', '\b' => 'b', '\\' => '\\', _ => null };

    /// <summary>The text of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isOld">Whether it is of version 3.0 or 3.1, which has characters as Java writes them, <c>\u00e9</c>.</param>
    public static string Unescape(string line, bool isOld)
    {
        if (!line.Contains('\\', StringComparison.Ordinal)) return line;
        var text = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            var next = line[i] == '\\' && i + 1 < line.Length ? line[i + 1] : '\0';
            if (line[i] != '\\' || i + 1 == line.Length) text.Append(line[i]);
            else if (isOld && next == 'u' && i + 5 < line.Length && ushort.TryParse(line.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)) (text, i) = (text.Append((char)unit), i + 5);
            else if (Meaning(next) is { } meant) (text, i) = (text.Append(meant), i + 1);
            else if (next < ' ' || isOld) (text, i) = (text.Append(next), i + 1);
            else text.Append('\\');
        }

        return text.ToString();
    }

    private static char? Meaning(char letter) => letter switch { 't' => '\t', 'n' => '\n', 'f' => '\f', 'r' => '\r', 'b' => '\b', '\\' => '\\', _ => null };

    /// <summary>A value in its cell. The end of a line of old Macs is written as a text has it; the format has no word for it.</summary>
    public static string EscapeValue(string value)
    {
        var cell = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] is '\t' or '\n' or '\r') cell.Append('\\').Append(Letter(value[i])!.Value);
            else if (Reserved.Contains(value[i], StringComparison.Ordinal) || value.AsSpan(i).StartsWith(Arrow, StringComparison.Ordinal)) cell.Append('\\').Append(value[i]);
            else cell.Append(value[i]);
        }

        return cell.ToString();
    }

    /// <summary>The value of a cell. A backslash before what needs none is one.</summary>
    public static string UnescapeValue(string cell)
    {
        if (!cell.Contains('\\', StringComparison.Ordinal)) return cell;
        var value = new StringBuilder(cell.Length);
        for (var i = 0; i < cell.Length; i++)
        {
            var isEscape = cell[i] == '\\' && i + 1 < cell.Length && (cell[i + 1] is 't' or 'n' or 'r' || Reserved.Contains(cell[i + 1], StringComparison.Ordinal) || cell.AsSpan(i + 1).StartsWith(Arrow, StringComparison.Ordinal));
            if (!isEscape) value.Append(cell[i]);
            else value.Append(cell[++i] is 't' or 'n' or 'r' ? Meaning(cell[i])!.Value : cell[i]);
        }

        return value.ToString();
    }

    /// <summary>The parts of a cell between separators that stand behind no backslash.</summary>
    public static List<string> Split(string cell, char separator)
    {
        List<string> parts = [];
        var start = 0;
        for (var i = 0; i < cell.Length; i++)
        {
            if (cell[i] == '\\') i++;
            else if (cell[i] == separator)
            {
                parts.Add(cell[start..i]);
                start = i + 1;
            }
        }

        parts.Add(cell[start..]);
        return parts;
    }

    /// <summary>A cell's value and what stands behind it in brackets, such as the number that tells apart what lies over each other; null where nothing does.</summary>
    public static (string Value, string? Suffix) Suffixed(string cell)
    {
        if (!cell.EndsWith(']')) return (cell, null);
        var open = -1;
        for (var i = 0; i < cell.Length - 1; i++)
        {
            if (cell[i] == '\\') i++;
            else if (cell[i] == '[') open = i;
        }

        var inside = open < 0 ? "" : cell[(open + 1)..^1];
        return inside.Length > 0 && inside.AsSpan().IndexOfAnyExcept(OfSuffix) < 0 ? (cell[..open], inside) : (cell, null);
    }

    /// <summary>Where the arrow of a chain's cell stands; -1 where there is none.</summary>
    public static int ArrowOf(string cell)
    {
        var found = -1;
        for (var i = 0; i + 1 < cell.Length; i++)
        {
            if (cell[i] == '\\') i += cell.AsSpan(i + 1).StartsWith(Arrow, StringComparison.Ordinal) ? 2 : 1;
            else if (cell.AsSpan(i).StartsWith(Arrow, StringComparison.Ordinal)) found = i;
        }

        return found;
    }
}
