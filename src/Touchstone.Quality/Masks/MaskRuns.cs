namespace Touchstone.Quality.Masks;

/// <summary>
/// Binary masks as lengths of runs, outside first, as in COCO's uncompressed RLE: [3, 2, 1] is 3 pixels outside, 2 inside, 1 outside. Whether pixels go by
/// rows or columns does not matter as long as all masks agree.
/// </summary>
public static class MaskRuns
{
    /// <summary>Runs of a mask of bytes; every byte but 0 is inside.</summary>
    public static int[] FromBytes(ReadOnlySpan<byte> pixels)
    {
        List<int> runs = [];
        var (inside, length) = (false, 0);
        foreach (var pixel in pixels)
        {
            if (pixel != 0 != inside)
            {
                runs.Add(length);
                (inside, length) = (!inside, 0);
            }

            length++;
        }

        runs.Add(length);
        return [.. runs];
    }

    /// <summary>Bytes of a mask, 1 inside and 0 outside.</summary>
    public static byte[] ToBytes(ReadOnlySpan<int> runs)
    {
        var pixels = new byte[PixelCount(runs)];
        var at = 0;
        for (var r = 0; r < runs.Length; r++)
        {
            if (r % 2 == 1) pixels.AsSpan(at, runs[r]).Fill(1);
            at += runs[r];
        }

        return pixels;
    }

    /// <summary>Number of pixels, inside or not.</summary>
    public static int PixelCount(ReadOnlySpan<int> runs)
    {
        var count = 0;
        foreach (var run in runs) count = checked(count + run);
        return count;
    }

    /// <summary>Number of pixels inside.</summary>
    public static int Area(ReadOnlySpan<int> runs)
    {
        var area = 0;
        for (var r = 1; r < runs.Length; r += 2) area += runs[r];
        return area;
    }

    /// <summary>Pixels inside both over pixels inside either; 1 for two empty masks, which agree. O(runs) time.</summary>
    public static double IntersectionOverUnion(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        long both = 0;
        int i = 0, j = 0, leftFirst = first.IsEmpty ? 0 : first[0], leftSecond = second.IsEmpty ? 0 : second[0];
        while (i < first.Length && j < second.Length)
        {
            var step = Math.Min(leftFirst, leftSecond);
            if (i % 2 == 1 && j % 2 == 1) both += step;
            leftFirst -= step;
            leftSecond -= step;
            if (leftFirst == 0 && ++i < first.Length) leftFirst = first[i];
            if (leftSecond == 0 && ++j < second.Length) leftSecond = second[j];
        }

        var either = (long)Area(first) + Area(second) - both;
        return either > 0 ? (double)both / either : 1;
    }
}
