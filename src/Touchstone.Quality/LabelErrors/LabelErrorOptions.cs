namespace Touchstone.Quality.LabelErrors;

/// <summary>Which items are called label errors.</summary>
public enum LabelErrorFilter
{
    /// <summary>Of each given class as many items as the calibrated joint says are of another, those of lowest self-confidence.</summary>
    PruneByClass,

    /// <summary>Of each pair (given k, true j) as many items as the calibrated joint has there, those of largest p_j - p_k. The usual choice.</summary>
    PruneByNoiseRate,

    /// <summary>What both prunings call an error.</summary>
    Both,

    /// <summary>The items that were counted off the diagonal of the confident joint.</summary>
    ConfidentLearning,

    /// <summary>The items whose most probable class is not the given one.</summary>
    PredictedNeqGiven,

    /// <summary>As many items as <see cref="ConfidentLearning"/> finds, those of lowest normalized margin.</summary>
    LowNormalizedMargin,

    /// <summary>As many items as <see cref="ConfidentLearning"/> finds, those of lowest self-confidence.</summary>
    LowSelfConfidence,
}

/// <summary>How label errors are found.</summary>
/// <param name="Filter">Which items are called errors.</param>
/// <param name="RankBy">The score by which errors are ordered, lowest first.</param>
/// <param name="RankAdjusted">Whether that score is adjusted by thresholds.</param>
/// <param name="FractionNoise">Share of the estimated errors that pruning takes, in [0, 1]; 1 takes all.</param>
/// <param name="MinExamplesPerClass">At least so many items of each class are kept by pruning; a class of no more items is left alone.</param>
public sealed record LabelErrorOptions(
    LabelErrorFilter Filter = LabelErrorFilter.PruneByNoiseRate,
    LabelQualityScore RankBy = LabelQualityScore.SelfConfidence,
    bool RankAdjusted = false,
    double FractionNoise = 1,
    int MinExamplesPerClass = 1)
{
    /// <summary>Pruning by noise rate, ranked by self-confidence.</summary>
    public static readonly LabelErrorOptions Default = new();
}
