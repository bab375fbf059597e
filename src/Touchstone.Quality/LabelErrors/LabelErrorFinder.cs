using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.LabelErrors;

/// <summary>Finds labels that a model's out-of-sample probabilities speak against.</summary>
/// <remarks>
/// Confident learning as in Northcutt, Jiang and Chuang, JAIR 70, 2021, with the filters of cleanlab 2.9. Deviations, all in docs/reference/quality-label-errors.md: of equal scores the earlier
/// item counts as worse (there the order is unspecified), and a class too small to prune is a warning in the result.
/// </remarks>
public static class LabelErrorFinder
{
    private const double Slack = 1e-6;

    /// <summary>Finds label errors.</summary>
    /// <param name="labels">Given label of each item, in [0, K).</param>
    /// <param name="probabilities">Out-of-sample probabilities, one row an item.</param>
    /// <param name="options">Null is <see cref="LabelErrorOptions.Default"/>.</param>
    /// <returns>The errors, worst first, with the scores of all items. Nothing is found among no items, or with one class.</returns>
    /// <remarks>O(items * (K + log items)) time, for the prunings O(items * K * log items) at worst.</remarks>
    public static LabelErrorReport Find(ReadOnlySpan<int> labels, ClassProbabilities probabilities, LabelErrorOptions? options = null)
    {
        options ??= LabelErrorOptions.Default;
        if (!(options.FractionNoise >= 0 && options.FractionNoise <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.FractionNoise, "The share of estimated errors to take lies in [0, 1].");
        var joint = ConfidentJoint.Count(labels, probabilities);
        var scores = LabelQuality.Score(labels, probabilities, options.RankBy, options.RankAdjusted);
        var estimated = 0;
        var offDiagonal = new bool[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            offDiagonal[i] = joint.ConfidentLabels[i] >= 0 && joint.ConfidentLabels[i] != labels[i] && !AgreesWithModel(probabilities.Row(i), labels[i]);
            if (offDiagonal[i]) estimated++;
        }

        var suspected = Suspected(labels, probabilities, options, joint, offDiagonal, estimated);
        int[] ranked = [.. Enumerable.Range(0, suspected.Length).Where(i => suspected[i])];
        Array.Sort(ranked, (a, b) => scores[a] != scores[b] ? scores[a].CompareTo(scores[b]) : a - b);
        return new LabelErrorReport
        {
            IsError = suspected,
            Ranked = ranked,
            Scores = scores,
            Joint = joint,
            EstimatedErrors = estimated,
            Warnings = Warnings(joint, options),
        };
    }

    private static bool[] Suspected(
        ReadOnlySpan<int> labels, ClassProbabilities probabilities, LabelErrorOptions options, ConfidentJoint joint, bool[] offDiagonal, int estimated)
    {
        switch (options.Filter)
        {
            case LabelErrorFilter.ConfidentLearning:
                return offDiagonal;
            case LabelErrorFilter.LowNormalizedMargin:
                return Lowest(LabelQuality.Score(labels, probabilities, LabelQualityScore.NormalizedMargin), estimated);
            case LabelErrorFilter.LowSelfConfidence:
                return Lowest(LabelQuality.Score(labels, probabilities), estimated);
            case LabelErrorFilter.PredictedNeqGiven:
                var differs = new bool[labels.Length];
                for (var i = 0; i < labels.Length; i++) differs[i] = probabilities.LabelOf(i) != labels[i] && !AgreesWithModel(probabilities.Row(i), labels[i]);
                return differs;
            default:
                var pruned = Pruning.Prune(labels, probabilities, joint, options);
                for (var i = 0; i < labels.Length; i++) pruned[i] &= !AgreesWithModel(probabilities.Row(i), labels[i]);
                return pruned;
        }
    }

    /// <summary>Whether the given label is the most probable one, or short of it by less than 1e-6: such a label is never called an error.</summary>
    internal static bool AgreesWithModel(ReadOnlySpan<double> row, int label)
    {
        for (var k = 0; k < row.Length; k++)
            if (k < label ? row[k] >= row[label] + Slack : row[k] > row[label] + Slack) return false;
        return true;
    }

    private static bool[] Lowest(double[] scores, int count)
    {
        var order = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort(order, (a, b) => scores[a] != scores[b] ? scores[a].CompareTo(scores[b]) : a - b);
        var lowest = new bool[scores.Length];
        foreach (var item in order.AsSpan(0, count)) lowest[item] = true;
        return lowest;
    }

    private static List<TruthWarning> Warnings(ConfidentJoint joint, LabelErrorOptions options)
    {
        List<TruthWarning> warnings = [];
        var absent = Enumerable.Range(0, joint.LabelCount).Where(k => joint.GivenCounts[k] == 0).ToArray();
        if (absent.Length > 0)
            warnings.Add(new("class_never_given", $"No item was given class {string.Join(", ", absent)}: it has no threshold, and items that truly belong to it are found by other classes alone."));
        var small = Enumerable.Range(0, joint.LabelCount).Where(k => joint.GivenCounts[k] > 0 && joint.GivenCounts[k] <= options.MinExamplesPerClass).ToArray();
        if (small.Length > 0 && options.Filter <= LabelErrorFilter.Both)
            warnings.Add(new("class_too_small", $"Class {string.Join(", ", small)} has no more than {options.MinExamplesPerClass} items: pruning leaves it alone."));
        if (joint.LabelCount == 1) warnings.Add(new("one_class", "With one class alone no label can be wrong."));
        return warnings;
    }
}

/// <summary>Labels that are likely wrong.</summary>
public sealed record LabelErrorReport
{
    /// <summary>For each item whether its label is called an error.</summary>
    public required bool[] IsError { get; init; }

    /// <summary>The items called errors, worst first.</summary>
    public required int[] Ranked { get; init; }

    /// <summary>Score of each item's label by the measure that ranks, in [0, 1]: the lower, the likelier wrong.</summary>
    public required double[] Scores { get; init; }

    /// <summary>Thresholds, confident counts and what follows from them.</summary>
    public required ConfidentJoint Joint { get; init; }

    /// <summary>Number of errors that confident learning estimates, whatever the filter: confident counts off the diagonal where the model does not agree with the label.</summary>
    public required int EstimatedErrors { get; init; }

    /// <summary>What a reader should know.</summary>
    public required IReadOnlyList<TruthWarning> Warnings { get; init; }
}
