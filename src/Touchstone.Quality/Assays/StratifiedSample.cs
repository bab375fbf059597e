using Touchstone.Statistics;

namespace Touchstone.Quality.Assays;

/// <summary>
/// A ratio Σ y / Σ x over images drawn at random, part by part: each judged image stands for as many as its part has of each judged one (Horvitz and Thompson's weights). For one part it is <see cref="ClusterSample"/>.
/// </summary>
internal sealed class StratifiedSample
{
    private const double LeastDesignEffect = 0.5;

    private readonly Stratum[] _strata;
    private readonly int _images;
    private readonly double[] _y;
    private readonly double[] _x;
    private readonly int[] _part;
    private readonly IReadOnlyList<int> _populations;
    private readonly bool _isFirst;

    /// <param name="y">What is right in each image: not above x.</param>
    /// <param name="x">Units of each image.</param>
    /// <param name="part">Part of each image.</param>
    /// <param name="populations">Images of each part. Parts of which nothing was judged count for nothing here.</param>
    /// <param name="isFirst">Whether by the rules of <see cref="AssayRevision.First"/>.</param>
    public StratifiedSample(double[] y, double[] x, int[] part, IReadOnlyList<int> populations, bool isFirst = false)
    {
        (_images, _y, _x, _part, _populations, _isFirst) = (x.Length, y, x, part, populations, isFirst);
        _strata = [.. Enumerable.Range(0, populations.Count).Select(h => Stratum.Of(y, x, [.. Enumerable.Range(0, x.Length).Where(i => part[i] == h)], populations[h])).Where(s => s.Images > 0)];
        Units = StableSum.Of(x);
        (WeightedY, WeightedX) = (_strata.Sum(s => s.Weight * s.SumY), _strata.Sum(s => s.Weight * s.SumX));
        Ratio = WeightedX > 0 ? WeightedY / WeightedX : 0;
        IsCensus = Array.TrueForAll(_strata, s => s.Population == s.Images);
        (Variance, SeenVariance, IsOneImage) = Jackknife();
    }

    private double WeightedY { get; }

    private double WeightedX { get; }

    /// <summary>Number of units judged.</summary>
    public double Units { get; }

    /// <summary>The estimate.</summary>
    public double Ratio { get; }

    /// <summary>Whether every image of every part was judged.</summary>
    public bool IsCensus { get; }

    /// <summary>Whether nothing is known of how images differ.</summary>
    public bool IsOneImage { get; }

    /// <summary>Whether all images have the same value: of a mean nothing then shows how far others may be off. Earlier rules did not ask.</summary>
    public bool IsWithoutSpread => !_isFirst && !IsOneImage && UnseenSpread.IsIn(Variance);

    /// <summary>Images with a value in the part that has fewest of them: no part is known better by what was drawn from others. A part without any says nothing.</summary>
    private int Rarest => _strata.Select(s => s.X.Count(x => x > 0)).Where(n => n > 0).Min();

    /// <summary>Variance of the ratio by leaving out one image after another within its part, before the finite population correction.</summary>
    private double Variance { get; }

    /// <summary>The same with each part's finite population correction.</summary>
    private double SeenVariance { get; }

    /// <summary>Variance beside that of as many independent units in the same parts.</summary>
    public double DesignEffect
    {
        get
        {
            var independent = _strata.Where(s => s.SumX > 0).Sum(s => Square(s.Weight * s.SumX / WeightedX) * (s.SumY / s.SumX) * (1 - s.SumY / s.SumX) / s.SumX);
            return independent > 1e-15 ? Math.Max(LeastDesignEffect, Variance / independent) : 1;
        }
    }

    /// <summary>
    /// The score interval of a stratified share (<see cref="StratifiedProportion.Score"/>), with units in place of images and Student's t times the root of the design effect in place of the normal quantile: parts without an
    /// error do not pass for certain. For one part it is <see cref="ClusterSample.Score"/>.
    /// </summary>
    /// <param name="confidence">In (0, 1).</param>
    /// <param name="noise">Variance of an auditor's error in one unit, which judging every image would not take away.</param>
    public Interval Score(double confidence, double noise = 0)
    {
        if (IsCensus && noise <= 0) return new Interval(Ratio, Ratio);
        if (IsOneImage) return new Interval(0, 1);
        var interval = StratifiedProportion.Score(Strata, Quantile(confidence) * Math.Sqrt(DesignEffect), noise);
        return new Interval(Math.Min(interval.Lower, Ratio), Math.Max(interval.Upper, Ratio));
    }

