using Touchstone.Statistics;

namespace Touchstone.Quality.Tracking;

/// <summary>Higher order tracking accuracy: detection and association in equal parts, over 19 thresholds of overlap.</summary>
/// <remarks>
/// J. Luiten and others, HOTA: a higher order metric for evaluating multi-object tracking, International Journal of Computer Vision 129, 2021, as TrackEval computes it
/// (hota.py). The headline figures are means over the thresholds .05, .10, ... .95.
/// </remarks>
public sealed record Hota
{
    /// <summary>Number of thresholds.</summary>
    public const int ThresholdCount = 19;

    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Matches at each threshold.</summary>
    public required int[] TruePositives { get; init; }

    /// <summary>True boxes without a match at each threshold.</summary>
    public required int[] FalseNegatives { get; init; }

    /// <summary>Predicted boxes without a match at each threshold.</summary>
    public required int[] FalsePositives { get; init; }

    /// <summary>Sum over matches of the association accuracy of their pair of tracks, at each threshold.</summary>
    public required double[] AssociationSums { get; init; }

    /// <summary>The same of association recall.</summary>
    public required double[] AssociationRecallSums { get; init; }

    /// <summary>The same of association precision.</summary>
    public required double[] AssociationPrecisionSums { get; init; }

    /// <summary>Sum of the matches' overlaps at each threshold.</summary>
    public required double[] OverlapSums { get; init; }

    /// <summary>HOTA at each threshold, in [0, 1].</summary>
    public IReadOnlyList<double> ByThreshold => [.. Enumerable.Range(0, ThresholdCount).Select(a => Math.Sqrt(DetectionAt(a) * AssociationAt(a)))];

    /// <summary>HOTA. Null without any box.</summary>
    public double? Value => Mean(a => Math.Sqrt(DetectionAt(a) * AssociationAt(a)));

    /// <summary>Detection accuracy (DetA).</summary>
    public double? DetA => Mean(DetectionAt);

    /// <summary>Association accuracy (AssA).</summary>
    public double? AssA => Mean(AssociationAt);

    /// <summary>Mean overlap of matches (LocA); a threshold without matches counts as 1, as in TrackEval. Null without any match.</summary>
    public double? LocA => TruePositives.All(t => t == 0) ? null : Mean(a => TruePositives[a] == 0 ? 1 : OverlapSums[a] / TruePositives[a]);

    /// <summary>Detection recall (DetRe).</summary>
    public double? DetRe => Mean(a => Ratio(TruePositives[a], TruePositives[a] + FalseNegatives[a]));

    /// <summary>Detection precision (DetPr).</summary>
    public double? DetPr => Mean(a => Ratio(TruePositives[a], TruePositives[a] + FalsePositives[a]));

    /// <summary>Association recall (AssRe).</summary>
    public double? AssRe => Mean(a => Ratio(AssociationRecallSums[a], TruePositives[a]));

    /// <summary>Association precision (AssPr).</summary>
    public double? AssPr => Mean(a => Ratio(AssociationPrecisionSums[a], TruePositives[a]));

    /// <summary>Measures one sequence.</summary>
    internal static Hota Of(TrackingFrames sequence)
    {
        var predictions = sequence.PredictionTracks;
        var (alignment, truthCount, predictionCount) = Alignment(sequence);
        var matches = new int[ThresholdCount][];
        for (var a = 0; a < ThresholdCount; a++) matches[a] = new int[alignment.Length];
        var (right, missed, wrong, overlap) = (new int[ThresholdCount], new int[ThresholdCount], new int[ThresholdCount], new double[ThresholdCount]);
        foreach (var frame in sequence.Frames)
        {
            var chosen = Match(frame, alignment, predictions);
            for (var a = 0; a < ThresholdCount; a++)
            {
                var least = 0.05 * (a + 1) - Epsilon;
                var count = 0;
                for (var g = 0; g < chosen.Length; g++)
                {
                    if (chosen[g] < 0 || frame.Overlaps[g * frame.Predictions.Length + chosen[g]] < least) continue;
                    count++;
                    overlap[a] += frame.Overlaps[g * frame.Predictions.Length + chosen[g]];
                    matches[a][frame.Truth[g] * predictions + frame.Predictions[chosen[g]]]++;
                }

                right[a] += count;
                missed[a] += frame.Truth.Length - count;
                wrong[a] += frame.Predictions.Length - count;
            }
        }

        double[] Sums(Func<int, int, int, double> share) => [.. matches.Select(m => Sum(m, predictions, share, truthCount, predictionCount))];
        return new Hota
        {
            TruePositives = right,
            FalseNegatives = missed,
            FalsePositives = wrong,
            OverlapSums = overlap,
            AssociationSums = Sums((m, g, p) => (double)m / (g + p - m)),
            AssociationRecallSums = Sums((m, g, _) => (double)m / g),
            AssociationPrecisionSums = Sums((m, _, p) => (double)m / p),
        };
    }

