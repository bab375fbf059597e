namespace Touchstone.Statistics;

/// <summary>
/// Logarithm and exponential made of additions, multiplications and divisions only, which IEEE 754 rounds alike on every machine.
/// <see cref="Math.Log(double)"/> and <see cref="Math.Exp(double)"/> come from the machine's own C library and may differ in the last
/// bit, which is enough to send a seeded simulation or an iteration with a stopping rule down another path.
/// </summary>
/// <remarks>The algorithms of fdlibm's e_log.c and e_exp.c (Sun Microsystems, 1993). Error below one unit in the last place.</remarks>
public static class PortableMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.44269504088896338700e+00;
    private const double LargestExponent = 709.782712893383973096;
    private const double SmallestExponent = -745.13321910194110842;

    /// <summary>Natural logarithm.</summary>
    /// <returns>Negative infinity at 0, NaN below 0.</returns>
    public static double Log(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var high = (uint)(bits >> 32);
        var exponent = 0;
        if (high < 0x0010_0000 || high >> 31 != 0)
        {
            if (bits << 1 == 0) return double.NegativeInfinity;
            if (high >> 31 != 0) return double.NaN;
            exponent = -54; // subnormal: bring it into the normal range first
            bits = BitConverter.DoubleToUInt64Bits(value * 18014398509481984.0);
            high = (uint)(bits >> 32);
        }
        else if (high >= 0x7ff0_0000)
        {
            return value;
        }
        else if (high == 0x3ff0_0000 && bits << 32 == 0)
        {
            return 0;
        }

        high += 0x3ff0_0000 - 0x3fe6_a09e; // reduce to [sqrt(2)/2, sqrt(2)]
        exponent += (int)(high >> 20) - 0x3ff;
        high = (high & 0x000f_ffff) + 0x3fe6_a09e;
        var reduced = BitConverter.UInt64BitsToDouble((ulong)high << 32 | bits & 0xffff_ffff);

        var f = reduced - 1.0;
        var halfSquare = 0.5 * f * f;
        var s = f / (2.0 + f);
        var z = s * s;
        var w = z * z;
        var even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
        var odd = z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
        return s * (halfSquare + (odd + even)) + exponent * Ln2Low - halfSquare + f + exponent * Ln2High;
    }

    /// <summary>e to the power of <paramref name="value"/>.</summary>
    /// <returns>0 below about -745.1, positive infinity above about 709.8.</returns>
    public static double Exp(double value)
    {
        if (double.IsNaN(value)) return value;
        if (value > LargestExponent) return double.PositiveInfinity;
        if (value < SmallestExponent) return 0;

        var magnitude = Math.Abs(value);
        if (magnitude < 3.7252902984619140625e-9) return 1.0 + value;
        var k = 0;
        double high = value, low = 0, x = value;
        if (magnitude > 0.5 * Ln2High)
        {
            k = (int)(InverseLn2 * value + (value < 0 ? -0.5 : 0.5));
            high = value - k * Ln2High;
            low = k * Ln2Low;
            x = high - low;
        }

        var xx = x * x;
        var c = x - xx * (1.66666666666666019037e-01 + xx * (-2.77777777770155933842e-03 + xx * (6.61375632143793436117e-05
            + xx * (-1.65339022054652515390e-06 + xx * 4.13813679705723846039e-08))));
        var y = 1.0 + (x * c / (2.0 - c) - low + high);
        return k == 0 ? y : Math.ScaleB(y, k);
    }
}
