namespace Touchstone.Quality.Reliabilities;

/// <summary>
/// What is believed of a contributor within a project. Plain data: it can be kept as JSON and read back. Every number is shrunk towards the crowd's, so
/// that few tasks change little.
/// </summary>
public sealed record Reliability
{
    /// <summary>What is believed of somebody of whom, and of whose crowd, nothing is known.</summary>
    public static readonly Reliability Prior = new();

    /// <summary>The contributor; empty for the crowd as a whole.</summary>
    public string ContributorId { get; init; } = "";

    /// <summary>How they mark things, by id of the shapes question.</summary>
    public IReadOnlyDictionary<string, MarkingReliability> Marking { get; init; } = new Dictionary<string, MarkingReliability>();

    /// <summary>How they choose, by <see cref="AnswerKey"/>.</summary>
    public IReadOnlyDictionary<string, ChoiceReliability> Choices { get; init; } = new Dictionary<string, ChoiceReliability>();

    /// <summary>Spread of their ratings and numbers about the consensus: standard deviation in the question's unit, by <see cref="AnswerKey"/>.</summary>
    public IReadOnlyDictionary<string, double> Spreads { get; init; } = new Dictionary<string, double>();

    /// <summary>How they mark things in this question, or what is believed of anybody.</summary>
    public MarkingReliability MarkingOf(string questionId) => Marking.TryGetValue(questionId, out var marking) ? marking : MarkingReliability.Prior;

    /// <summary>How they choose under this key, or what is believed of anybody.</summary>
    public ChoiceReliability ChoiceOf(string key) => Choices.TryGetValue(key, out var choice) ? choice : ChoiceReliability.Prior;
}

/// <summary>How a contributor finds, names and outlines things.</summary>
public sealed record MarkingReliability
{
    /// <summary>What is believed of anybody.</summary>
    public static readonly MarkingReliability Prior = new();

    /// <summary>Probability of marking a thing that is there.</summary>
    public double DetectionRate { get; init; } = 0.85;

    /// <summary>Share of the shapes they draw of their own accord that mark nothing.</summary>
    public double SpuriousRate { get; init; } = 0.05;

    /// <summary>Standard deviation of an edge of their shapes, relative to the mean of the shape's width and height.</summary>
    public double LocalisationNoise { get; init; } = 0.04;

    /// <summary>Which class they name; null is <see cref="ChoiceReliability.PriorAccuracy"/> and errors spread evenly.</summary>
    public ConfusionMatrix? Classes { get; init; }

    /// <summary>Shapes of theirs that this rests on.</summary>
    public int ShapesDrawn { get; init; }

    /// <summary>Probability of naming a class when another is true.</summary>
    /// <param name="actual">The true class.</param>
    /// <param name="said">The class named.</param>
    /// <param name="classCount">Number of classes in the question.</param>
    public double ClassProbability(string actual, string said, int classCount) =>
        Classes?.Of(actual, said) ?? ChoiceReliability.OneCoin(ChoiceReliability.PriorAccuracy, actual == said, classCount);
}

/// <summary>How a contributor chooses among labels.</summary>
public sealed record ChoiceReliability
{
    /// <summary>What is believed of anybody's probability of choosing right.</summary>
    public const double PriorAccuracy = 0.85;

    /// <summary>What is believed of anybody.</summary>
    public static readonly ChoiceReliability Prior = new();

    /// <summary>Probability of the right label, over labels as they occur.</summary>
    public double Accuracy { get; init; } = PriorAccuracy;

    /// <summary>The same by label; null where only the accuracy is kept: of a taxonomy, or before anything is known.</summary>
    public ConfusionMatrix? Confusion { get; init; }

    /// <summary>Probability of saying a label when another is true.</summary>
    /// <param name="actual">The true label.</param>
    /// <param name="said">The label said.</param>
    /// <param name="labelCount">Number of labels to choose from.</param>
    public double Probability(string actual, string said, int labelCount) => Confusion?.Of(actual, said) ?? OneCoin(Accuracy, actual == said, labelCount);

    internal static double OneCoin(double accuracy, bool isRight, int labelCount) => isRight ? accuracy : (1 - accuracy) / Math.Max(1, labelCount - 1);
}
