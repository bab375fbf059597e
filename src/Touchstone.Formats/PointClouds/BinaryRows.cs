namespace Touchstone.Formats.PointClouds;

/// <summary>Points that stand one after another, the values of each together.</summary>
internal static class BinaryRows
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes them, little-endian.</summary>
    public static void Write(Stream stream, IReadOnlyList<PointColumn> columns, int points)
    {
        var stride = columns.Sum(c => c.ValueBytes * c.Components);
        var rows = Math.Max(1, BufferBytes / stride);
        var buffer = new byte[Math.Min(rows, Math.Max(1, points)) * stride];
        for (var first = 0; first < points; first += rows)
        {
            var part = buffer.AsSpan(0, Math.Min(rows, points - first) * stride);
            var offset = 0;
            foreach (var column in columns)
            {
                column.Put(part, stride, offset, first);
                offset += column.ValueBytes * column.Components;
            }

            stream.Write(part);
        }
    }
}
