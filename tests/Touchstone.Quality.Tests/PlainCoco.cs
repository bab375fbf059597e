using Touchstone.Annotations.Geometry;
using Touchstone.Quality.Detection;

namespace Touchstone.Quality.Tests;

/// <summary>COCO's figures for boxes by plain loops over records, as cocoeval.py has them: what the fast evaluation must equal.</summary>
internal static class PlainCoco
{
    private const int RecallLevels = 101;
    private const int SmallIndex = 1;
    private const double Epsilon = 2.220446049250313e-16;

    private static readonly double[] Thresholds = [.. Enumerable.Range(0, 10).Select(i => i == 9 ? 0.95 : 0.5 + i * ((0.95 - 0.5) / 9))];
    private static readonly int[] MaxDetections = [1, 10, 100];
    private static readonly (double From, double To)[] AreaRanges = [(0, 1e10), (0, 32 * 32), (32 * 32, 96 * 96), (96 * 96, 1e10)];

    /// <summary>Evaluates detections.</summary>
    /// <param name="truths">True objects, in file order.</param>
    /// <param name="detections">Detections, in file order; those on images or of classes without any true object still count as COCO counts them.</param>
    /// <param name="useCategories">False matches across classes (COCO's <c>useCats = 0</c>).</param>
    public static CocoSummary Evaluate(IReadOnlyList<CocoTruth> truths, IReadOnlyList<CocoDetection> detections, bool useCategories = true)
    {
        const long any = -1;
        var categories = useCategories ? truths.Select(t => t.CategoryId).Union(detections.Select(d => d.CategoryId)).Order().ToArray() : [any];
        var images = truths.Select(t => t.ImageId).Union(detections.Select(d => d.ImageId)).Order().ToArray();
        if (!useCategories)
        {
            // The API then lists an image's boxes class by class, which decides between equal scores.
            truths = [.. truths.OrderBy(t => t.CategoryId)];
            detections = [.. detections.OrderBy(d => d.CategoryId)];
        }

        var truthsBy = truths.ToLookup(t => (t.ImageId, useCategories ? t.CategoryId : any));
        var detectionsBy = detections.ToLookup(d => (d.ImageId, useCategories ? d.CategoryId : any));

        var curves = new Curve?[categories.Length, AreaRanges.Length, MaxDetections.Length];
        for (var c = 0; c < categories.Length; c++)
        {
            var cells = images.Select(image => new Cell([.. truthsBy[(image, categories[c])]], [.. detectionsBy[(image, categories[c])]]))
                .Where(cell => !cell.IsEmpty).ToArray();
            for (var a = 0; a < AreaRanges.Length; a++)
            {
                var matched = cells.Select(cell => cell.Match(AreaRanges[a])).ToArray();
                for (var m = 0; m < MaxDetections.Length; m++) curves[c, a, m] = Accumulate(matched, MaxDetections[m]);
            }
        }

        return Summarise(curves, categories);
    }

    private static CocoSummary Summarise(Curve?[,,] curves, long[] categories)
    {
        double Precision(int area, int? threshold = null) => MeanPrecision(Of(curves, area, 2), threshold);
        double Recall(int area, int max) => MeanRecall(Of(curves, area, max));
        var present = Enumerable.Range(0, categories.Length).Where(c => curves[c, 0, 2] is not null).ToArray();
        return new CocoSummary
        {
            Ap = Precision(0),
            Ap50 = Precision(0, 0),
            Ap75 = Precision(0, 5),
            ApSmall = Precision(SmallIndex),
            ApMedium = Precision(SmallIndex + 1),
            ApLarge = Precision(SmallIndex + 2),
            Ar1 = Recall(0, 0),
            Ar10 = Recall(0, 1),
            Ar100 = Recall(0, 2),
            ArSmall = Recall(SmallIndex, 2),
            ArMedium = Recall(SmallIndex + 1, 2),
            ArLarge = Recall(SmallIndex + 2, 2),
            ApByCategory = present.ToDictionary(c => categories[c], c => MeanPrecision([curves[c, 0, 2]!], null)),
            PrecisionAt50ByCategory = present.ToDictionary(c => categories[c], c => curves[c, 0, 2]!.Precision[0]),
        };
    }

    private static List<Curve> Of(Curve?[,,] curves, int area, int max)
    {
        List<Curve> found = [];
        for (var c = 0; c < curves.GetLength(0); c++)
            if (curves[c, area, max] is { } curve) found.Add(curve);
        return found;
    }

    private static double MeanPrecision(IReadOnlyList<Curve> curves, int? threshold)
    {
        if (curves.Count == 0) return -1;
        return curves.SelectMany(curve => threshold is { } t ? curve.Precision[t] : curve.Precision.SelectMany(p => p)).Average();
    }

    private static double MeanRecall(IReadOnlyList<Curve> curves) => curves.Count == 0 ? -1 : curves.SelectMany(curve => curve.Recall).Average();

