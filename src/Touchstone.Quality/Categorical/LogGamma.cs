using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>Logarithm of the gamma function from portable operations only, so that what is chosen by it is the same on every machine.</summary>
internal static class LogGamma
{
    private const double HalfLog2Pi = 0.91893853320467274178;

    /// <summary>For numbers above 0; error below 1e-11.</summary>
    /// <remarks>Stirling's series from 8 on, below it by the recurrence.</remarks>
    public static double Of(double x)
    {
        var product = 1.0;
        while (x < 8) product *= x++;
        var inverse = 1 / x;
        var square = inverse * inverse;
        var series = inverse * (1.0 / 12 + square * (-1.0 / 360 + square * (1.0 / 1260 + square * (-1.0 / 1680 + square * (1.0 / 1188)))));
        return (x - 0.5) * PortableMath.Log(x) - x + HalfLog2Pi + series - PortableMath.Log(product);
    }
}
