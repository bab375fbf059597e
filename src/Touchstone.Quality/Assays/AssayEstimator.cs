using Touchstone.Quality.Matching;
using Touchstone.Statistics;

namespace Touchstone.Quality.Assays;

/// <summary>Estimates the accuracy of a release from images of it that were judged again.</summary>
/// <remarks>
/// Images are what is drawn, so images are what is left out one after another to learn how far the figures may be off (jackknife); drawn without
/// replacement from a finite release, what was seen is certain and only the rest uncertain. Nothing is drawn at random here: the same graded images give the same
/// assay, on every machine, whatever their order. docs/explanation/assay.md gives the mathematics and the coverage measured.
/// </remarks>
public static class AssayEstimator
{
    /// <summary>A class with fewer true shapes in the sample than this is named among the things not known.</summary>
    public const int EnoughOfAClass = 30;

    private static readonly Quantity[] Quantities =
    [
        new(FigureName.Accuracy, i => i.TruePositives, i => i.Objects),
        new(FigureName.Precision, i => i.TruePositives, i => i.TruePositives + i.FalsePositives),
        new(FigureName.Recall, i => i.TruePositives, i => i.TruePositives + i.FalseNegatives),
        new(FigureName.MeanIou, i => i.IouSum, i => i.TruePositives) { IsMean = true },
        new(FigureName.ChoiceAccuracy, i => i.ChoicesCorrect, i => i.ChoicesAsked),
        new(FigureName.AttributeAccuracy, i => i.AttributesCorrect, i => i.AttributesAsked),
    ];

    /// <summary>Estimates.</summary>
    /// <param name="audited">Images of the release drawn by a simple random sample without replacement, graded; none is allowed.</param>
    /// <param name="populationImageCount">Images of the release.</param>
    /// <param name="options">Null is <see cref="AssayOptions.Default"/>.</param>
    /// <param name="gold">Gold images, graded by <see cref="GoldGrading"/> so that none trained what grades it; reported apart.</param>
    /// <returns>The assay, or why there is none.</returns>
    /// <exception cref="ArgumentException">More images were audited than the release has, or one twice.</exception>
    public static AssayOutcome Estimate(
        IReadOnlyList<GradedImage> audited, int populationImageCount, AssayOptions? options = null, IReadOnlyList<GradedImage>? gold = null)
    {
        options ??= AssayOptions.Default;
        if (audited.Count > populationImageCount)
            throw new ArgumentException($"{audited.Count} images were audited, but the release has {populationImageCount}.", nameof(audited));
        var sample = Ordered(audited, nameof(audited));
        var known = Ordered(gold ?? [], nameof(gold));
        if (sample.Length == 0 && known.Length == 0)
            return new AssayOutcome.Refused("nothing_audited", "No image was audited and no gold was graded. Audit a random sample of the release, or accept a release without an assay.");

        var figures = Figures(sample, populationImageCount, options.Confidence, isGold: false);
        var goldFigures = Figures(known, null, options.Confidence, isGold: true);
        if (figures.Count == 0 && goldFigures.Count == 0)
            return new AssayOutcome.Refused("nothing_to_grade", "The images judged again hold neither shapes nor choices, neither in the release nor in the reference. Audit more images.");

        return new AssayOutcome.Measured(new Assay
        {
            Confidence = options.Confidence,
            PopulationImages = populationImageCount,
            AuditedImages = sample.Length,
            GoldImages = known.Length,
            Figures = figures,
            GoldFigures = goldFigures,
            NotKnown = AssayCaveats.For(sample, known, populationImageCount, figures),
        });
    }

    private static GradedImage[] Ordered(IReadOnlyList<GradedImage> images, string name)
    {
        GradedImage[] ordered = [.. images.OrderBy(i => i.ImageId, StringComparer.Ordinal)];
        for (var i = 1; i < ordered.Length; i++)
            if (ordered[i].ImageId == ordered[i - 1].ImageId) throw new ArgumentException($"The image \"{ordered[i].ImageId}\" was graded twice.", name);
        return ordered;
    }

    private static List<AssayFigure> Figures(GradedImage[] images, int? population, double confidence, bool isGold)
    {
        List<AssayFigure> figures = [];
        foreach (var quantity in Quantities)
        {
            var sample = new ClusterSample(Array.ConvertAll(images, i => quantity.Right(i)), Array.ConvertAll(images, i => (double)quantity.Units(i)), population);
            if (sample.Units > 0) figures.Add(Figure(quantity, sample, images.Length, confidence, isGold));
        }

        return figures;
    }

    private static AssayFigure Figure(Quantity quantity, ClusterSample sample, int images, double confidence, bool isGold)
    {
        var interval = quantity.IsMean ? sample.Mean(confidence, ShapeMatching.GradingThreshold) : sample.Score(confidence);
        string method;
        if (sample.Unseen <= 0) method = AssayMethod.Census;
        else if (sample.IsOneImage) method = isGold ? AssayMethod.GoldWholeRange : AssayMethod.WholeRange;
        else if (quantity.IsMean) method = isGold ? AssayMethod.GoldStudentT : AssayMethod.StudentT;
        else method = isGold ? AssayMethod.GoldScore : AssayMethod.Score;
        return new AssayFigure(
            quantity.Name, Rounding.ToDigest(sample.Ratio), Rounding.ToDigest(interval.Lower), Rounding.ToDigest(interval.Upper),
            images, (int)sample.Units, Rounding.ToDigest(quantity.IsMean || sample.IsOneImage ? 1 : sample.DesignEffect), method);
    }

    private sealed record Quantity(string Name, Func<GradedImage, double> Right, Func<GradedImage, int> Units)
    {
        public bool IsMean { get; init; }
    }
}
