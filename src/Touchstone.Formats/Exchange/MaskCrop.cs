using Touchstone.Annotations.Masks;

namespace Touchstone.Formats.Exchange;

/// <summary>The part of a mask within a box of whole pixels, as files that crop masks keep it.</summary>
/// <param name="Left">The box's first column in the picture.</param>
/// <param name="Top">The box's first row in the picture.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Columns">Whether each pixel is inside (1) or outside (0), column by column.</param>
internal sealed record MaskCrop(int Left, int Top, int Width, int Height, byte[] Columns)
{
    /// <summary>The smallest box that holds the mask; one pixel outside where it is empty.</summary>
    public static MaskCrop Of(RunLengthMask mask)
    {
        var (left, top, width, height) = mask.Area == 0 ? (0, 0, 1, 1) : mask.Bounds;
        var columns = new byte[width * height];
        long at = 0;
        for (var i = 0; i < mask.Counts.Length; i++)
        {
            var end = at + mask.Counts[i];
            for (; i % 2 == 1 && at < end; at++) columns[((int)(at / mask.Height) - left) * height + (int)(at % mask.Height) - top] = 1;
            at = end;
        }

        return new MaskCrop(left, top, width, height, columns);
    }

    /// <summary>Whether it lies within a picture.</summary>
    public bool FitsIn(int widthPx, int heightPx) => Left >= 0 && Top >= 0 && (long)Left + Width <= widthPx && (long)Top + Height <= heightPx;

    /// <summary>The mask over the whole picture, whose runs take memory for the box's columns and not for the picture's pixels.</summary>
    public RunLengthMask InPicture(int widthPx, int heightPx)
    {
        List<uint> counts = [];
        long before = (long)Left * heightPx + Top, open = 0, done = 0;   // pixels of the picture before the box's first; where the open run began
        byte inside = 0;
        for (var x = 0; x < Width; x++)
        {
            for (var y = 0; y <= Height; y++)
            {
                var isBelow = y == Height;
                if (isBelow && (Height == heightPx || inside == 0)) break;
                var pixel = isBelow ? (byte)0 : Columns[x * Height + y];
                if (pixel == inside) continue;
                done = before + (long)x * heightPx + y;
                counts.Add((uint)(done - open));
                (open, inside) = (done, pixel);
            }
        }

        if (inside == 1)
        {
            done = before + (long)Width * heightPx;   // the box is as high as the picture: no column ended the run
            counts.Add((uint)(done - open));
            open = done;
        }

        if ((long)widthPx * heightPx - open is > 0 and var rest) counts.Add((uint)rest);
        return RunLengthMask.FromCounts(heightPx, widthPx, [.. counts]);
    }
}
