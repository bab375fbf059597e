using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary><see cref="PortableMath.Exp"/> on four numbers at once: the same operations in the same order on each, hence the same bits.</summary>
internal static class VectorExp
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.44269504088896338700e+00;
    private const double SmallestExponent = -745.13321910194110842;
    private const double WholeNumbers = 6755399441055744.0; // 1.5 * 2^52: adding it leaves an integer in the low bits

    /// <summary>e to the power of numbers that are not above 0; 0 for negative infinity. Not for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> OfNegative(Vector256<double> value)
    {
        var inside = Vector256.Max(value, Vector256.Create(SmallestExponent));
        var magnitude = Vector256.Abs(inside);
        var reduces = Vector256.GreaterThan(magnitude, Vector256.Create(0.5 * Ln2High));
        var k = Vector256.Truncate(inside * InverseLn2 - Vector256.Create(0.5)) & reduces.AsDouble();
        var high = inside - k * Ln2High;
        var low = k * Ln2Low;
        var x = high - low;
        var xx = x * x;
        var c = x - xx * (Vector256.Create(1.66666666666666019037e-01) + xx * (Vector256.Create(-2.77777777770155933842e-03) + xx * (Vector256.Create(6.61375632143793436117e-05)
            + xx * (Vector256.Create(-1.65339022054652515390e-06) + xx * Vector256.Create(4.13813679705723846039e-08)))));
        var y = Vector256<double>.One + (x * c / (Vector256.Create(2.0) - c) - low + high);
        var first = Vector256.Max(k, Vector256.Create(-969.0)); // in two steps, since 2^k may be below the least normal number
        var scaled = y * PowerOfTwo(first) * PowerOfTwo(k - first);
        var tiny = Vector256.LessThan(magnitude, Vector256.Create(3.7252902984619140625e-9));
        var result = Vector256.ConditionalSelect(tiny, Vector256<double>.One + inside, scaled);
        return Vector256.ConditionalSelect(Vector256.LessThan(value, Vector256.Create(SmallestExponent)), Vector256<double>.Zero, result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> PowerOfTwo(Vector256<double> whole) =>
        Vector256.ShiftLeft((whole + Vector256.Create(WholeNumbers)).AsInt64() + Vector256.Create(1023L), 52).AsDouble();
}
