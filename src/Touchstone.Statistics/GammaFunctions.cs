namespace Touchstone.Statistics;

/// <summary>Logarithm and derivative of the gamma function, from portable arithmetic alone, so that an iteration that stops by a tolerance stops alike everywhere.</summary>
/// <remarks>Shift upwards by the recurrence, then Stirling's series: M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 6.1.41 and 6.3.18.</remarks>
public static class GammaFunctions
{
    private const double LargeEnough = 10;
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>Natural logarithm of Γ(<paramref name="x"/>). Error about 1e-14.</summary>
    /// <param name="x">Greater than 0.</param>
    public static double Log(double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        double product = 1;
        for (; x < LargeEnough; x++) product *= x;
        var inverse = 1 / x;
        var square = inverse * inverse;
        var series = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188 - square * (691.0 / 360360))))));
        return (x - 0.5) * PortableMath.Log(x) - x + HalfLogTwoPi + series - PortableMath.Log(product);
    }

    /// <summary>ψ(<paramref name="x"/>), the derivative of <see cref="Log"/>. Error about 1e-14.</summary>
    /// <param name="x">Greater than 0.</param>
    public static double Digamma(double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        double shift = 0;
        for (; x < LargeEnough; x++) shift += 1 / x;
        var inverse = 1 / x;
        var square = inverse * inverse;
        var series = square * (1.0 / 12 - square * (1.0 / 120 - square * (1.0 / 252 - square * (1.0 / 240 - square * (1.0 / 132 - square * (691.0 / 32760))))));
        return PortableMath.Log(x) - inverse / 2 - series - shift;
    }
}
