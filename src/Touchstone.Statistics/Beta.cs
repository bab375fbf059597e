using MathNet.Numerics;

namespace Touchstone.Statistics;

/// <summary>The beta distribution, which carries every interval for a proportion.</summary>
public static class Beta
{
    private const int MaxSteps = 200;

    /// <summary>Probability that a beta variable is at most <paramref name="x"/>: the regularised incomplete beta function.</summary>
    /// <param name="x">Clamped to [0, 1].</param>
    /// <param name="alpha">Greater than 0.</param>
    /// <param name="beta">Greater than 0.</param>
    public static double Cumulative(double x, double alpha, double beta)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        if (x <= 0) return 0;
        return x >= 1 ? 1 : SpecialFunctions.BetaRegularized(alpha, beta, x);
    }

    /// <summary>The value that a beta variable stays below with the given probability.</summary>
    /// <param name="probability">In [0, 1].</param>
    /// <param name="alpha">Greater than 0.</param>
    /// <param name="beta">Greater than 0.</param>
    /// <remarks>Newton's step where it stays inside the bracket, bisection where it does not; to full precision.</remarks>
    public static double Quantile(double probability, double alpha, double beta)
    {
        if (double.IsNaN(probability) || probability < 0 || probability > 1)
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies in [0, 1].");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        if (probability is 0 or 1) return probability;
        // The lower half keeps small values exact; the upper one mirrors it.
        return probability <= Cumulative(0.5, alpha, beta) ? LowerHalf(probability, alpha, beta) : 1 - LowerHalf(1 - probability, beta, alpha);
    }

    private static double LowerHalf(double probability, double alpha, double beta)
    {
        var logBeta = SpecialFunctions.GammaLn(alpha) + SpecialFunctions.GammaLn(beta) - SpecialFunctions.GammaLn(alpha + beta);
        double low = 0, high = 0.5;
        // Near 0 the distribution is x^alpha / (alpha B): a good first guess, exact in the limit.
        var x = Math.Exp((Math.Log(probability * alpha) + logBeta) / alpha);
        if (!(x > 0 && x < 0.5)) x = Math.Min(0.25, alpha / (alpha + beta));
        for (var step = 0; step < MaxSteps; step++)
        {
            var error = Cumulative(x, alpha, beta) - probability;
            if (error == 0) return x;
            if (error > 0) high = x;
            else low = x;
            var density = Math.Exp((alpha - 1) * Math.Log(x) + (beta - 1) * Math.Log(1 - x) - logBeta);
            var next = x - error / density;
            if (!(next > low && next < high)) next = low > 0 && high / low > 4 ? Math.Sqrt(low * high) : (low + high) / 2;
            if (Math.Abs(next - x) <= 1e-15 * x) return next;
            x = next;
            if (x == 0) return 0;
        }

        return x;
    }
}
