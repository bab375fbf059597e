namespace Touchstone.Statistics;

/// <summary>Distributions of counts: of errors in a sample with and without replacement.</summary>
public static class Counting
{
    /// <summary>P(X at most <paramref name="count"/>) of the binomial distribution.</summary>
    /// <param name="count">0 below 0, 1 from <paramref name="trials"/> on.</param>
    /// <param name="trials">Not negative.</param>
    /// <param name="probability">In [0, 1].</param>
    /// <remarks>The regularised incomplete beta function I_{1-p}(n - c, c + 1).</remarks>
    public static double BinomialCumulative(int count, int trials, double probability)
    {
        CheckProbability(probability);
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        if (count < 0) return 0;
        return count >= trials ? 1 : Beta.Cumulative(1 - probability, trials - count, count + 1);
    }

    /// <summary>P(X at most <paramref name="count"/>) of the hypergeometric distribution: errors in a sample without replacement.</summary>
    /// <param name="count">Errors in the sample.</param>
    /// <param name="sample">Items drawn, in [0, <paramref name="population"/>].</param>
    /// <param name="errors">Errors in the population, in [0, <paramref name="population"/>].</param>
    /// <param name="population">Items there are.</param>
    /// <remarks>Ratios of neighbouring terms from the mode, over their sum: no logarithm of a factorial loses digits. O(min(sample, errors)) time.</remarks>
    public static double HypergeometricCumulative(int count, int sample, int errors, int population)
    {
        CheckDraw(sample, errors, population);
        var (low, high) = (Math.Max(0, sample - (population - errors)), Math.Min(sample, errors));
        if (count < low) return 0;
        if (count >= high) return 1;
        var terms = HypergeometricTerms(sample, errors, population, low, high);
        return Math.Min(1, StableSum.Of(terms.AsSpan(0, count - low + 1)) / StableSum.Of(terms));
    }

    /// <summary>Terms proportional to the probabilities of <paramref name="low"/> ... <paramref name="high"/>, that of the mode being 1.</summary>
    internal static double[] HypergeometricTerms(int sample, int errors, int population, int low, int high)
    {
        var terms = new double[high - low + 1];
        var mode = (int)Math.Clamp((sample + 1.0) * (errors + 1.0) / (population + 2.0), low, high);
        terms[mode - low] = 1;
        double rest = population - errors - sample;
        for (var k = mode + 1; k <= high; k++) terms[k - low] = terms[k - 1 - low] * ((sample - k + 1.0) * (errors - k + 1.0)) / (k * (rest + k));
        for (var k = mode - 1; k >= low; k--) terms[k - low] = terms[k + 1 - low] * ((k + 1.0) * (rest + k + 1)) / ((sample - k) * (double)(errors - k));
        return terms;
    }

    private static void CheckDraw(int sample, int errors, int population)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(population);
        if (sample < 0 || sample > population) throw new ArgumentOutOfRangeException(nameof(sample), sample, $"A sample lies between 0 and the {population} items.");
        if (errors < 0 || errors > population) throw new ArgumentOutOfRangeException(nameof(errors), errors, $"Errors lie between 0 and the {population} items.");
    }

    private static void CheckProbability(double probability)
    {
        if (!(probability >= 0 && probability <= 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies in [0, 1].");
    }
}
