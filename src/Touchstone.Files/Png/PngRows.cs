namespace Touchstone.Files.Png;

/// <summary>Turns filtered rows into samples, whole or in the seven passes of Adam7.</summary>
internal static class PngRows
{
    // Adam7: first column, first row, column step, row step of each pass.
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public static byte[] Read(Stream rows, PngHeader header)
    {
        var rowBytes = PngImage.PackedRowBytes(header.WidthPx, header.Colour, header.BitDepth);
        var samples = new byte[(long)rowBytes * header.HeightPx];
        Unpack(rows, header, rowBytes, header.HeightPx, samples);
        return samples;
    }

    /// <summary>The rows of each pass that has any, in the order in which the compressed data give them; a row is preceded by one byte for its filter.</summary>
    public static IEnumerable<(int Rows, int RowBytes)> Layout(PngHeader header)
    {
        if (!header.IsInterlaced)
        {
            yield return (header.HeightPx, PngImage.PackedRowBytes(header.WidthPx, header.Colour, header.BitDepth));
            yield break;
        }

        foreach (var pass in Passes)
        {
            var width = (header.WidthPx - pass.X + pass.StepX - 1) / pass.StepX;
            var height = (header.HeightPx - pass.Y + pass.StepY - 1) / pass.StepY;
            if (width > 0 && height > 0) yield return (height, PngImage.PackedRowBytes(width, header.Colour, header.BitDepth));
        }
    }

    public static byte[] ReadInterlaced(Stream rows, PngHeader header)
    {
        var rowBytes = PngImage.PackedRowBytes(header.WidthPx, header.Colour, header.BitDepth);
        var samples = new byte[(long)rowBytes * header.HeightPx];
        foreach (var pass in Passes)
        {
            var width = (header.WidthPx - pass.X + pass.StepX - 1) / pass.StepX;
            var height = (header.HeightPx - pass.Y + pass.StepY - 1) / pass.StepY;
            if (width <= 0 || height <= 0) continue;
            var passRowBytes = PngImage.PackedRowBytes(width, header.Colour, header.BitDepth);
            var passSamples = new byte[(long)passRowBytes * height];
            Unpack(rows, header, passRowBytes, height, passSamples);
            for (var y = 0; y < height; y++)
            {
                var from = passSamples.AsSpan(y * passRowBytes, passRowBytes);
                var to = samples.AsSpan((pass.Y + y * pass.StepY) * rowBytes, rowBytes);
                for (var x = 0; x < width; x++)
                    CopyPixel(from, x, to, pass.X + x * pass.StepX, header.BitsPerPixel);
            }
        }

        return samples;
    }

    private static void CopyPixel(ReadOnlySpan<byte> from, int fromX, Span<byte> to, int toX, int bitsPerPixel)
    {
        if (bitsPerPixel >= 8)
        {
            var bytes = bitsPerPixel / 8;
            from.Slice(fromX * bytes, bytes).CopyTo(to[(toX * bytes)..]);
            return;
        }

        var sample = PngImage.SampleAt(from, fromX, bitsPerPixel);
        var bit = toX * bitsPerPixel;
        to[bit >> 3] |= (byte)(sample << (8 - bitsPerPixel - (bit & 7)));
    }

    private static void Unpack(Stream rows, PngHeader header, int rowBytes, int rowCount, byte[] samples)
    {
        var pixelBytes = Math.Max(1, header.BitsPerPixel / 8);
        var above = new byte[rowBytes].AsSpan();
        Span<byte> filter = stackalloc byte[1];
        for (var y = 0; y < rowCount; y++)
        {
            var row = samples.AsSpan(y * rowBytes, rowBytes);
            if (rows.ReadAtLeast(filter, 1, throwOnEndOfStream: false) < 1 || rows.ReadAtLeast(row, rowBytes, throwOnEndOfStream: false) < rowBytes)
                throw new PngFormatException(PngFault.Truncated, $"the compressed data ends in row {y} of {rowCount}");
            if (filter[0] > 4)
                throw new PngFormatException(PngFault.Corrupt, $"row {y} names filter {filter[0]}; PNG defines 0 to 4");
            PngFilters.Undo((PngFilter)filter[0], row, above, pixelBytes);
            above = row;
        }
    }
}
