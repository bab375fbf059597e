namespace Touchstone.Terminal;

/// <summary>Rows of text under each other, for people.</summary>
internal static class TextTable
{
    /// <summary>Lines of the table; columns of numbers stand at the right.</summary>
    /// <param name="header">Titles; one that begins with ">" belongs to a column that stands at the right.</param>
    /// <param name="rows">Fields of each row.</param>
    public static IEnumerable<string> Lines(string[] header, IEnumerable<string[]> rows)
    {
        var isRight = Array.ConvertAll(header, h => h.StartsWith('>'));
        string[][] all = [Array.ConvertAll(header, h => h.TrimStart('>')), .. rows.Select(r => Array.ConvertAll(r, Printable.Text))];
        var widths = Enumerable.Range(0, header.Length).Select(c => all.Max(r => r[c].Length)).ToArray();
        return all.Select(row => string.Join("  ", row.Select((field, c) => isRight[c] ? field.PadLeft(widths[c]) : field.PadRight(widths[c]))).TrimEnd());
    }
}
