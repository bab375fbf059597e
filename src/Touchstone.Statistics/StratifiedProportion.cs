namespace Touchstone.Statistics;

/// <summary>One stratum of a stratified sample.</summary>
/// <param name="Population">Items of the stratum, greater than 0.</param>
/// <param name="Sample">Items drawn from it at random without replacement, in [1, <paramref name="Population"/>].</param>
/// <param name="Successes">Of them the successes, in [0, <paramref name="Sample"/>].</param>
public readonly record struct SampledStratum(double Population, double Sample, double Successes)
{
    /// <summary>Least share of a stratum that passes for not looked at, so that one looked at altogether is as good as fixed.</summary>
    private const double LeastUnseen = 1e-9;

    /// <summary>Whether a possible share is weighed as if the stratum were endless. Kept for what was once published so; it calls strata that were seen nearly whole as open as those hardly looked at.</summary>
    public bool IsTakenAsEndless { get; init; }

    /// <summary>How many times more an item drawn tells of the stratum's share than one of an endless stratum: what was seen of a finite one stands but for errors of measurement, and the unseen part alone can differ.</summary>
    internal double Evidence(double noise)
    {
        if (IsTakenAsEndless) return 1;
        var (seen, variance) = (Sample / Population, Successes / Sample * (1 - Successes / Sample));
        return 1 / Math.Max(LeastUnseen, 1 - seen + (noise <= 0 ? 0 : seen * (variance > noise ? noise / variance : 1)));
    }
}

/// <summary>A share in a population that was sampled stratum by stratum, each item weighted by the inverse of its chance of being drawn (Horvitz and Thompson).</summary>
/// <remarks>
/// D. G. Horvitz and D. J. Thompson, JASA 47, 1952. The interval inverts the score test: for each possible share P the strata's shares are set to those of greatest likelihood among all whose weighted sum is P, and P is
/// inside where |estimate - P| is at most z standard deviations computed there. In that likelihood a stratum of which the share f was seen counts as 1 / (1 - f) times its sample, so that one seen whole stays as it was found and the deviation falls to
/// those hardly looked at. For one stratum this is Wilson's interval; strata without an error do not, as in the usual formula, pass for certain.
/// O. S. Miettinen and M. Nurminen, Statistics in Medicine 4(2), 1985, use it for differences.
/// </remarks>
public static class StratifiedProportion
{
    private const int Halvings = 45;

    /// <summary>The weighted share of successes: sum over strata of population share times sample share.</summary>
    public static double Estimate(ReadOnlySpan<SampledStratum> strata)
    {
        Check(strata);
        double total = 0, sum = 0;
        foreach (var s in strata)
        {
            total += s.Population;
            sum += s.Population * s.Successes / s.Sample;
        }

        return sum / total;
    }

    /// <summary>The score interval.</summary>
    /// <param name="strata">At least one.</param>
    /// <param name="quantile">In standard deviations, such as 1.96; for a one-sided bound such as 1.645.</param>
    /// <param name="noise">Variance of an error of measurement of each item, which looking at all items would not take away; 0 where a look at an item is certain.</param>
    /// <remarks>O(strata) time, with a constant of some thousand.</remarks>
    public static Interval Score(ReadOnlySpan<SampledStratum> strata, double quantile, double noise = 0)
    {
        var estimate = Estimate(strata);
        return new Interval(Limit(strata, estimate, 0, quantile, noise), Limit(strata, estimate, 1, quantile, noise));
    }

