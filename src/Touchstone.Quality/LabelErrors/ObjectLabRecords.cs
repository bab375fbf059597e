namespace Touchstone.Quality.LabelErrors;

/// <summary>A box that was labelled, in pixels.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Not negative.</param>
/// <param name="Height">Not negative.</param>
/// <param name="Label">Class, from 0.</param>
public readonly record struct LabelledBox(double X, double Y, double Width, double Height, int Label);

/// <summary>A box that a model predicts, in pixels.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Not negative.</param>
/// <param name="Height">Not negative.</param>
/// <param name="Label">Class, from 0.</param>
/// <param name="Probability">Probability that there is an object of this class, in [0, 1].</param>
public readonly record struct PredictedBox(double X, double Y, double Width, double Height, int Label, double Probability);

/// <summary>One image's boxes.</summary>
/// <param name="Given">Boxes as labelled.</param>
/// <param name="Predicted">Boxes as predicted out of sample, unlikely ones too.</param>
public sealed record ObjectLabImage(IReadOnlyList<LabelledBox> Given, IReadOnlyList<PredictedBox> Predicted);

/// <summary>Settings of <see cref="ObjectLab"/>; the defaults are the paper's and cleanlab's.</summary>
public sealed record ObjectLabOptions
{
    /// <summary>The defaults.</summary>
    public static readonly ObjectLabOptions Default = new();

    /// <summary>Weight of the IoU in the similarity of two boxes, in [0, 1]; the rest weighs their distance.</summary>
    public double IouWeight { get; init; } = 0.9;

    /// <summary>How fast nearness falls with the distance of centres: exp(-this * pixels).</summary>
    public double DistanceFactor { get; init; } = 0.1;

    /// <summary>From this probability on a prediction can tell of an overlooked object, above it of a swapped class.</summary>
    public double HighProbability { get; init; } = 0.95;

    /// <summary>Above this probability a prediction can tell of a bad location.</summary>
    public double LowProbability { get; init; } = 0.5;

    /// <summary>Temperature of the smooth minimum over an image's boxes.</summary>
    public double Temperature { get; init; } = 0.1;

    /// <summary>Two labelled boxes of different classes with at least this IoU are one object labelled twice; null does not look for such.</summary>
    public double? DoubledIou { get; init; } = 0.95;

    /// <summary>A box is an error from a score of this times the average precision of its class downwards: a weak model accuses less.</summary>
    public double ErrorFactor { get; init; } = 0.2;
}

/// <summary>Scores of one image and its boxes, each in [0, 1]: the lower, the likelier there is an error.</summary>
/// <param name="Quality">Geometric mean of the smooth minima of the three kinds of error.</param>
/// <param name="Overlooked">For each predicted box, how well a labelled box accounts for it; NaN where it cannot tell of an overlooked object.</param>
/// <param name="BadlyPlaced">For each labelled box, how well it lies on a prediction of its class.</param>
/// <param name="Swapped">For each labelled box, how little it looks like another class.</param>
/// <param name="IsError">Whether any of them is low enough to be called an error.</param>
public sealed record ObjectLabScore(double Quality, double[] Overlooked, double[] BadlyPlaced, double[] Swapped, bool IsError);
