using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary><see cref="PortableMath.Log"/> of four numbers at once: the same operations in the same order on each, hence the same bits.</summary>
internal static class VectorLog
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double WholeNumbers = 6755399441055744.0; // 1.5 * 2^52: its low bits hold an integer

    /// <summary>Natural logarithm of normal numbers above 0; not for 0, infinity or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> OfPositive(Vector256<double> value)
    {
        var bits = value.AsInt64() + Vector256.Create((long)(0x3ff0_0000 - 0x3fe6_a09e) << 32); // reduce to [sqrt(2)/2, sqrt(2)]
        var whole = Vector256.ShiftRightLogical(bits, 52) - Vector256.Create(0x3ffL);
        var exponent = (whole + Vector256.Create(WholeNumbers).AsInt64()).AsDouble() - Vector256.Create(WholeNumbers);
        var reduced = ((bits & Vector256.Create(0x000f_ffff_ffff_ffffL)) + Vector256.Create(0x3fe6_a09eL << 32)).AsDouble();

        var f = reduced - Vector256<double>.One;
        var halfSquare = Vector256.Create(0.5) * f * f;
        var s = f / (Vector256.Create(2.0) + f);
        var z = s * s;
        var w = z * z;
        var even = w * (Vector256.Create(3.999999999940941908e-01) + w * (Vector256.Create(2.222219843214978396e-01) + w * Vector256.Create(1.531383769920937332e-01)));
        var odd = z * (Vector256.Create(6.666666666666735130e-01) + w * (Vector256.Create(2.857142874366239149e-01)
            + w * (Vector256.Create(1.818357216161805012e-01) + w * Vector256.Create(1.479819860511658591e-01))));
        return s * (halfSquare + (odd + even)) + exponent * Ln2Low - halfSquare + f + exponent * Ln2High;
    }
}