    /// <summary>
    /// A cautious lower bound, for promises: that of Clopper and Pearson with the number of independent items that would have the variance found at the lower score limit. For one stratum of a large population it is exact; for several it is at most the score limit with half a step of the estimate taken off.
    /// </summary>
    /// <param name="strata">At least one.</param>
    /// <param name="confidence">One-sided, in (0.5, 1).</param>
    /// <param name="noise">As in <see cref="Score"/>.</param>
    /// <remarks>E. L. Korn and B. I. Graubard, Survey Methodology 24(2), 1998, with the variance at the limit instead of the estimate, which would be 0 without an error.</remarks>
    public static double CautiousLower(ReadOnlySpan<SampledStratum> strata, double confidence, double noise = 0)
    {
        if (!(confidence > 0.5 && confidence < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A one-sided confidence lies between 0.5 and 1, such as 0.95.");
        var estimate = Estimate(strata);
        var limit = Limit(strata, estimate, 0, Normal.Quantile(confidence), noise);
        var variance = VarianceAt(strata, limit, noise);
        if (limit <= 0 || estimate <= 0) return 0;
        if (variance <= 0) return limit;
        var effective = limit * (1 - limit) / variance;
        var exact = Math.Min(limit, Beta.Quantile(1 - confidence, estimate * effective, (1 - estimate) * effective + 1));
        if (strata.Length == 1) return exact;
        // With several strata the variance may lie in one whose few errors come in large steps: half a step of the largest is taken off.
        return Math.Min(exact, Limit(strata, Math.Max(0, estimate - LargestStep(strata) / 2), 0, Normal.Quantile(confidence), noise));
    }

    /// <summary>By how much one item more or less changes the estimate, in the stratum where it changes it most.</summary>
    private static double LargestStep(ReadOnlySpan<SampledStratum> strata)
    {
        double total = 0, largest = 0;
        foreach (var s in strata) total += s.Population;
        foreach (var s in strata)
            if (s.Sample < s.Population) largest = Math.Max(largest, s.Population / total / s.Sample);
        return largest;
    }

    /// <summary>Variance of the estimate where the share were <paramref name="share"/>, the strata's shares being the likeliest that give it.</summary>
    public static double VarianceAt(ReadOnlySpan<SampledStratum> strata, double share, double noise = 0)
    {
        double total = 0;
        foreach (var s in strata) total += s.Population;
        var slope = Slope(strata, total, share, noise);
        double variance = 0;
        foreach (var s in strata)
        {
            var weight = s.Population / total;
            var p = Likeliest(s, weight * slope, noise);
            variance += weight * weight * ((1 - s.Sample / s.Population) * Math.Max(0, p * (1 - p) - noise) + noise) / s.Sample;
        }

        return variance;
    }

    private static double Limit(ReadOnlySpan<SampledStratum> strata, double estimate, double end, double quantile, double noise)
    {
        var (inside, outside) = (estimate, end);
        if (Distance(strata, estimate, end + (end > 0 ? -1e-12 : 1e-12), quantile, noise) <= 0) return end;
        for (var step = 0; step < Halvings; step++)
        {
            var middle = (inside + outside) / 2;
            if (Distance(strata, estimate, middle, quantile, noise) > 0) outside = middle;
            else inside = middle;
        }

        return (inside + outside) / 2;
    }

    private static double Distance(ReadOnlySpan<SampledStratum> strata, double estimate, double share, double quantile, double noise) =>
        (estimate - share) * (estimate - share) - quantile * quantile * VarianceAt(strata, share, noise);

    /// <summary>Lagrange's factor at which the likeliest shares have the weighted sum <paramref name="share"/>.</summary>
    private static double Slope(ReadOnlySpan<SampledStratum> strata, double total, double share, double noise)
    {
        double low = -1, high = 1;
        while (SumAt(strata, total, low, noise) < share && low > -1e15) low *= 8;
        while (SumAt(strata, total, high, noise) > share && high < 1e15) high *= 8;
        for (var step = 0; step < Halvings + 20; step++)
        {
            var middle = (low + high) / 2;
            if (SumAt(strata, total, middle, noise) > share) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    private static double SumAt(ReadOnlySpan<SampledStratum> strata, double total, double slope, double noise)
    {
        double sum = 0;
        foreach (var s in strata) sum += s.Population / total * Likeliest(s, s.Population / total * slope, noise);
        return sum;
    }

    /// <summary>The root in [0, 1] of x / p - (n - x) / (1 - p) = c; it falls as c rises.</summary>
    private static double Likeliest(SampledStratum stratum, double c, double noise)
    {
        var evidence = stratum.Evidence(noise);
        var (n, x) = (stratum.Sample * evidence, stratum.Successes * evidence);
        var b = n + c;
        var root = Math.Sqrt(Math.Max(0, b * b - 4 * c * x));
        var p = b + root > 0 ? 2 * x / (b + root) : (b - root) / (2 * c); // the form that does not cancel
        if (x == 0 && b < 0) p = b / c;
        return Math.Clamp(p, 0, 1);
    }

    private static void Check(ReadOnlySpan<SampledStratum> strata)
    {
        if (strata.IsEmpty) throw new ArgumentException("A stratified share needs at least one stratum.", nameof(strata));
        for (var h = 0; h < strata.Length; h++)
        {
            var s = strata[h];
            if (!(s.Sample > 0 && s.Sample <= s.Population)) throw new ArgumentException($"Stratum {h}: a sample of {s.Sample:R} does not lie between 1 and its {s.Population:R} items.", nameof(strata));
            if (!(s.Successes >= 0 && s.Successes <= s.Sample)) throw new ArgumentException($"Stratum {h}: {s.Successes:R} successes do not lie between 0 and its sample of {s.Sample:R}.", nameof(strata));
        }
    }
}
