namespace Touchstone.Quality.Agreements;

/// <summary>A coefficient of agreement as a function of how often each item counts, so that one piece of code serves the estimate and its bootstrap.</summary>
internal abstract class CoefficientModel
{
    /// <summary>Chance agreement this near to 1 leaves nothing to measure.</summary>
    protected const double Nothing = 1e-12;

    /// <summary>Number of items that are resampled.</summary>
    public abstract int ItemCount { get; }

    /// <summary>The coefficient when item i counts <c>times[i]</c> times. Safe for several threads.</summary>
    public abstract Estimate Of(ReadOnlySpan<int> times);

    /// <summary>Analytic variance over items without correction for a finite population, at the estimate that counts each item once; null where there is none.</summary>
    public abstract double? Variance(Estimate estimate);

    /// <summary>Value (observed - expected) / (1 - expected), or why there is none.</summary>
    protected static Estimate Corrected(double observed, double expected) =>
        1 - expected <= Nothing
            ? new Estimate(null, observed, expected, UndefinedAgreement.OneLabel)
            : new Estimate((observed - expected) / (1 - expected), observed, expected, null);

    /// <summary>Variance of the mean of the items' influences.</summary>
    protected static double? VarianceOfMean(ReadOnlySpan<double> influences, double mean)
    {
        if (influences.Length < 2) return null;
        double sum = 0;
        foreach (var influence in influences) sum += (influence - mean) * (influence - mean);
        return sum / ((double)influences.Length * (influences.Length - 1));
    }
}

/// <summary>A coefficient and what it is made of.</summary>
internal readonly record struct Estimate(double? Value, double? Observed, double? Expected, UndefinedAgreement? Undefined)
{
    public static Estimate Missing(UndefinedAgreement why) => new(null, null, null, why);
}
