namespace Touchstone.Annotations.Masks;

/// <summary>A binary mask as COCO keeps it: runs of equal pixels, column by column from the top left, the first run outside.</summary>
/// <remarks>maskApi.c of the COCO API: the same runs, bit for bit, from polygons, boxes and strings. Immutable.</remarks>
public sealed class RunLengthMask
{
    private readonly uint[] _counts;

    private RunLengthMask(int height, int width, uint[] counts)
    {
        (Height, Width, _counts) = (height, width, counts);
        long area = 0;
        for (var i = 1; i < counts.Length; i += 2) area += counts[i];
        Area = area;
        Bounds = BoundsOf(height, width, counts);
    }

    /// <summary>Height of the picture, pixels.</summary>
    public int Height { get; }

    /// <summary>Width of the picture, pixels.</summary>
    public int Width { get; }

    /// <summary>Pixels inside.</summary>
    public long Area { get; }

    /// <summary>Lengths of the runs, outside and inside in turn.</summary>
    public ReadOnlySpan<uint> Counts => _counts;

    /// <summary>Smallest box of whole pixels that holds the mask; all zero when it is empty.</summary>
    public (int X, int Y, int Width, int Height) Bounds { get; }

    /// <summary>A mask from its runs, COCO's uncompressed form.</summary>
    /// <exception cref="FormatException">The runs do not cover the picture exactly.</exception>
    public static RunLengthMask FromCounts(int height, int width, ReadOnlySpan<uint> counts)
    {
        CheckSize(height, width);
        long total = 0;
        foreach (var count in counts) total += count;
        if (total != (long)height * width) throw new FormatException($"The runs cover {total} pixels, the picture of {width} x {height} has {(long)height * width}.");
        return new RunLengthMask(height, width, counts.ToArray());
    }

    /// <summary>A mask from pixels, column by column; anything but 0 is inside.</summary>
    public static RunLengthMask FromPixels(int height, int width, ReadOnlySpan<byte> columns)
    {
        CheckSize(height, width);
        if (columns.Length != height * width) throw new ArgumentException($"A picture of {width} x {height} has {height * width} pixels; there are {columns.Length}.", nameof(columns));
        List<uint> counts = [];
        var inside = false;
        uint run = 0;
        foreach (var pixel in columns)
        {
            if (pixel != 0 != inside)
            {
                counts.Add(run);
                run = 0;
                inside = !inside;
            }

            run++;
        }

        counts.Add(run);
        return new RunLengthMask(height, width, [.. counts]);
    }

    /// <summary>A mask from COCO's compressed text: differences to the run before the last, 5 bits a character.</summary>
    /// <exception cref="FormatException">The text has a character outside its alphabet, ends within a number, or its runs do not cover the picture.</exception>
    public static RunLengthMask Parse(int height, int width, ReadOnlySpan<char> text)
    {
        List<uint> counts = [];
        var at = 0;
        while (at < text.Length)
        {
            long value = 0;
            var shift = 0;
            var more = true;
            while (more)
            {
                if (at == text.Length) throw new FormatException("The mask's text ends within a number.");
                var piece = text[at] - 48;
                if (piece is < 0 or > 63 || shift > 60) throw new FormatException($"The mask's text has \"{text[at]}\" at character {at}, which is not a part of a run.");
                value |= (long)(piece & 0x1f) << shift;
                more = (piece & 0x20) != 0;
                at++;
                shift += 5;
                if (!more && (piece & 0x10) != 0) value |= -1L << shift;
            }

            if (counts.Count > 2) value += counts[^2];
            if (value is < 0 or > uint.MaxValue) throw new FormatException($"The mask's text has a run of {value} pixels.");
            counts.Add((uint)value);
        }

        return FromCounts(height, width, [.. counts]);
    }

    /// <summary>COCO's compressed text.</summary>
    public override string ToString()
    {
        var text = new System.Text.StringBuilder(_counts.Length * 2);
        for (var i = 0; i < _counts.Length; i++)
        {
            long value = _counts[i];
            if (i > 2) value -= _counts[i - 2];
            var more = true;
            while (more)
            {
                var piece = (int)(value & 0x1f);
                value >>= 5;
                more = (piece & 0x10) != 0 ? value != -1 : value != 0;
                if (more) piece |= 0x20;
                text.Append((char)(piece + 48));
            }
        }

        return text.ToString();
    }

    /// <summary>A mask from a ring of points x, y, x, y, ...</summary>
    public static RunLengthMask FromPolygon(int height, int width, ReadOnlySpan<double> ring)
    {
        CheckSize(height, width);
        return new RunLengthMask(height, width, PolygonRuns.Of(height, width, ring));
    }

    /// <summary>Everything inside any of the rings, as COCO joins the parts of one object.</summary>
    public static RunLengthMask FromPolygons(int height, int width, IReadOnlyList<double[]> rings) => Union(height, width, [.. rings.Select(r => FromPolygon(height, width, r))]);

