using Touchstone.Statistics;

namespace Touchstone.Quality.LabelErrors;

/// <summary>How well a label fits a model's probabilities: which measure.</summary>
public enum LabelQualityScore
{
    /// <summary>Probability of the given label.</summary>
    SelfConfidence,

    /// <summary>(p of the given label - the largest other p + 1) / 2.</summary>
    NormalizedMargin,

    /// <summary>log(1 + x) / x with x = normalized entropy of the row / p of the given label: high where the model is sure and agrees.</summary>
    ConfidenceWeightedEntropy,
}

/// <summary>Scores of labels in [0, 1]: the lower, the likelier the label is wrong.</summary>
/// <remarks>J. Kuan and J. Mueller, Model-agnostic label quality scoring to detect real-world label errors, ICML DataPerf workshop 2022.</remarks>
public static class LabelQuality
{
    /// <summary>One score for each item.</summary>
    /// <param name="labels">Given label of each item, in [0, K).</param>
    /// <param name="probabilities">Out-of-sample probabilities, one row an item.</param>
    /// <param name="score">Which measure.</param>
    /// <param name="adjusted">
    /// Whether the thresholds of the classes (<see cref="ConfidentJoint.Thresholds"/>) are first subtracted from the probabilities, which are then shifted by the largest threshold and
    /// normalised: classes of which the model is seldom sure are not all suspected. Entropy cannot be adjusted.
    /// </param>
    /// <exception cref="ArgumentException">Adjusted entropy was asked for, or the labels do not fit the rows.</exception>
    public static double[] Score(ReadOnlySpan<int> labels, ClassProbabilities probabilities, LabelQualityScore score = LabelQualityScore.SelfConfidence, bool adjusted = false)
    {
        probabilities.CheckLabels(labels);
        if (adjusted && score == LabelQualityScore.ConfidenceWeightedEntropy)
            throw new ArgumentException("Confidence-weighted entropy is not adjusted by thresholds; use self-confidence or the normalized margin.", nameof(adjusted));
        var thresholds = adjusted ? Thresholds(labels, probabilities) : null;
        var row = new double[probabilities.LabelCount];
        var scores = new double[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            probabilities.Row(i).CopyTo(row);
            if (thresholds is not null) Adjust(row, thresholds);
            scores[i] = Of(row, labels[i], score);
        }

        return scores;
    }

    internal static double Of(ReadOnlySpan<double> row, int label, LabelQualityScore score) => score switch
    {
        LabelQualityScore.SelfConfidence => row[label],
        LabelQualityScore.NormalizedMargin => (row[label] - LargestOther(row, label) + 1) / 2,
        _ => WeightedEntropy(row, label),
    };

    private static double[] Thresholds(ReadOnlySpan<int> labels, ClassProbabilities probabilities)
    {
        var given = new int[probabilities.LabelCount];
        foreach (var label in labels) given[label]++;
        return ConfidentJoint.ThresholdsOf(labels, probabilities, given);
    }

    private static void Adjust(Span<double> row, double[] thresholds)
    {
        var shift = thresholds.Max();
        double sum = 0;
        for (var k = 0; k < row.Length; k++) sum += row[k] += shift - thresholds[k];
        for (var k = 0; k < row.Length; k++) row[k] /= sum;
    }

    private static double LargestOther(ReadOnlySpan<double> row, int label)
    {
        double largest = 0; // of one class alone there is no other, and no probability to lose to
        for (var k = 0; k < row.Length; k++)
            if (k != label && row[k] > largest) largest = row[k];
        return largest;
    }

    /// <summary>A row that is sure of its label has entropy 0 and gets the limit 1; one that is sure of another label gets the limit 0.</summary>
    private static double WeightedEntropy(ReadOnlySpan<double> row, int label)
    {
        if (row.Length == 1) return 1;
        double entropy = 0;
        foreach (var p in row)
            if (p > 0) entropy -= p * PortableMath.Log(p);
        entropy = Math.Max(0, entropy / PortableMath.Log(row.Length));
        if (row[label] <= 0) return 0;
        var x = entropy / row[label];
        return x < 1e-8 ? 1 - x / 2 : PortableMath.Log(1 + x) / x;
    }
}
