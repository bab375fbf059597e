namespace Touchstone.Quality.Detection;

/// <summary>Matches one class image by image, then joins the images by score.</summary>
/// <remarks>What a detection matched is kept as one bit a threshold, so that all ten thresholds of a size class travel in two numbers of 16 bits.</remarks>
internal sealed class CocoMatching(CocoProblem problem, CocoOverlap overlap, CocoSettings settings, int[] truthImage, int[] detectionImage)
{
    private const double AlmostOne = 1 - 1e-10;

    private readonly List<Kept> _kept = [];
    private readonly List<ushort>[] _matched = [.. settings.Areas.Select(_ => new List<ushort>())];
    private readonly List<ushort>[] _ignored = [.. settings.Areas.Select(_ => new List<ushort>())];
    private readonly int[] _positives = new int[settings.Areas.Length];
    private double[] _overlaps = [];
    private bool[] _isTaken = [];

    /// <summary>Matches; places are ordered by image.</summary>
    public void Match(ReadOnlySpan<int> truths, ReadOnlySpan<int> detections)
    {
        int g = 0, d = 0;
        while (g < truths.Length || d < detections.Length)
        {
            var image = Math.Min(g < truths.Length ? truthImage[truths[g]] : int.MaxValue, d < detections.Length ? detectionImage[detections[d]] : int.MaxValue);
            int endG = g, endD = d;
            while (endG < truths.Length && truthImage[truths[endG]] == image) endG++;
            while (endD < detections.Length && detectionImage[detections[endD]] == image) endD++;
            MatchImage(truths[g..endG], detections[d..endD]);
            (g, d) = (endG, endD);
        }
    }

    /// <summary>Curves by size class and number of detections; null where no true object counts, or where the summary does not look.</summary>
    public CocoCurve?[,] Curves()
    {
        var order = _kept.ToArray();
        for (var i = 0; i < order.Length; i++) order[i] = order[i] with { Place = i };
        Array.Sort(order);
        var curves = new CocoCurve?[settings.Areas.Length, settings.MaxDetections.Length];
        for (var a = 0; a < settings.Areas.Length; a++)
        {
            if (_positives[a] == 0) continue;
            for (var m = a == 0 ? 0 : settings.MaxDetections.Length - 1; m < settings.MaxDetections.Length; m++)
                curves[a, m] = Join(order, [.. _matched[a]], [.. _ignored[a]], _positives[a], settings.MaxDetections[m]);
        }

        return curves;
    }

    private void MatchImage(ReadOnlySpan<int> truths, ReadOnlySpan<int> detections)
    {
        var best = Best(detections);
        if (_overlaps.Length < best.Length * truths.Length) _overlaps = new double[2 * best.Length * truths.Length];
        if (_isTaken.Length < truths.Length) _isTaken = new bool[2 * truths.Length];
        var overlaps = _overlaps.AsSpan(0, best.Length * truths.Length);
        overlap.Fill(best, truths, overlaps);
        for (var i = 0; i < best.Length; i++) _kept.Add(new Kept(problem.Score[best[i]], 0, i));

        Span<bool> ignored = truths.Length <= 256 ? stackalloc bool[truths.Length] : new bool[truths.Length];
        Span<int> order = truths.Length <= 256 ? stackalloc int[truths.Length] : new int[truths.Length];
        for (var a = 0; a < settings.Areas.Length; a++)
        {
            var (from, to) = settings.Areas[a];
            var counted = 0;
            for (var g = 0; g < truths.Length; g++)
            {
                var area = problem.TruthArea[truths[g]];
                ignored[g] = problem.IsIgnored[truths[g]] || area < from || area > to;
                if (!ignored[g]) order[counted++] = g;
            }

            _positives[a] += counted;
            var next = counted;
            for (var g = 0; g < truths.Length; g++)
                if (ignored[g]) order[next++] = g;
            MatchArea(a, best, truths, overlaps, order, counted);
        }
    }

