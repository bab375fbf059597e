namespace Touchstone.Statistics;

/// <summary>Two-sided intervals for a proportion, from independent trials. Counts may be fractional, as an effective sample size is.</summary>
public static class ProportionInterval
{
    /// <summary>Wilson's score interval: close to its nominal coverage on average, also near 0 and 1.</summary>
    /// <param name="successes">In [0, <paramref name="trials"/>].</param>
    /// <param name="trials">Greater than 0.</param>
    /// <param name="confidence">In (0, 1), such as 0.95.</param>
    /// <remarks>E. B. Wilson, JASA 22, 1927.</remarks>
    public static Interval Wilson(double successes, double trials, double confidence = 0.95)
    {
        Check(successes, trials, confidence);
        return Score(successes, trials, Normal.Quantile(0.5 + confidence / 2));
    }

    /// <summary>The score interval with a quantile of the caller's choice, such as Student's t where a variance was estimated.</summary>
    /// <param name="successes">In [0, <paramref name="trials"/>].</param>
    /// <param name="trials">Greater than 0; an effective sample size need not be whole.</param>
    /// <param name="quantile">In standard deviations, such as 1.96.</param>
    public static Interval Score(double successes, double trials, double quantile)
    {
        var p = successes / trials;
        var z2 = quantile * quantile;
        var centre = (p + z2 / (2 * trials)) / (1 + z2 / trials);
        var half = quantile * Math.Sqrt(p * (1 - p) / trials + z2 / (4 * trials * trials)) / (1 + z2 / trials);
        return new Interval(successes <= 0 ? 0 : Math.Max(0, centre - half), successes >= trials ? 1 : Math.Min(1, centre + half));
    }

    /// <summary>Clopper and Pearson's interval: never covers less than promised, hence wider than need be on average.</summary>
    /// <inheritdoc cref="Wilson" path="/param"/>
    /// <remarks>C. J. Clopper and E. S. Pearson, Biometrika 26(4), 1934.</remarks>
    public static Interval ClopperPearson(double successes, double trials, double confidence = 0.95)
    {
        Check(successes, trials, confidence);
        var tail = (1 - confidence) / 2;
        return new Interval(
            successes <= 0 ? 0 : Beta.Quantile(tail, successes, trials - successes + 1),
            successes >= trials ? 1 : Beta.Quantile(1 - tail, successes + 1, trials - successes));
    }

    /// <summary>Equal-tailed posterior interval under the prior Beta(½, ½), stretched to 0 or 1 where nothing or everything succeeded.</summary>
    /// <inheritdoc cref="Wilson" path="/param"/>
    /// <remarks>L. D. Brown, T. T. Cai, A. DasGupta, Statistical Science 16(2), 2001, section 4.1 (modified at the ends).</remarks>
    public static Interval Jeffreys(double successes, double trials, double confidence = 0.95)
    {
        var interval = Posterior(successes, trials, 0.5, 0.5, confidence);
        return new Interval(successes <= 0 ? 0 : interval.Lower, successes >= trials ? 1 : interval.Upper);
    }

    /// <summary>Equal-tailed posterior interval under the prior Beta(<paramref name="priorSuccesses"/>, <paramref name="priorFailures"/>).</summary>
    /// <param name="successes">In [0, <paramref name="trials"/>].</param>
    /// <param name="trials">Greater than 0.</param>
    /// <param name="priorSuccesses">Greater than 0.</param>
    /// <param name="priorFailures">Greater than 0.</param>
    /// <param name="confidence">In (0, 1), such as 0.95.</param>
    public static Interval Posterior(double successes, double trials, double priorSuccesses, double priorFailures, double confidence = 0.95)
    {
        Check(successes, trials, confidence);
        var tail = (1 - confidence) / 2;
        var (alpha, beta) = (successes + priorSuccesses, trials - successes + priorFailures);
        return new Interval(Beta.Quantile(tail, alpha, beta), Beta.Quantile(1 - tail, alpha, beta));
    }

    private static void Check(double successes, double trials, double confidence)
    {
        if (!(trials > 0)) throw new ArgumentOutOfRangeException(nameof(trials), trials, "An interval needs at least one trial.");
        if (!(successes >= 0 && successes <= trials))
            throw new ArgumentOutOfRangeException(nameof(successes), successes, $"Successes lie between 0 and the {trials} trials.");
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1, such as 0.95.");
    }
}
