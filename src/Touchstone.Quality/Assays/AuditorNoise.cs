using Touchstone.Statistics;

namespace Touchstone.Quality.Assays;

/// <summary>How often auditors err, learnt from images that two of them judged, and what that does to a share that they judged.</summary>
/// <remarks>
/// Two who err independently with probability e in each unit agree on J = (1 - e)² of things, since two do not err alike; on a choice of two they agree on (1 - e)² + e². A thing that is right is called right with probability
/// 1 - e, so that the share A gives a = A (1 - e), and with two choices a = A (1 - e) + (1 - A) e. Units come in images, so that the interval of J is that of <see cref="ClusterSample"/>.
/// </remarks>
internal sealed record AuditorNoise
{
    /// <summary>Auditors who err more often than this in a unit say nothing.</summary>
    public const double MostErrors = 0.45;

    private const double MostCorrelation = 0.9;

    private readonly bool _isChoice;

    private readonly double _covariance;
    private readonly double _variance;
    private double _correlation;

    private AuditorNoise(bool isChoice, ClusterSample sample, double differing, double error, double low, double high, double covariance) =>
        (_isChoice, _variance, _covariance, Units, Differing, Error, Low, High) = (isChoice, sample.Variance, covariance, sample.Units, differing, error, low, high);

    public double Units { get; }

    public double Differing { get; }

    public double Error { get; }

    public double Low { get; }

    public double High { get; }

    /// <summary>Variance that errors put into one unit.</summary>
    public double Variance => Error * (1 - Error);

    /// <param name="same">Units of each image in which two auditors agree.</param>
    /// <param name="units">Units of each image that two auditors judged.</param>
    /// <param name="influences">By how much each of those images moves the share that was called right; null where that is not reckoned with.</param>
    /// <param name="isChoice">Whether an error turns right into wrong and wrong into right alike.</param>
    /// <param name="isOneSided">Whether only some of the errors bear on the share, and it is not known which: from none to all.</param>
    /// <param name="balance">Between which factors the errors in the first judgements lie beside those in the pairs.</param>
    /// <param name="confidence">Of the interval.</param>
    /// <returns>Null where no unit was judged twice.</returns>
    public static AuditorNoise? Of(double[] same, double[] units, double[]? influences, bool isChoice, bool isOneSided, GraderBalance balance, double confidence)
    {
        var sample = new ClusterSample(same, units, populationImages: null);
        if (sample.Units <= 0) return null;
        var agreement = sample.Score(confidence);
        var (low, high) = (ErrorAt(agreement.Upper, isChoice) * balance.Least, ErrorAt(agreement.Lower, isChoice) * balance.Most);
        var error = ErrorAt(sample.Ratio, isChoice);
        if (isOneSided) (low, high) = (0, 1 - (1 - high) * (1 - high));
        var covariance = influences is null ? 0 : StableSum.Of(influences.Select((u, i) => u * (same[i] - sample.Ratio * units[i]) / sample.Units));
        return new AuditorNoise(isChoice, sample, sample.Units - StableSum.Of(same), error, Math.Min(low, error), Math.Min(MostErrors, Math.Max(high, error)), covariance);
    }

    /// <summary>The same, knowing the variance of the share called right: units in which auditors differ are called right less often, so that this share and the errors found lean against each other.</summary>
    public AuditorNoise LeaningOn(double calledVariance)
    {
        var deviation = Math.Sqrt(calledVariance * _variance);
        return this with { _correlation = deviation > 0 ? Math.Clamp(-_covariance / deviation, -MostCorrelation, 0) : 0 };
    }

    /// <summary>The share that is right, of which auditors called so much right.</summary>
    public double Corrected(double called, double error) => _isChoice ? (called - error) / (1 - 2 * error) : called / (1 - error);

