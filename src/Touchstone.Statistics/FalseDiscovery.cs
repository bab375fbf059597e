namespace Touchstone.Statistics;

/// <summary>Many tests at once: how to call few of them by chance.</summary>
public static class FalseDiscovery
{
    /// <summary>Adjusted p-values (q-values) of Benjamini and Hochberg: calling all tests with q at most 0.05 makes, on average, at most 5 % of the calls wrong.</summary>
    /// <param name="pValues">p-values, each in [0, 1].</param>
    /// <returns>q of each test, in the same order, in [0, 1] and never below its p-value; a smaller p-value never has a larger q.</returns>
    /// <exception cref="ArgumentException">A p-value is none.</exception>
    /// <remarks>q of the i-th smallest of m: the least over j at least i of p_j m / j. Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57(1), 1995. Holds for independent and positively dependent tests.</remarks>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> pValues)
    {
        var sorted = pValues.ToArray();
        for (var i = 0; i < sorted.Length; i++)
            if (!(sorted[i] >= 0 && sorted[i] <= 1)) throw new ArgumentException($"Test {i}: {sorted[i]:R} is no p-value.", nameof(pValues));
        var order = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, order);
        var adjusted = new double[sorted.Length];
        double least = 1;
        for (var rank = sorted.Length; rank > 0; rank--)
        {
            // p m / m is p exactly, which rounding must not undercut.
            least = Math.Min(least, rank == sorted.Length ? sorted[rank - 1] : Math.Max(sorted[rank - 1], sorted[rank - 1] * sorted.Length / rank));
            adjusted[order[rank - 1]] = least;
        }

        return adjusted;
    }
}
