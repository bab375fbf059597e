using MathNet.Numerics;

namespace Touchstone.Statistics.Tests;

public sealed class SpecialFunctionsTests
{
    [Fact]
    public void Gamma_and_its_derivative_equal_known_values()
    {
        Assert.Equal(Math.Log(24), GammaFunctions.Log(5), 1e-13);
        Assert.Equal(Math.Log(Math.PI) / 2, GammaFunctions.Log(0.5), 1e-13);
        Assert.Equal(-0.57721566490153286, GammaFunctions.Digamma(1), 1e-13);
        foreach (var x in new[] { 1e-3, 0.3, 1.7, 9.99, 10, 123.4, 1e6 })
        {
            Assert.Equal(SpecialFunctions.GammaLn(x), GammaFunctions.Log(x), 1e-10 * Math.Max(1, Math.Abs(GammaFunctions.Log(x))));
            Assert.Equal(SpecialFunctions.DiGamma(x), GammaFunctions.Digamma(x), 1e-10 * Math.Max(1, Math.Abs(GammaFunctions.Digamma(x))));
        }
    }

    [Theory]
    [InlineData(0.95, 1, 3.841458820694124)]
    [InlineData(0.975, 10, 20.483177350807388)]
    [InlineData(0.025, 2, 0.050635615968579795)]
    public void Chi_square_quantiles_equal_tables(double probability, double freedom, double expected)
    {
        Assert.Equal(expected, ChiSquare.Quantile(probability, freedom), 1e-7);
        Assert.Equal(probability, ChiSquare.Cumulative(ChiSquare.Quantile(probability, freedom), freedom), 1e-10);
    }

    [Fact]
    public void A_valley_is_followed_to_its_lowest_point()
    {
        double[] point = [-1.2, 1, -1.2, 1];
        var before = double.PositiveInfinity;
        var outcome = Lbfgs.Minimise((x, gradient) =>
        {
            double sum = 0;
            for (var j = 0; j < 4; j += 2)
            {
                var (a, b) = (1 - x[j], x[j + 1] - x[j] * x[j]);
                sum += a * a + 100 * b * b;
                gradient[j] = -2 * a - 400 * b * x[j];
                gradient[j + 1] = 200 * b;
            }

            before = Math.Min(before, sum);
            return sum;
        }, point, 1e-16, 1000);
        Assert.True(outcome.Converged);
        Assert.All(point, x => Assert.Equal(1, x, 1e-6));
        Assert.True(outcome.Value <= before + 1e-12);
    }
}