    /// <summary>The score interval as if nobody erred and so much had been called right: errors of each part are taken to be fewer, or more, in the same proportion.</summary>
    /// <param name="confidence">In (0, 1).</param>
    /// <param name="share">In [0, 1].</param>
    public Interval ScoreAt(double confidence, double share)
    {
        if (IsCensus) return new Interval(share, share);
        if (IsOneImage) return new Interval(0, 1);
        var errors = Ratio < 1 ? (1 - share) / (1 - Ratio) : 1;
        return StratifiedProportion.Score(Array.ConvertAll(Strata, s => s with { Successes = Math.Clamp(s.Sample - errors * (s.Sample - s.Successes), 0, s.Sample) }), Quantile(confidence) * Math.Sqrt(DesignEffect));
    }

    /// <summary>Units in place of images.</summary>
    private SampledStratum[] Strata =>
        [.. _strata.Where(s => s.SumX > 0).Select(s => new SampledStratum(Math.Max(s.SumX, s.Weight * s.SumX), s.SumX, Math.Min(s.SumX, s.SumY)) { IsTakenAsEndless = _isFirst })];

    /// <summary>Variance of the estimate as <see cref="Score"/> reckons it, at the estimate.</summary>
    /// <param name="noise">As in <see cref="Score"/>.</param>
    public double VarianceWith(double noise) => IsOneImage ? 0 : DesignEffect * StratifiedProportion.VarianceAt(Strata, Math.Clamp(Ratio, 1e-9, 1 - 1e-9), noise);

    /// <summary>By how much each image moves the estimate, beside the mean of its part: the linear part of the ratio.</summary>
    public double[] Influences()
    {
        var influences = new double[_part.Length];
        foreach (var images in Enumerable.Range(0, _part.Length).GroupBy(i => _part[i]))
        {
            int[] drawn = [.. images];
            var mean = StableSum.Of(Array.ConvertAll(drawn, i => _y[i] - Ratio * _x[i])) / drawn.Length;
            foreach (var i in drawn) influences[i] = _populations[images.Key] / (double)drawn.Length * (_y[i] - Ratio * _x[i] - mean) / WeightedX;
        }

        return influences;
    }

    /// <summary>Student's t interval for a mean of values between <paramref name="least"/> and 1; <see cref="UnseenSpread"/> where all are the same.</summary>
    public Interval Mean(double confidence, double least)
    {
        if (IsCensus) return new Interval(Ratio, Ratio);
        if (IsOneImage) return new Interval(least, 1);
        if (IsWithoutSpread) return UnseenSpread.Around(Ratio, least, Rarest, 1, confidence);
        var half = Quantile(confidence) * Math.Sqrt(SeenVariance);
        return new Interval(Math.Max(least, Ratio - half), Math.Min(1, Ratio + half));
    }

    private double Quantile(double confidence) => StudentT.Quantile(0.5 + confidence / 2, Math.Max(1, _images - _strata.Length));

    /// <remarks>K. M. Wolter, Introduction to Variance Estimation, 2nd edition, 2007, section 4.5: the delete-one jackknife within strata. A part with one image tells nothing of itself: its deviation from the whole stands in.</remarks>
    private (double Variance, double Seen, bool IsOneImage) Jackknife()
    {
        if (WeightedX <= 0 || _images < 2) return (0, 0, true);
        double all = 0, seen = 0;
        foreach (var stratum in _strata)
        {
            var squares = new double[stratum.Images];
            for (var i = 0; i < squares.Length; i++)
            {
                var (y, x) = (stratum.Y[i], stratum.X[i]);
                if (stratum.Images == 1)
                {
                    squares[i] = Square(stratum.Weight * (y - Ratio * x) / WeightedX);
                    continue;
                }

                var weight = (double)stratum.Population / (stratum.Images - 1);
                var left = WeightedX - stratum.Weight * stratum.SumX + weight * (stratum.SumX - x);
                if (left <= 0) return (0, 0, true);
                squares[i] = Square((WeightedY - stratum.Weight * stratum.SumY + weight * (stratum.SumY - y)) / left - Ratio);
            }

            var sum = StableSum.Of(squares) * (stratum.Images == 1 ? 1 : (stratum.Images - 1.0) / stratum.Images);
            all += sum;
            seen += sum * (1 - (double)stratum.Images / stratum.Population);
        }

        return (all, seen, false);
    }

    private static double Square(double value) => value * value;

    private sealed record Stratum(double[] Y, double[] X, int Population)
    {
        public int Images => X.Length;

        public double SumY { get; } = StableSum.Of(Y);

        public double SumX { get; } = StableSum.Of(X);

        public double Weight => (double)Population / Images;

        public static Stratum Of(double[] y, double[] x, int[] images, int population) => new([.. images.Select(i => y[i])], [.. images.Select(i => x[i])], population);
    }
}