    /// <summary>All sequences together: each counts by its matches.</summary>
    internal static Hota Combine(IReadOnlyList<Hota> all)
    {
        int[] Counts(Func<Hota, int[]> of) => [.. Enumerable.Range(0, ThresholdCount).Select(a => all.Sum(h => of(h)[a]))];
        double[] Sums(Func<Hota, double[]> of) => [.. Enumerable.Range(0, ThresholdCount).Select(a => all.Sum(h => of(h)[a]))];
        return new Hota
        {
            TruePositives = Counts(h => h.TruePositives),
            FalseNegatives = Counts(h => h.FalseNegatives),
            FalsePositives = Counts(h => h.FalsePositives),
            AssociationSums = Sums(h => h.AssociationSums),
            AssociationRecallSums = Sums(h => h.AssociationRecallSums),
            AssociationPrecisionSums = Sums(h => h.AssociationPrecisionSums),
            OverlapSums = Sums(h => h.OverlapSums),
        };
    }

    /// <summary>How well each pair of tracks fits over the whole sequence, before any box is matched.</summary>
    private static (double[] Alignment, int[] TruthCount, int[] PredictionCount) Alignment(TrackingFrames sequence)
    {
        var predictions = sequence.PredictionTracks;
        var potential = new double[sequence.TruthTracks * predictions];
        var (truthCount, predictionCount) = (new int[sequence.TruthTracks], new int[predictions]);
        foreach (var (truth, found, overlaps) in sequence.Frames)
        {
            foreach (var g in truth) truthCount[g]++;
            foreach (var p in found) predictionCount[p]++;
            var (rows, columns) = (new double[truth.Length], new double[found.Length]);
            for (var g = 0; g < truth.Length; g++)
            {
                for (var p = 0; p < found.Length; p++)
                {
                    rows[g] += overlaps[g * found.Length + p];
                    columns[p] += overlaps[g * found.Length + p];
                }
            }

            for (var g = 0; g < truth.Length; g++)
            {
                for (var p = 0; p < found.Length; p++)
                {
                    var overlap = overlaps[g * found.Length + p];
                    var whole = columns[p] + rows[g] - overlap;
                    if (whole > Epsilon) potential[truth[g] * predictions + found[p]] += overlap / whole;
                }
            }
        }

        for (var g = 0; g < truthCount.Length; g++)
            for (var p = 0; p < predictions; p++) potential[g * predictions + p] /= truthCount[g] + predictionCount[p] - potential[g * predictions + p];
        return (potential, truthCount, predictionCount);
    }

    private static int[] Match(TrackingFrame frame, double[] alignment, int predictions)
    {
        var chosen = new int[frame.Truth.Length];
        Array.Fill(chosen, -1);
        if (frame.Truth.Length == 0 || frame.Predictions.Length == 0) return chosen;
        var scores = new double[frame.Overlaps.Length];
        for (var g = 0; g < frame.Truth.Length; g++)
        {
            for (var p = 0; p < frame.Predictions.Length; p++)
            {
                var cell = g * frame.Predictions.Length + p;
                scores[cell] = alignment[frame.Truth[g] * predictions + frame.Predictions[p]] * frame.Overlaps[cell];
            }
        }

        Assignment.Maximise(scores, frame.Truth.Length, frame.Predictions.Length, chosen);
        return chosen;
    }

    private static double Sum(int[] matches, int predictions, Func<int, int, int, double> share, int[] truthCount, int[] predictionCount)
    {
        double sum = 0;
        for (var cell = 0; cell < matches.Length; cell++)
        {
            if (matches[cell] == 0) continue;
            sum += matches[cell] * share(matches[cell], truthCount[cell / predictions], predictionCount[cell % predictions]);
        }

        return sum;
    }

    private double DetectionAt(int threshold) => Ratio(TruePositives[threshold], TruePositives[threshold] + FalseNegatives[threshold] + FalsePositives[threshold]);

    private double AssociationAt(int threshold) => Ratio(AssociationSums[threshold], TruePositives[threshold]);

    private double? Mean(Func<int, double> at) =>
        TruePositives[0] + FalseNegatives[0] + FalsePositives[0] == 0 ? null : Enumerable.Range(0, ThresholdCount).Average(at);

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;
}
