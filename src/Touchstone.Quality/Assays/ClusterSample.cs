using Touchstone.Statistics;

namespace Touchstone.Quality.Assays;

/// <summary>
/// A ratio Σ y / Σ x over images drawn at random without replacement from a finite release: the share of units that are right, where units come
/// in images and errors come together in them.
/// </summary>
internal sealed class ClusterSample
{
    /// <summary>
    /// Least design effect believed. A sample of few images may by luck look more even than independent units would be; below this it is luck.
    /// </summary>
    private const double LeastDesignEffect = 0.5;

    private readonly double[] _y;
    private readonly double[] _x;
    private readonly AssayRevision _revision;

    /// <param name="y">What is right in each image: not above x.</param>
    /// <param name="x">Units of each image.</param>
    /// <param name="populationImages">Images of the release; null when the images are no sample of it.</param>
    /// <param name="revision">By which rules.</param>
    public ClusterSample(double[] y, double[] x, int? populationImages, AssayRevision revision = AssayRevision.Current)
    {
        (_y, _x, _revision) = (y, x, revision);
        Units = StableSum.Of(x);
        Ratio = Units > 0 ? StableSum.Of(y) / Units : 0;
        Unseen = populationImages is { } images ? 1 - (double)x.Length / images : 1;
        (Variance, IsOneImage) = Jackknife();
    }

    /// <summary>Number of units.</summary>
    public double Units { get; }

    /// <summary>The estimate.</summary>
    public double Ratio { get; }

    /// <summary>Share of the release's images that were not drawn: the finite population correction.</summary>
    public double Unseen { get; }

    /// <summary>Variance of the ratio by leaving out one image after another, before the finite population correction.</summary>
    /// <remarks>K. M. Wolter, Introduction to Variance Estimation, 2nd edition, 2007, chapter 4: the delete-one jackknife of a ratio, one primary unit at a time.</remarks>
    public double Variance { get; }

    /// <summary>Whether all units lie in one image, so that nothing is known of how images differ.</summary>
    public bool IsOneImage { get; }

    /// <summary>Whether all images have the same value: of a mean nothing then shows how far others may be off. Earlier rules did not ask.</summary>
    public bool IsWithoutSpread => _revision != AssayRevision.First && !IsOneImage && UnseenSpread.IsIn(Variance);

    /// <summary>Variance beside that of as many independent units. 1 where every unit is right or every one wrong, since then nothing shows it.</summary>
    public double DesignEffect
    {
        get
        {
            var independent = Ratio * (1 - Ratio) / Units;
            return independent > 1e-15 ? Math.Max(LeastDesignEffect, Variance / independent) : 1;
        }
    }

    /// <summary>
    /// Wilson's score interval with the effective sample size n / (design effect · unseen share) and Student's t on images - 1 degrees. It keeps its promise
    /// near 1, where an interval of bootstrap percentiles collapses as soon as the sample holds no error.
    /// </summary>
    /// <remarks>
    /// E. B. Wilson 1927; effective sample size in survey intervals as in E. L. Korn and B. I. Graubard, Survey Methodology 24(2), 1998, with the score interval in
    /// place of Clopper and Pearson's, which covers more than promised; N. Dean and M. Pagano, Journal of Survey Statistics and Methodology 3(4), 2015, compare them.
    /// </remarks>
    public Interval Score(double confidence)
    {
        if (Unseen <= 0) return new Interval(Ratio, Ratio);
        if (IsOneImage) return new Interval(0, 1);
        var effective = Units / (DesignEffect * Unseen);
        var interval = ProportionInterval.Score(Ratio * effective, effective, Quantile(confidence));
        // What was seen stands: the unseen part alone can differ.
        return new Interval(Math.Min(interval.Lower, Ratio), Math.Max(interval.Upper, Ratio));
    }

    /// <summary>Student's t interval for a mean of values between <paramref name="least"/> and 1; <see cref="UnseenSpread"/> where all are the same.</summary>
    public Interval Mean(double confidence, double least)
    {
        if (Unseen <= 0) return new Interval(Ratio, Ratio);
        if (IsOneImage) return new Interval(least, 1);
        if (IsWithoutSpread) return UnseenSpread.Around(Ratio, least, _x.Count(x => x > 0), Unseen, confidence);
        var half = Quantile(confidence) * Math.Sqrt(Variance * Unseen);
        return new Interval(Math.Max(least, Ratio - half), Math.Min(1, Ratio + half));
    }

    private double Quantile(double confidence) => StudentT.Quantile(0.5 + confidence / 2, _x.Length - 1);

    private (double Variance, bool IsOneImage) Jackknife()
    {
        var n = _x.Length;
        if (Units <= 0 || n < 2) return (0, true);
        var (sumY, sumX) = (StableSum.Of(_y), Units);
        var squares = new double[n];
        for (var i = 0; i < n; i++)
        {
            var left = sumX - _x[i];
            if (left <= 0) return (0, true);
            var deviation = (sumY - _y[i]) / left - Ratio;
            squares[i] = deviation * deviation;
        }

        return ((n - 1.0) / n * StableSum.Of(squares), false);
    }
}