    /// <summary>Estimate and interval with auditors' errors taken out, what is not known of them in the interval, and how much wider than as judged that makes it.</summary>
    /// <remarks>The width is compared before the ends are cut at 0 and 1: errors taken out move the estimate towards the right end, where the cut alone could leave the interval narrower than it was. Variances recovered from both intervals: G. Zou and A. Donner, Statistics in Medicine 27(10), 2008, with the correlation of the two where it is known (<see cref="LeaningOn"/>).</remarks>
    /// <param name="called">The share that auditors called right.</param>
    /// <param name="interval">Of that share, with the variance that errors put into it.</param>
    /// <param name="asJudged">Of the share without errors, were the auditors never wrong.</param>
    public (double Estimate, Interval Interval, double WidenedBy) Apply(double called, in Interval interval, in Interval asJudged)
    {
        var estimate = Corrected(called, Error);
        var (atLow, atHigh) = (Corrected(called, Low), Corrected(called, High));
        // Where fewer than half of the choices are called right, more errors mean a lower share: then the two add up.
        var correlation = atLow <= atHigh ? _correlation : -_correlation;
        var lower = estimate - Distance(estimate - Corrected(interval.Lower, Error), Math.Max(0, estimate - Math.Min(atLow, atHigh)), correlation);
        var upper = estimate + Distance(Corrected(interval.Upper, Error) - estimate, Math.Max(0, Math.Max(atLow, atHigh) - estimate), correlation);
        return (Math.Clamp(estimate, 0, 1), new Interval(Math.Clamp(lower, 0, 1), Math.Clamp(upper, 0, 1)), Math.Max(0, upper - lower - (asJudged.Upper - asJudged.Lower)));
    }

    private static double ErrorAt(double agreement, bool isChoice) =>
        Math.Min(MostErrors, isChoice ? (1 - Math.Sqrt(Math.Max(0, 2 * agreement - 1))) / 2 : 1 - Math.Sqrt(Math.Max(0, agreement)));

    private static double Distance(double byLabels, double byAuditors, double correlation) =>
        Math.Sqrt(Math.Max(0, Square(byLabels) + Square(byAuditors) + 2 * correlation * byLabels * byAuditors));

    private static double Square(double value) => value * value;
}

/// <summary>Pairs of judgements tell what two auditors err together; how much of that is in the first judgements depends on how often each of them gave those.</summary>
/// <param name="Least">The errors of the first judgements beside those of the pairs, were they all the auditor's who gave the fewest first judgements for their pairs.</param>
/// <param name="Most">The same for the auditor who gave the most.</param>
internal readonly record struct GraderBalance(double Least, double Most)
{
    /// <summary>Where all auditors have the same share in both, both are 1. Auditors who are in no pair cannot be checked and are left out.</summary>
    /// <param name="images">All that was judged.</param>
    /// <param name="allowChance">Whether a difference of one standard deviation, as auditors who judge by turns at random come to, is let pass: what they err is then already in both samples alike.</param>
    public static GraderBalance Of(IReadOnlyList<AuditedImage> images, bool allowChance = true)
    {
        var (first, pairs) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new SortedDictionary<string, int>(StringComparer.Ordinal));
        foreach (var image in images)
        {
            if (image.Grader is not { } grader) continue;
            Count(first, grader);
            if (image.Second is not { } second) continue;
            Count(pairs, grader);
            Count(pairs, second.Grader);
        }

        double judged = pairs.Keys.Sum(g => first.GetValueOrDefault(g)), paired = pairs.Values.Sum();
        if (judged <= 0 || paired <= 0) return new GraderBalance(1, 1);
        var factors = pairs.Select(p => Factor(first.GetValueOrDefault(p.Key) / judged, p.Value / paired, allowChance ? judged : double.PositiveInfinity)).ToArray();
        return new GraderBalance(Math.Min(1, factors.Min()), Math.Max(1, factors.Max()));
    }

    private static double Factor(double ofFirst, double ofPairs, double judged)
    {
        var beyond = Math.Max(0, Math.Abs(ofFirst - ofPairs) - Math.Sqrt(ofPairs * (1 - ofPairs) / judged));
        return 1 + Math.Sign(ofFirst - ofPairs) * beyond / ofPairs;
    }

    /// <summary>First judgements of auditors whom no pair checks.</summary>
    public static int Unchecked(IReadOnlyList<AuditedImage> images)
    {
        var checkedGraders = images.Where(i => i.Second is not null).SelectMany(i => new[] { i.Grader, i.Second!.Grader }).ToHashSet(StringComparer.Ordinal);
        return checkedGraders.Count == 0 ? 0 : images.Count(i => !checkedGraders.Contains(i.Grader));
    }

    private static void Count(SortedDictionary<string, int> counts, string grader) => counts[grader] = counts.GetValueOrDefault(grader) + 1;
}
