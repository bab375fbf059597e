using MathNet.Numerics;

namespace Touchstone.Statistics;

/// <summary>The chi-square distribution.</summary>
public static class ChiSquare
{
    private const int MaxSteps = 200;

    /// <summary>Probability that a chi-square variable is at most <paramref name="x"/>.</summary>
    /// <param name="x">Not negative.</param>
    /// <param name="degreesOfFreedom">Greater than 0.</param>
    public static double Cumulative(double x, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        return x <= 0 ? 0 : SpecialFunctions.GammaLowerRegularized(degreesOfFreedom / 2, x / 2);
    }

    /// <summary>The value that a chi-square variable stays below with the given probability.</summary>
    /// <param name="probability">In [0, 1).</param>
    /// <param name="degreesOfFreedom">Greater than 0.</param>
    /// <remarks>Starts from the cube of a normal variable (Wilson and Hilferty, PNAS 17(12), 1931), then Newton's step inside a bracket; to full precision.</remarks>
    public static double Quantile(double probability, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        if (!(probability >= 0 && probability < 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies in [0, 1).");
        if (probability == 0) return 0;
        var spread = 2 / (9 * degreesOfFreedom);
        var root = 1 - spread + Normal.Quantile(probability) * Math.Sqrt(spread);
        var x = Math.Max(degreesOfFreedom * root * root * root, 1e-12);
        double low = 0, high = double.PositiveInfinity;
        var logScale = -degreesOfFreedom / 2 * PortableMath.Log(2) - GammaFunctions.Log(degreesOfFreedom / 2);
        for (var step = 0; step < MaxSteps; step++)
        {
            var error = Cumulative(x, degreesOfFreedom) - probability;
            if (error == 0) return x;
            if (error > 0) high = x;
            else low = x;
            var density = PortableMath.Exp((degreesOfFreedom / 2 - 1) * PortableMath.Log(x) - x / 2 + logScale);
            var next = x - error / density;
            if (!(next > low && next < high)) next = double.IsPositiveInfinity(high) ? 2 * x : (low + high) / 2;
            if (Math.Abs(next - x) <= 1e-15 * x) return next;
            x = next;
        }

        return x;
    }
}
