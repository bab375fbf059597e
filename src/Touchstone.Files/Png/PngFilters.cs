using System.Numerics;
using System.Runtime.InteropServices;

namespace Touchstone.Files.Png;

/// <summary>How a row is predicted from its neighbours before it is compressed.</summary>
public enum PngFilter
{
    /// <summary>Bytes as they are: best for label maps and palettes.</summary>
    None = 0,

    /// <summary>Difference to the pixel on the left.</summary>
    Sub = 1,

    /// <summary>Difference to the pixel above.</summary>
    Up = 2,

    /// <summary>Difference to the mean of left and above.</summary>
    Average = 3,

    /// <summary>Difference to whichever of left, above, above left is nearest to left + above - above left.</summary>
    Paeth = 4,

    /// <summary>For each row the filter whose differences are smallest in sum: best for photographs.</summary>
    Adaptive = 5,
}

/// <summary>The five filters of the PNG specification, section 9, forward and back.</summary>
internal static class PngFilters
{
    /// <summary>Restores a row in place.</summary>
    public static void Undo(PngFilter filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        switch (filter)
        {
            case PngFilter.Sub:
                for (var i = pixelBytes; i < row.Length; i++)
                    row[i] += row[i - pixelBytes];
                break;
            case PngFilter.Up:
                AddVectors(row, above);
                break;
            case PngFilter.Average:
                for (var i = 0; i < row.Length; i++)
                    row[i] += (byte)(((i >= pixelBytes ? row[i - pixelBytes] : 0) + above[i]) >> 1);
                break;
            case PngFilter.Paeth:
                for (var i = 0; i < Math.Min(pixelBytes, row.Length); i++)
                    row[i] += above[i];
                for (var i = pixelBytes; i < row.Length; i++)
                    row[i] += Predict(row[i - pixelBytes], above[i], above[i - pixelBytes]);
                break;
        }
    }

    /// <summary>Writes the differences of a row.</summary>
    public static void Apply(PngFilter filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> differences)
    {
        switch (filter)
        {
            case PngFilter.None:
                row.CopyTo(differences);
                break;
            case PngFilter.Sub:
                row[..Math.Min(pixelBytes, row.Length)].CopyTo(differences);
                if (row.Length > pixelBytes) SubtractVectors(row[pixelBytes..], row[..^pixelBytes], differences[pixelBytes..]);
                break;
            case PngFilter.Up:
                SubtractVectors(row, above, differences);
                break;
            case PngFilter.Average:
                for (var i = 0; i < row.Length; i++)
                    differences[i] = (byte)(row[i] - (((i >= pixelBytes ? row[i - pixelBytes] : 0) + above[i]) >> 1));
                break;
            default:
                for (var i = 0; i < row.Length; i++)
                    differences[i] = (byte)(row[i] - (i < pixelBytes ? above[i] : Predict(row[i - pixelBytes], above[i], above[i - pixelBytes])));
                break;
        }
    }

    /// <summary>The sum of the differences' magnitudes, read as signed bytes: the specification's heuristic for choosing a filter.</summary>
    public static long Cost(ReadOnlySpan<byte> differences)
    {
        long sum = 0;
        foreach (var d in differences)
            sum += Math.Abs((int)(sbyte)d);
        return sum;
    }

    private static void AddVectors(Span<byte> row, ReadOnlySpan<byte> above)
    {
        var rows = MemoryMarshal.Cast<byte, Vector<byte>>(row);
        var aboves = MemoryMarshal.Cast<byte, Vector<byte>>(above);
        for (var i = 0; i < rows.Length; i++)
            rows[i] += aboves[i];
        for (var i = rows.Length * Vector<byte>.Count; i < row.Length; i++)
            row[i] += above[i];
    }

    private static void SubtractVectors(ReadOnlySpan<byte> row, ReadOnlySpan<byte> prediction, Span<byte> differences)
    {
        var i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            (new Vector<byte>(row[i..]) - new Vector<byte>(prediction[i..])).CopyTo(differences[i..]);
        for (; i < row.Length; i++)
            differences[i] = (byte)(row[i] - prediction[i]);
    }

    private static byte Predict(int left, int above, int aboveLeft)
    {
        var toLeft = Math.Abs(above - aboveLeft);
        var toAbove = Math.Abs(left - aboveLeft);
        var toBoth = Math.Abs(left + above - 2 * aboveLeft);
        return (byte)(toLeft <= toAbove && toLeft <= toBoth ? left : toAbove <= toBoth ? above : aboveLeft);
    }
}
