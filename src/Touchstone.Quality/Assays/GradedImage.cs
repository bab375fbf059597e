namespace Touchstone.Quality.Assays;

/// <summary>One released image held against reference answers: counts only, so that an assay can be recomputed from them.</summary>
public sealed record GradedImage
{
    /// <summary>The image's task.</summary>
    public required string ImageId { get; init; }

    /// <summary>Released shapes that match a true one (similarity of at least 0.5) and have its class.</summary>
    public int TruePositives { get; init; }

    /// <summary>Released shapes that do not.</summary>
    public int FalsePositives { get; init; }

    /// <summary>True shapes that no released shape of their class matches.</summary>
    public int FalseNegatives { get; init; }

    /// <summary>Matches with a wrong class. Each is one of the false positives and one of the false negatives too, but only one thing.</summary>
    public int WrongClass { get; init; }

    /// <summary>Sum of the similarities (IoU of boxes and polygons) of the true positives.</summary>
    public double IouSum { get; init; }

    /// <summary>Choice questions of the task answered as the reference does.</summary>
    public int ChoicesCorrect { get; init; }

    /// <summary>Choice questions of the task that the reference answers.</summary>
    public int ChoicesAsked { get; init; }

    /// <summary>Attributes of true positives answered as the reference does.</summary>
    public int AttributesCorrect { get; init; }

    /// <summary>Attributes of true positives that the reference answers.</summary>
    public int AttributesAsked { get; init; }

    /// <summary>Shapes by class, of the reference's class where there is one.</summary>
    public IReadOnlyDictionary<string, GradedClass> Classes { get; init; } = new Dictionary<string, GradedClass>();

    /// <summary>Different things in the release and in the reference: true positives, inventions, misses and wrong classes, each once.</summary>
    public int Objects => TruePositives + FalsePositives + FalseNegatives - WrongClass;
}

/// <summary>Counts of one class.</summary>
/// <param name="TruePositives">Found and named right.</param>
/// <param name="FalsePositives">Released under this class and not true.</param>
/// <param name="FalseNegatives">Of this class and not released so.</param>
public readonly record struct GradedClass(int TruePositives, int FalsePositives, int FalseNegatives);
