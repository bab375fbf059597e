namespace Touchstone.Statistics;

/// <summary>Student's t distribution.</summary>
public static class StudentT
{
    /// <summary>The value that t stays below with the given probability.</summary>
    /// <param name="probability">In (0, 1).</param>
    /// <param name="degreesOfFreedom">Greater than 0; infinity gives the normal distribution.</param>
    public static double Quantile(double probability, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        if (degreesOfFreedom > 1e7 || probability is <= 0 or >= 1) return Normal.Quantile(probability);
        if (probability == 0.5) return 0;
        // P(|T| > t) = I_x(df/2, 1/2) with x = df / (df + t^2)
        var x = Beta.Quantile(2 * Math.Min(probability, 1 - probability), degreesOfFreedom / 2, 0.5);
        var t = Math.Sqrt(degreesOfFreedom * (1 - x) / x);
        return probability < 0.5 ? -t : t;
    }
}
