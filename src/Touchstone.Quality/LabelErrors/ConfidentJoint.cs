namespace Touchstone.Quality.LabelErrors;

/// <summary>How often which class was given where which class is true, as far as a model is sure: the heart of confident learning.</summary>
/// <remarks>
/// C. Northcutt, L. Jiang, I. Chuang, Confident Learning: Estimating Uncertainty in Dataset Labels, JAIR 70, 2021, sections 3.1 and 3.2. Threshold of class k: the mean probability of k among
/// the items labelled k. An item is counted in (given, j) where j is the only class whose probability reaches its threshold; where several do, the most probable of all classes; where none does it is not counted.
/// Arrays of K * K are row-major with the given class as row.
/// </remarks>
public sealed record ConfidentJoint
{
    /// <summary>The threshold of a class that no item was given: no probability reaches it.</summary>
    public const double Unreachable = 2;

    private const double LeastThreshold = 2e-6;
    private const double Slack = 1e-6;

    /// <summary>Number of classes K.</summary>
    public required int LabelCount { get; init; }

    /// <summary>Threshold of each class, at least 2e-6; <see cref="Unreachable"/> for a class that was never given.</summary>
    public required double[] Thresholds { get; init; }

    /// <summary>Items of each given class.</summary>
    public required int[] GivenCounts { get; init; }

    /// <summary>Confident counts as they were counted, the diagonal at least 1.</summary>
    public required int[] Counts { get; init; }

    /// <summary>The counts scaled so that each row sums to the number of items given that class, in whole numbers.</summary>
    public required int[] Calibrated { get; init; }

    /// <summary>For each item the class that the model is sure of, or -1.</summary>
    public required int[] ConfidentLabels { get; init; }

    /// <summary>Counts the joint.</summary>
    /// <param name="labels">Given label of each item, in [0, K).</param>
    /// <param name="probabilities">Out-of-sample probabilities, one row an item.</param>
    /// <remarks>O(items * K) time.</remarks>
    public static ConfidentJoint Count(ReadOnlySpan<int> labels, ClassProbabilities probabilities)
    {
        probabilities.CheckLabels(labels);
        var labelCount = probabilities.LabelCount;
        var given = new int[labelCount];
        foreach (var label in labels) given[label]++;
        var thresholds = ThresholdsOf(labels, probabilities, given);
        var confident = new int[labels.Length];
        var counts = new int[labelCount * labelCount];
        for (var i = 0; i < labels.Length; i++)
        {
            confident[i] = ConfidentLabel(probabilities.Row(i), thresholds);
            if (confident[i] >= 0) counts[labels[i] * labelCount + confident[i]]++;
        }

        for (var k = 0; k < labelCount; k++) counts[k * labelCount + k] = Math.Max(1, counts[k * labelCount + k]);
        return new ConfidentJoint
        {
            LabelCount = labelCount,
            Thresholds = thresholds,
            GivenCounts = given,
            Counts = counts,
            Calibrated = Calibrate(counts, given),
            ConfidentLabels = confident,
        };
    }

    /// <summary>P(given = j, true = k): the calibrated counts over their sum.</summary>
    public double[] Joint()
    {
        double total = Calibrated.Sum();
        return Array.ConvertAll(Calibrated, c => total > 0 ? c / total : 0);
    }

    /// <summary>Estimated share of each true class.</summary>
    public double[] TrueShares()
    {
        double total = Calibrated.Sum();
        return [.. Enumerable.Range(0, LabelCount).Select(k => total > 0 ? ColumnSum(k) / total : 0)];
    }

    /// <summary>P(given = j | true = k) at j * K + k; 0 for a class without an item.</summary>
    public double[] NoiseMatrix()
    {
        var noise = new double[Calibrated.Length];
        for (var k = 0; k < LabelCount; k++)
        {
            var sum = ColumnSum(k);
            for (var j = 0; j < LabelCount; j++) noise[j * LabelCount + k] = sum > 0 ? Calibrated[j * LabelCount + k] / sum : 0;
        }

        return noise;
    }

    /// <summary>P(true = k | given = j) at k * K + j; 0 for a class that was never given.</summary>
    public double[] InverseNoiseMatrix()
    {
        var inverse = new double[Calibrated.Length];
        for (var j = 0; j < LabelCount; j++)
            for (var k = 0; k < LabelCount; k++)
                inverse[k * LabelCount + j] = GivenCounts[j] > 0 ? Calibrated[j * LabelCount + k] / (double)GivenCounts[j] : 0;
        return inverse;
    }

    internal static double[] ThresholdsOf(ReadOnlySpan<int> labels, ClassProbabilities probabilities, int[] given)
    {
        var sums = new double[given.Length];
        for (var i = 0; i < labels.Length; i++) sums[labels[i]] += probabilities.Values[i * given.Length + labels[i]];
        for (var k = 0; k < sums.Length; k++) sums[k] = given[k] == 0 ? Unreachable : Math.Max(sums[k] / given[k], LeastThreshold);
        return sums;
    }

    /// <summary>The class that a row is sure of, or -1.</summary>
    internal static int ConfidentLabel(ReadOnlySpan<double> row, ReadOnlySpan<double> thresholds)
    {
        var only = -1;
        for (var k = 0; k < row.Length; k++)
        {
            if (row[k] < thresholds[k] - Slack) continue;
            if (only >= 0) return ClassProbabilities.Largest(row);
            only = k;
        }

        return only;
    }

    private static int[] Calibrate(int[] counts, int[] given)
    {
        var scaled = new double[counts.Length];
        for (var j = 0; j < given.Length; j++)
        {
            double sum = 0;
            for (var k = 0; k < given.Length; k++) sum += counts[j * given.Length + k];
            for (var k = 0; k < given.Length; k++) scaled[j * given.Length + k] = counts[j * given.Length + k] / sum * given[j];
        }

        return RowRounding.PreservingTotals(scaled, given.Length);
    }

    private double ColumnSum(int column)
    {
        double sum = 0;
        for (var j = 0; j < LabelCount; j++) sum += Calibrated[j * LabelCount + column];
        return sum;
    }
}