    /// <summary>Everything inside any of the masks.</summary>
    public static RunLengthMask Union(int height, int width, IReadOnlyList<RunLengthMask> masks)
    {
        if (masks.Count == 0) return new RunLengthMask(height, width, [(uint)(height * width)]);
        RunLengthMask[] all = [.. masks];
        for (var count = all.Length; count > 1; count = (count + 1) / 2)       // pairs, pairs of pairs: one after the other would take the square of their number
            for (var i = 0; i < count; i += 2) all[i / 2] = i + 1 < count ? Join(all[i], all[i + 1]) : all[i];
        return all[0];
    }

    /// <summary>Pixels of the first mask that are not in the second one.</summary>
    public static RunLengthMask Without(RunLengthMask first, RunLengthMask second)
    {
        CheckSameSize(first, second);
        return Combine(first, second, static (a, b) => a && !b);
    }

    /// <summary>Pixels in both.</summary>
    public static long Intersection(RunLengthMask first, RunLengthMask second)
    {
        CheckSameSize(first, second);
        long both = 0;
        ReadOnlySpan<uint> a = first._counts, b = second._counts;
        int i = 0, j = 0;
        long left = 0, right = 0; // ends of the current runs
        long at = 0;
        while (i < a.Length && j < b.Length)
        {
            var (endA, endB) = (left + a[i], right + b[j]);
            var end = Math.Min(endA, endB);
            if ((i & j & 1) != 0) both += end - at;
            at = end;
            if (endA == end)
            {
                left = endA;
                i++;
            }

            if (endB == end)
            {
                right = endB;
                j++;
            }
        }

        return both;
    }

    /// <summary>Intersection over union; 0 where both are empty, as COCO has it.</summary>
    public static double Iou(RunLengthMask first, RunLengthMask second) => Overlap(first, second, isCrowd: false);

    /// <summary>Whether each pixel is inside, column by column.</summary>
    public byte[] ToPixels()
    {
        var pixels = new byte[Height * Width];
        var at = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            if (i % 2 == 1) pixels.AsSpan(at, (int)_counts[i]).Fill(1);
            at += (int)_counts[i];
        }

        return pixels;
    }

    /// <summary>Intersection over union or, of a crowd, over the detection's area.</summary>
    public static double Overlap(RunLengthMask detection, RunLengthMask truth, bool isCrowd)
    {
        CheckSameSize(detection, truth);
        var (d, t) = (detection.Bounds, truth.Bounds);
        if (d.X >= t.X + t.Width || t.X >= d.X + d.Width || d.Y >= t.Y + t.Height || t.Y >= d.Y + d.Height) return 0;
        var both = Intersection(detection, truth);
        return both == 0 ? 0 : both / (double)(isCrowd ? detection.Area : detection.Area + truth.Area - both);
    }

    private static RunLengthMask Join(RunLengthMask first, RunLengthMask second)
    {
        CheckSameSize(first, second);
        return Combine(first, second, static (a, b) => a || b);
    }

    private static RunLengthMask Combine(RunLengthMask first, RunLengthMask second, Func<bool, bool, bool> isInside)
    {
        ReadOnlySpan<uint> a = first._counts, b = second._counts;
        List<uint> counts = [];
        long endA = a[0], endB = b[0], at = 0, begun = 0;
        int i = 0, j = 0;
        var inside = false;
        while (i < a.Length || j < b.Length)
        {
            at = Math.Min(i < a.Length ? endA : long.MaxValue, j < b.Length ? endB : long.MaxValue);
            while (i < a.Length && endA == at)
                if (++i < a.Length) endA += a[i];
            while (j < b.Length && endB == at)
                if (++j < b.Length) endB += b[j];
            var now = isInside(i < a.Length && i % 2 == 1, j < b.Length && j % 2 == 1);
            if (now == inside) continue;
            counts.Add((uint)(at - begun));
            (begun, inside) = (at, now);
        }

        if (at > begun) counts.Add((uint)(at - begun));
        return new RunLengthMask(first.Height, first.Width, [.. counts]);
    }

    private static (int X, int Y, int Width, int Height) BoundsOf(int height, int width, uint[] counts)
    {
        int left = width, top = height, right = -1, bottom = -1;
        long at = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            if (i % 2 == 1 && counts[i] > 0)
            {
                var last = at + counts[i] - 1;
                var (x, endX) = ((int)(at / height), (int)(last / height));
                left = Math.Min(left, x);
                right = Math.Max(right, endX);
                top = Math.Min(top, endX > x ? 0 : (int)(at % height));
                bottom = Math.Max(bottom, endX > x ? height - 1 : (int)(last % height));
            }

            at += counts[i];
        }

        return right < 0 ? (0, 0, 0, 0) : (left, top, right - left + 1, bottom - top + 1);
    }

    private static void CheckSize(int height, int width)
    {
        if (height <= 0 || width <= 0 || (long)height * width > int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(height), $"A mask's picture of {width} x {height} pixels must have between 1 and {int.MaxValue} of them.");
    }

    private static void CheckSameSize(RunLengthMask first, RunLengthMask second)
    {
        if (first.Height != second.Height || first.Width != second.Width)
            throw new ArgumentException($"One mask's picture has {first.Width} x {first.Height} pixels, the other's {second.Width} x {second.Height}.");
    }
}
