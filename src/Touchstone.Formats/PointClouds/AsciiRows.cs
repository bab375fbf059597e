namespace Touchstone.Formats.PointClouds;

/// <summary>Points that are written as lines of numbers.</summary>
internal static class AsciiRows
{
    private const int FirstPoints = 1 << 10;

    /// <summary>Reads a line a point.</summary>
    /// <param name="input">At the first line.</param>
    /// <param name="fields">What stands in a line, in order: a column, or null with how many numbers are passed over.</param>
    /// <param name="points">How many lines the header says there are.</param>
    /// <exception cref="FileFormatFaultException">A line is missing, or is not as the header says.</exception>
    public static void Read(CloudInput input, IReadOnlyList<(PointColumn? Column, int Numbers)> fields, long points)
    {
        var capacity = (int)Math.Min(points, FirstPoints);
        foreach (var (column, _) in fields) column?.Resize(capacity);
        var stride = fields.Sum(f => f.Column is { } c ? c.ValueBytes * c.Components : 0);
        for (var i = 0; i < points; i++)
        {
            if (i == capacity)
            {
                capacity = (int)Math.Min(points, 2L * capacity);
                input.CheckSize(capacity, stride);
                foreach (var (column, _) in fields) column?.Resize(capacity);
            }

            ReadOnlySpan<byte> line;
            do
            {
                if (!input.TryReadLine(out line)) throw input.Fault($"{points} points were expected; the file ends after {i}.");
            }
            while (line.Trim(" \t"u8).IsEmpty);
            ReadLine(input, fields, line, i);
        }
    }

    private static void ReadLine(CloudInput input, IReadOnlyList<(PointColumn? Column, int Numbers)> fields, ReadOnlySpan<byte> line, int point)
    {
        foreach (var (column, numbers) in fields)
        {
            for (var k = 0; k < numbers; k++)
            {
                var word = NextWord(ref line);
                if (word.IsEmpty) throw input.LineFault($"{fields.Sum(f => f.Numbers)} numbers were expected; the line ends before \"{column?.Name ?? "_"}\".");
                if (column is not null && !column.TryParse(word, point * numbers + k)) throw input.LineFault($"\"{column.Name}\" is \"{Shown(word)}\"; a number of the type {column.Type} was expected.");
            }
        }

        if (!NextWord(ref line).IsEmpty) throw input.LineFault($"{fields.Sum(f => f.Numbers)} numbers were expected; there are more.");
    }

    private static ReadOnlySpan<byte> NextWord(ref ReadOnlySpan<byte> line)
    {
        line = line.TrimStart(" \t"u8);
        var end = line.IndexOfAny((byte)' ', (byte)'\t');
        var word = end < 0 ? line : line[..end];
        line = line[word.Length..];
        return word;
    }

    private static string Shown(ReadOnlySpan<byte> word) => System.Text.Encoding.ASCII.GetString(word[..Math.Min(40, word.Length)]);

    /// <summary>Writes a line a point.</summary>
    public static void Write(Stream stream, IReadOnlyList<PointColumn> columns, int points)
    {
        var buffer = new byte[1 << 14];
        var length = 0;
        for (var i = 0; i < points; i++)
        {
            foreach (var column in columns)
            {
                for (var k = 0; k < column.Components; k++)
                {
                    // The longest number, of 64 bits with an exponent, has 24 characters.
                    if (length > buffer.Length - 40)
                    {
                        stream.Write(buffer, 0, length);
                        length = 0;
                    }

                    length += column.Format(i * column.Components + k, buffer.AsSpan(length));
                    buffer[length++] = (byte)' ';
                }
            }

            buffer[length - 1] = (byte)'\n';
        }

        stream.Write(buffer, 0, length);
    }
}
