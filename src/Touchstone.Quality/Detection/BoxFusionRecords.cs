namespace Touchstone.Quality.Detection;

/// <summary>A box with a score, from one of several models or contributors.</summary>
/// <param name="X1">Left.</param>
/// <param name="Y1">Top.</param>
/// <param name="X2">Right.</param>
/// <param name="Y2">Bottom.</param>
/// <param name="Score">How sure its model is; not negative.</param>
/// <param name="Label">Its class.</param>
public readonly record struct ScoredBox(double X1, double Y1, double X2, double Y2, double Score, int Label);

/// <summary>A box that stands for one or more.</summary>
/// <param name="Box">Where it is, with its new score.</param>
/// <param name="Sources">The boxes it was made of, as model and index in the model's list, the highest score first.</param>
public sealed record FusedBox(ScoredBox Box, IReadOnlyList<(int Model, int Index)> Sources);

/// <summary>How the score of a fused box follows from those of its sources.</summary>
public enum FusionScore
{
    /// <summary>Mean, lowered where fewer boxes than models agree.</summary>
    Average,

    /// <summary>The highest, in units of the heaviest model.</summary>
    Max,

    /// <summary>Mean weighted by model, lowered by the weight of the models that are absent.</summary>
    BoxAndModelAverage,

    /// <summary>Sum over the weights of the boxes and of the models that are absent.</summary>
    AbsentModelAwareAverage,
}

/// <summary>Settings of fusing and suppressing boxes. Defaults are those of Weighted-Boxes-Fusion.</summary>
public sealed record BoxFusionOptions
{
    /// <summary>The usual settings.</summary>
    public static readonly BoxFusionOptions Default = new();

    /// <summary>Weight of each model; null weighs all alike (and leaves scores as they are where weights would only scale them).</summary>
    public double[]? Weights { get; init; }

    /// <summary>Boxes are of one object when their intersection over union is above this.</summary>
    public double IouThreshold { get; init; } = 0.55;

    /// <summary>Boxes below this score, before weights, are left out; null leaves out none.</summary>
    public double? MinScore { get; init; }

    /// <summary>Score of a fused box.</summary>
    public FusionScore Score { get; init; } = FusionScore.Average;

    /// <summary>Whether <see cref="FusionScore.Average"/> may pass 1 when one model gave several boxes of an object.</summary>
    public bool AllowsOverflow { get; init; }

    /// <summary>Boxes are cut at this width; 1 for coordinates relative to the picture.</summary>
    public double Width { get; init; } = 1;

    /// <summary>Boxes are cut at this height.</summary>
    public double Height { get; init; } = 1;
}

/// <summary>How soft suppression lowers the score of a box that overlaps a better one.</summary>
public enum SoftSuppression
{
    /// <summary>By 1 - IoU, above the threshold.</summary>
    Linear,

    /// <summary>By exp(-IoU² / sigma).</summary>
    Gaussian,
}
