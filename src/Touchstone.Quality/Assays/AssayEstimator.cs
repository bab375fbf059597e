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
        new(FigureName.Precision, i => i.TruePositives, i => i.TruePositives + i.FalsePositives) { IsOneSided = true },
        new(FigureName.Recall, i => i.TruePositives, i => i.TruePositives + i.FalseNegatives) { IsOneSided = true },
        new(FigureName.MeanIou, i => i.IouSum, i => i.TruePositives) { IsMean = true },
        new(FigureName.ChoiceAccuracy, i => i.ChoicesCorrect, i => i.ChoicesAsked) { IsChoice = true },
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
        if (audited.Count > populationImageCount)
            throw new ArgumentException($"{audited.Count} images were audited, but the release has {populationImageCount}.", nameof(audited));
        return Estimate(AuditSample.Simple(audited, populationImageCount), options, gold);
    }

    /// <summary>Estimates from a sample that was drawn part by part, of which two auditors judged some.</summary>
    /// <param name="drawn">The sample. Parts of which nothing was judged are left out of the figures, and the assay says so.</param>
    /// <param name="options">Null is <see cref="AssayOptions.Default"/>.</param>
    /// <param name="gold">Gold images, reported apart.</param>
    /// <returns>The assay, or why there is none. A simple random sample judged once gives the same as by the other overload.</returns>
    /// <exception cref="ArgumentException">More images were audited of a part than it has, or one twice.</exception>
    public static AssayOutcome Estimate(AuditSample drawn, AssayOptions? options = null, IReadOnlyList<GradedImage>? gold = null)
    {
        options ??= AssayOptions.Default;
        drawn.Check();
        drawn = drawn with { Images = [.. drawn.Images.OrderBy(i => i.Graded.ImageId, StringComparer.Ordinal)] };
        var populationImageCount = drawn.Parts.Sum(p => p.Population);
        var sample = Ordered([.. drawn.Images.Select(i => i.Graded)], nameof(drawn));
        var known = Ordered(gold ?? [], nameof(gold));
        if (sample.Length == 0 && known.Length == 0)
            return new AssayOutcome.Refused("nothing_audited", "No image was audited and no gold was graded. Audit a random sample of the release, or accept a release without an assay.");

        var (figures, auditors) = drawn.IsSimple ? (Figures(sample, populationImageCount, options, isGold: false), []) : Figures(drawn, options);
        var goldFigures = Figures(known, null, options, isGold: true);
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
            Auditors = auditors,
            NotKnown = AssayCaveats.For(drawn, known, figures, auditors),
        });
    }

    private static GradedImage[] Ordered(IReadOnlyList<GradedImage> images, string name)
    {
        GradedImage[] ordered = [.. images.OrderBy(i => i.ImageId, StringComparer.Ordinal)];
        for (var i = 1; i < ordered.Length; i++)
            if (ordered[i].ImageId == ordered[i - 1].ImageId) throw new ArgumentException($"The image \"{ordered[i].ImageId}\" was graded twice.", name);
        return ordered;
    }

    private static List<AssayFigure> Figures(GradedImage[] images, int? population, AssayOptions options, bool isGold)
    {
        List<AssayFigure> figures = [];
        foreach (var quantity in Quantities)
        {
            var sample = new ClusterSample(Array.ConvertAll(images, i => quantity.Right(i)), Array.ConvertAll(images, i => (double)quantity.Units(i)), population, options.Revision);
            if (sample.Units > 0) figures.Add(Figure(quantity, sample, images.Length, options.Confidence, isGold));
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
        if (quantity.IsMean && sample is { Unseen: > 0, IsWithoutSpread: true }) method = AssayMethod.WithoutSpread(method);
        return new AssayFigure(
            quantity.Name, Rounding.ToDigest(sample.Ratio), Rounding.ToDigest(interval.Lower), Rounding.ToDigest(interval.Upper),
            images, (int)sample.Units, Rounding.ToDigest(quantity.IsMean || sample.IsOneImage ? 1 : sample.DesignEffect), method);
    }

    private static (List<AssayFigure> Figures, List<AuditorFigure> Auditors) Figures(AuditSample drawn, AssayOptions options)
    {
        List<AssayFigure> figures = [];
        List<AuditorFigure> auditors = [];
        AuditedImage[] images = [.. drawn.Images];
        var part = Array.ConvertAll(images, i => i.Part);
        int[] populations = [.. drawn.Parts.Select(p => p.Population)];
        var isFirst = options.Revision == AssayRevision.First;
        var balance = GraderBalance.Of(images, allowChance: !isFirst);
        foreach (var quantity in Quantities)
        {
            var sample = new StratifiedSample(Array.ConvertAll(images, i => quantity.Right(i.Graded)), Array.ConvertAll(images, i => (double)quantity.Units(i.Graded)), part, populations, isFirst);
            if (sample.Units <= 0) continue;
            var noise = quantity.IsMean ? null : quantity.Noise(images, isFirst ? null : sample, balance, options.Confidence);
            var (figure, auditor) = Figure(quantity, sample, noise, images.Length, drawn.Parts.Count > 1, options);
            figures.Add(figure);
            if (auditor is not null) auditors.Add(auditor);
        }

        return (figures, auditors);
    }

    private static (AssayFigure Figure, AuditorFigure? Auditor) Figure(Quantity quantity, StratifiedSample sample, AuditorNoise? noise, int images, bool isStratified, AssayOptions options)
    {
        var (confidence, isFirst) = (options.Confidence, options.Revision == AssayRevision.First);
        var byWord = quantity.IsMean ? sample.Mean(confidence, ShapeMatching.GradingThreshold) : sample.Score(confidence);
        var (estimate, interval, widenedBy) = noise is null ? (sample.Ratio, byWord, 0) : noise.Apply(sample.Ratio, sample.Score(confidence, noise.Variance), isFirst ? byWord : sample.ScoreAt(confidence, Math.Clamp(noise.Corrected(sample.Ratio, noise.Error), 0, 1)));
        var figure = new AssayFigure(
            quantity.Name, Rounding.ToDigest(estimate), Rounding.ToDigest(interval.Lower), Rounding.ToDigest(interval.Upper), images, (int)sample.Units,
            Rounding.ToDigest(quantity.IsMean || sample.IsOneImage ? 1 : sample.DesignEffect), MethodOf(quantity, sample, isStratified, isFirst) + (noise is null ? "" : isFirst ? AssayMethod.AuditorsMeasuredApart : AssayMethod.AuditorsMeasured));
        return (figure, noise is null ? null : new AuditorFigure(
            quantity.Name, (int)Math.Round(noise.Units), (int)Math.Round(noise.Differing), Rounding.ToDigest(noise.Error), Rounding.ToDigest(noise.Low), Rounding.ToDigest(noise.High),
            Rounding.ToDigest(sample.Ratio), Rounding.ToDigest(widenedBy)));
    }

    private static string MethodOf(Quantity quantity, StratifiedSample sample, bool isStratified, bool isFirst)
    {
        if (sample.IsCensus) return AssayMethod.Census;
        if (sample.IsOneImage) return AssayMethod.WholeRange;
        if (quantity.IsMean && sample.IsWithoutSpread) return AssayMethod.WithoutSpread(isStratified ? AssayMethod.StratifiedStudentT : AssayMethod.StudentT);
        if (quantity.IsMean) return isStratified ? AssayMethod.StratifiedStudentT : AssayMethod.StudentT;
        if (!isStratified) return AssayMethod.Score;
        return isFirst ? AssayMethod.StratifiedScoreEndless : AssayMethod.StratifiedScore;
    }

    private sealed record Quantity(string Name, Func<GradedImage, double> Right, Func<GradedImage, int> Units)
    {
        public bool IsMean { get; init; }

        public bool IsChoice { get; init; }

        /// <summary>Precision knows nothing of what auditors invent, recall nothing of what they miss; which of the two made them differ cannot be seen.</summary>
        public bool IsOneSided { get; init; }

        /// <summary>What auditors err in units of this quantity. Two auditors are held against each other with neither as the truth: shapes that one of them has are shared between both.</summary>
        /// <param name="images">All that was judged.</param>
        /// <param name="called">The share that was called right, which leans on the same judgements; null to pass that over.</param>
        /// <param name="balance">How first judgements and pairs are shared among auditors.</param>
        /// <param name="confidence">Of the interval.</param>
        public AuditorNoise? Noise(AuditedImage[] images, StratifiedSample? called, in GraderBalance balance, double confidence)
        {
            int[] pairs = [.. Enumerable.Range(0, images.Length).Where(i => images[i].Second is not null)];
            var influences = called is null || IsOneSided ? null : called.Influences();
            var noise = AuditorNoise.Of(
                Array.ConvertAll(pairs, i => Right(images[i].Second!.Between)), Array.ConvertAll(pairs, i => Paired(images[i].Second!.Between)),
                influences is null ? null : Array.ConvertAll(pairs, i => influences[i]), IsChoice, IsOneSided, balance, confidence);
            return noise is null || influences is null ? noise : noise.LeaningOn(called!.VarianceWith(noise.Variance));
        }

        private double Paired(GradedImage between) => IsOneSided ? between.TruePositives + (between.FalsePositives + between.FalseNegatives) / 2.0 : Units(between);
    }
}
