using System.Runtime.Intrinsics;
using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class VectorExpTests
{
    [Fact]
    public void It_has_the_bits_of_the_scalar_exponential()
    {
        var random = new SeededRandom(1);
        double[] edges = [0, -1e-300, -3.7252902984619140625e-9, -1e-9, -0.34657359027997264, -0.3465735902799727, -0.5, -1, -708.4, -709, -740, -745, -745.1332191019411, -745.2, -1e6, double.NegativeInfinity];
        foreach (var value in edges.Concat(Enumerable.Range(0, 20_000).Select(i => -random.NextDouble() * (i % 2 == 0 ? 3 : 760))))
            Assert.Equal(BitConverter.DoubleToInt64Bits(PortableMath.Exp(value)), BitConverter.DoubleToInt64Bits(VectorExp.OfNegative(Vector256.Create(value))[2]));
    }

    [Fact]
    public void The_logarithm_has_the_bits_of_the_scalar_one()
    {
        var random = new SeededRandom(2);
        foreach (var value in new[] { 1.0, 1e-10, 0.5, 0.70710678118654752, 0.70710678118654757, 1.4142135623730951, 2, 1e300, 2.3e-308 }.Concat(Enumerable.Range(0, 20_000).Select(i => i % 2 == 0 ? random.NextDouble() + 1e-300 : random.NextDouble() * 1e6 + 1e-9)))
            Assert.Equal(BitConverter.DoubleToInt64Bits(PortableMath.Log(value)), BitConverter.DoubleToInt64Bits(VectorLog.OfPositive(Vector256.Create(value))[1]));
    }
}