    private void MatchArea(int area, int[] detections, ReadOnlySpan<int> truths, ReadOnlySpan<double> overlaps, ReadOnlySpan<int> order, int counted)
    {
        var (from, to) = settings.Areas[area];
        var first = _matched[area].Count;
        foreach (var d in detections)
        {
            var outside = problem.DetectionArea[d] < from || problem.DetectionArea[d] > to;
            _matched[area].Add(0);
            _ignored[area].Add(outside ? (ushort)((1 << CocoSettings.ThresholdCount) - 1) : (ushort)0);
        }

        if (truths.Length == 0) return;
        for (var t = 0; t < CocoSettings.ThresholdCount; t++)
        {
            var bit = (ushort)(1 << t);
            var least = Math.Min(CocoSettings.Thresholds[t], AlmostOne);
            var any = false;
            Array.Clear(_isTaken, 0, truths.Length);
            for (var d = 0; d < detections.Length; d++)
            {
                var place = Choose(overlaps.Slice(d * truths.Length, truths.Length), least, truths, order, counted);
                if (place < 0) continue;
                any = true;
                _isTaken[order[place]] = true;
                _matched[area][first + d] |= bit;
                if (place < counted) _ignored[area][first + d] &= (ushort)~bit;
                else _ignored[area][first + d] |= bit;
            }

            if (!any) return; // what matches nothing here matches nothing at a higher threshold
        }
    }

    /// <summary>Place in the order of the best free true object: counted ones first, of equal overlaps the last.</summary>
    private int Choose(ReadOnlySpan<double> row, double least, ReadOnlySpan<int> truths, ReadOnlySpan<int> order, int counted)
    {
        var best = -1;
        for (var place = 0; place < order.Length; place++)
        {
            var g = order[place];
            if (place == counted && best >= 0) break;
            if (row[g] < least) continue;
            if (_isTaken[g] && !problem.IsCrowd[truths[g]]) continue;
            (least, best) = (row[g], place);
        }

        return best;
    }

    /// <summary>The image's detections of highest score, of equal scores the first in the file.</summary>
    private int[] Best(ReadOnlySpan<int> detections)
    {
        var sorted = new Kept[detections.Length];
        for (var i = 0; i < sorted.Length; i++) sorted[i] = new Kept(problem.Score[detections[i]], i, 0);
        Array.Sort(sorted);
        var best = new int[Math.Min(sorted.Length, settings.MaxDetections[^1])];
        for (var i = 0; i < best.Length; i++) best[i] = detections[sorted[i].Place];
        return best;
    }

    /// <summary>Precision and recall over all images. Precision falls between true positives, so that it is kept only at these.</summary>
    private static CocoCurve Join(Kept[] order, ushort[] matched, ushort[] ignored, int positives, int maxDetections)
    {
        var curve = new CocoCurve(new double[CocoSettings.ThresholdCount][], new double[CocoSettings.ThresholdCount]);
        var precision = new double[Math.Min(order.Length, positives) + 1];
        for (var t = 0; t < CocoSettings.ThresholdCount; t++)
        {
            int right = 0, wrong = 0;
            foreach (var kept in order)
            {
                if (kept.Rank >= maxDetections || (ignored[kept.Place] >> t & 1) != 0) continue;
                if ((matched[kept.Place] >> t & 1) == 0)
                {
                    wrong++;
                    continue;
                }

                right++;
                precision[right - 1] = right / (wrong + right + 2.220446049250313e-16);
            }

            curve.Recall[t] = (double)right / positives;
            curve.Precision[t] = AtLevels(precision.AsSpan(0, right), positives);
        }

        return curve;
    }

    private static double[] AtLevels(Span<double> precision, int positives)
    {
        for (var i = precision.Length - 1; i > 0; i--)
            if (precision[i] > precision[i - 1]) precision[i - 1] = precision[i];
        var levels = new double[CocoSettings.RecallLevels];
        var at = 0;
        for (var r = 0; r < levels.Length; r++)
        {
            while (at < precision.Length && (double)(at + 1) / positives < CocoSettings.Levels[r]) at++;
            if (at < precision.Length) levels[r] = precision[at];
        }

        return levels;
    }

    /// <summary>A detection: falling score, then place.</summary>
    private readonly record struct Kept(double Score, int Place, int Rank) : IComparable<Kept>
    {
        public int CompareTo(Kept other)
        {
            if (Score > other.Score) return -1;
            return Score < other.Score ? 1 : Place.CompareTo(other.Place);
        }
    }
}

/// <summary>Interpolated precision by threshold and recall level, and recall by threshold.</summary>
internal sealed record CocoCurve(double[][] Precision, double[] Recall);

/// <summary>Curves by class, size class and number of detections.</summary>
internal sealed record CocoCurves(long[] Categories, CocoCurve?[][,] ByCategory)
{
    public IEnumerable<CocoCurve> Of(int area, int maxDetections)
    {
        foreach (var curves in ByCategory)
            if (curves[area, maxDetections] is { } curve) yield return curve;
    }
}