    /// <summary>Joins the images' detections by score; null when no true object counts.</summary>
    private static Curve? Accumulate(Matched[] images, int maxDetections)
    {
        var positives = images.Sum(image => image.CountedTruths);
        if (positives == 0) return null;
        var order = images.SelectMany((image, i) => Enumerable.Range(0, Math.Min(maxDetections, image.Scores.Length)).Select(d => (Image: i, Detection: d)))
            .OrderByDescending(x => images[x.Image].Scores[x.Detection]).ToArray(); // stable, as NumPy's mergesort of the negated scores

        var curve = new Curve(new double[Thresholds.Length][], new double[Thresholds.Length]);
        for (var t = 0; t < Thresholds.Length; t++)
        {
            List<double> recalls = [], precisions = [];
            int right = 0, wrong = 0;
            foreach (var (i, d) in order)
            {
                if (!images[i].IsIgnored[t, d])
                {
                    if (images[i].IsMatched[t, d]) right++;
                    else wrong++;
                }

                recalls.Add((double)right / positives);
                precisions.Add(right / (wrong + right + Epsilon));
            }

            curve.Recall[t] = recalls.Count == 0 ? 0 : recalls[^1];
            curve.Precision[t] = Interpolate(recalls, precisions);
        }

        return curve;
    }

    private static double[] Interpolate(List<double> recalls, List<double> precisions)
    {
        for (var i = precisions.Count - 1; i > 0; i--)
            if (precisions[i] > precisions[i - 1]) precisions[i - 1] = precisions[i];
        var levels = new double[RecallLevels];
        var place = 0;
        for (var r = 0; r < RecallLevels; r++)
        {
            var level = r == RecallLevels - 1 ? 1.0 : r * (1.0 / (RecallLevels - 1));
            while (place < recalls.Count && recalls[place] < level) place++;
            if (place < recalls.Count) levels[r] = precisions[place];
        }

        return levels;
    }

    private static double Iou(Box detection, Box truth, bool isCrowd)
    {
        var width = Math.Min(detection.X + detection.Width, truth.X + truth.Width) - Math.Max(detection.X, truth.X);
        if (width <= 0) return 0;
        var height = Math.Min(detection.Y + detection.Height, truth.Y + truth.Height) - Math.Max(detection.Y, truth.Y);
        if (height <= 0) return 0;
        var both = width * height;
        return both / (isCrowd ? detection.Area : detection.Area + truth.Area - both);
    }

    /// <summary>The true objects and detections of one class in one image.</summary>
    private sealed class Cell
    {
        private readonly CocoTruth[] _truths;
        private readonly CocoDetection[] _detections;
        private readonly double[,] _iou;

        public Cell(CocoTruth[] truths, CocoDetection[] detections)
        {
            _truths = truths;
            _detections = [.. detections.OrderByDescending(d => d.Score).Take(MaxDetections[^1])];
            _iou = new double[_detections.Length, truths.Length];
            for (var d = 0; d < _detections.Length; d++)
                for (var g = 0; g < truths.Length; g++) _iou[d, g] = Iou(_detections[d].Box, truths[g].Box, truths[g].IsCrowd);
        }

        public bool IsEmpty => _truths.Length == 0 && _detections.Length == 0;

        public Matched Match((double From, double To) areas)
        {
            var isIgnored = Array.ConvertAll(_truths, t => t.IsCrowd || t.Area < areas.From || t.Area > areas.To);
            var order = Enumerable.Range(0, _truths.Length).OrderBy(g => isIgnored[g]).ToArray();
            var result = new Matched(Array.ConvertAll(_detections, d => d.Score), isIgnored.Count(i => !i), Thresholds.Length);
            for (var t = 0; t < Thresholds.Length; t++)
            {
                var isTaken = new bool[_truths.Length];
                for (var d = 0; d < _detections.Length; d++)
                {
                    var truth = Best(d, Math.Min(Thresholds[t], 1 - 1e-10), order, isIgnored, isTaken);
                    if (truth >= 0)
                    {
                        isTaken[truth] = true;
                        result.IsMatched[t, d] = true;
                        result.IsIgnored[t, d] = isIgnored[truth];
                    }
                    else
                    {
                        var area = _detections[d].Box.Area;
                        result.IsIgnored[t, d] = area < areas.From || area > areas.To;
                    }
                }
            }

            return result;
        }

        private int Best(int detection, double iou, int[] order, bool[] isIgnored, bool[] isTaken)
        {
            var best = -1;
            foreach (var g in order)
            {
                if (isTaken[g] && !_truths[g].IsCrowd) continue;
                if (best >= 0 && !isIgnored[best] && isIgnored[g]) break;
                if (_iou[detection, g] < iou) continue;
                iou = _iou[detection, g];
                best = g;
            }

            return best;
        }
    }

    private sealed class Matched(double[] scores, int countedTruths, int thresholds)
    {
        public double[] Scores { get; } = scores;

        public int CountedTruths { get; } = countedTruths;

        public bool[,] IsMatched { get; } = new bool[thresholds, scores.Length];

        public bool[,] IsIgnored { get; } = new bool[thresholds, scores.Length];
    }

    private sealed record Curve(double[][] Precision, double[] Recall);
}
