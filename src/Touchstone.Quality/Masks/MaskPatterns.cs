namespace Touchstone.Quality.Masks;

/// <summary>
/// Several masks of one image as the patterns of who marked a pixel: pixels alike in that are alike in everything, so methods work on patterns, of which
/// there are few, and never on pixels.
/// </summary>
internal sealed class MaskPatterns
{
    /// <summary>A pattern is a word of bits.</summary>
    public const int MostMasks = 64;

    private readonly List<(int Pattern, int Length)> _segments = [];

    public MaskPatterns(IReadOnlyList<int[]> masks)
    {
        if (masks.Count > MostMasks) throw new ArgumentException($"There are {masks.Count} masks of one image; at most {MostMasks} are fused at once.", nameof(masks));
        MaskCount = masks.Count;
        PixelCount = masks.Count > 0 ? MaskRuns.PixelCount(masks[0]) : 0;
        for (var m = 0; m < masks.Count; m++)
        {
            if (Array.Exists(masks[m], run => run < 0)) throw new ArgumentException($"Mask {m} has a run of negative length.", nameof(masks));
            if (MaskRuns.PixelCount(masks[m]) != PixelCount)
                throw new ArgumentException($"Mask {m} has {MaskRuns.PixelCount(masks[m])} pixels, the first {PixelCount}: masks of one image are of one size.", nameof(masks));
        }

        (Marks, Counts) = Sweep(masks);
        Areas = new long[MaskCount];
        for (var p = 0; p < Marks.Length; p++)
        {
            for (var m = 0; m < MaskCount; m++)
                if (IsMarked(p, m)) Areas[m] += Counts[p];
            if (Marks[p] != 0) Union += Counts[p];
        }
    }

    public int MaskCount { get; }

    public int PixelCount { get; }

    /// <summary>Bit m of a pattern: mask m has these pixels inside.</summary>
    public ulong[] Marks { get; }

    /// <summary>Number of pixels of each pattern.</summary>
    public long[] Counts { get; }

    /// <summary>Pixels inside each mask.</summary>
    public long[] Areas { get; }

    /// <summary>Pixels inside any mask.</summary>
    public long Union { get; }

    public bool IsMarked(int pattern, int mask) => (Marks[pattern] >> mask & 1) != 0;

    public int[] RunsOf(bool[] isInside)
    {
        List<int> runs = [];
        var (inside, length) = (false, 0);
        foreach (var (pattern, count) in _segments)
        {
            if (isInside[pattern] != inside)
            {
                runs.Add(length);
                (inside, length) = (!inside, 0);
            }

            length += count;
        }

        runs.Add(length);
        return [.. runs];
    }

    /// <summary>Of each mask with the pixels chosen; 1 where both are empty.</summary>
    public double[] OverlapsWith(bool[] isInside)
    {
        var both = new long[MaskCount];
        long area = 0;
        for (var p = 0; p < Marks.Length; p++)
        {
            if (!isInside[p]) continue;
            area += Counts[p];
            for (var m = 0; m < MaskCount; m++)
                if (IsMarked(p, m)) both[m] += Counts[p];
        }

        return [.. both.Select((b, m) => area + Areas[m] > 0 ? (double)b / (area + Areas[m] - b) : 1)];
    }

    private (ulong[] Marks, long[] Counts) Sweep(IReadOnlyList<int[]> masks)
    {
        var (run, left) = (new int[masks.Count], new int[masks.Count]);
        ulong marks = 0;
        void Advance(int m)
        {
            while (left[m] == 0 && run[m] < masks[m].Length)
            {
                if (run[m] % 2 == 1) marks |= 1UL << m;
                else marks &= ~(1UL << m);
                left[m] = masks[m][run[m]++];
            }
        }

        var numbers = new Dictionary<ulong, int>();
        List<ulong> patterns = [];
        List<long> counts = [];
        for (var at = 0; at < PixelCount;)
        {
            var step = int.MaxValue;
            for (var m = 0; m < masks.Count; m++)
            {
                Advance(m);
                step = Math.Min(step, left[m]);
            }

            if (!numbers.TryGetValue(marks, out var pattern))
            {
                numbers[marks] = pattern = patterns.Count;
                patterns.Add(marks);
                counts.Add(0);
            }

            counts[pattern] += step;
            _segments.Add((pattern, step));
            for (var m = 0; m < masks.Count; m++) left[m] -= step;
            at += step;
        }

        return ([.. patterns], [.. counts]);
    }
}
