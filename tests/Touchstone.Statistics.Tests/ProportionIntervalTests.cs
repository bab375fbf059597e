using System.Text.Json;
using Touchstone.Testing;

namespace Touchstone.Statistics.Tests;

public sealed class ProportionIntervalTests
{
    [Fact]
    public void Intervals_equal_those_of_scipy()
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(TestData.Find(Assert.Skip, "crowd", "expected-sampling-drift.json")));
        foreach (var row in expected.RootElement.GetProperty("proportion_intervals").EnumerateArray())
        {
            var (k, n) = (row.GetProperty("k").GetInt32(), row.GetProperty("n").GetInt32());
            AssertInterval(row.GetProperty("wilson95"), ProportionInterval.Wilson(k, n));
            AssertInterval(row.GetProperty("clopper_pearson95"), ProportionInterval.ClopperPearson(k, n));
            var posterior = ProportionInterval.Posterior(k, n, 0.5, 0.5);
            var jeffreys = ProportionInterval.Jeffreys(k, n);
            AssertInterval(row.GetProperty("jeffreys95"), new Interval(k == 0 ? 0 : posterior.Lower, k == n ? 1 : posterior.Upper));
            Assert.Equal(jeffreys, new Interval(k == 0 ? 0 : posterior.Lower, k == n ? 1 : posterior.Upper));
            var below = row.GetProperty("posterior_prob_accuracy_below_0.9_uniform_prior").GetDouble();
            Assert.Equal(below, Beta.Cumulative(0.9, k + 1, n - k + 1), Math.Max(1e-9, 0));
        }
    }

    [Fact]
    public void Quantiles_undo_the_cumulative_distribution()
    {
        foreach (var alpha in new[] { 0.05, 0.5, 1, 3.7, 40, 2000 })
            foreach (var beta in new[] { 0.05, 0.5, 1, 2.2, 300 })
                foreach (var p in new[] { 1e-6, 0.025, 0.5, 0.8, 0.975, 1 - 1e-6 })
                {
                    var x = Beta.Quantile(p, alpha, beta);
                    if (x is > 1e-290 and < 1 - 1e-12) Assert.Equal(p, Beta.Cumulative(x, alpha, beta), 1e-9);
                }
    }

    [Theory]
    [InlineData(0.975, 1, 12.706204736432095)]
    [InlineData(0.975, 5, 2.5705818366147395)]
    [InlineData(0.975, 29, 2.045229642132703)]
    [InlineData(0.95, 10, 1.8124611228107335)]
    [InlineData(0.025, 29, -2.045229642132703)]
    [InlineData(0.975, 1e9, 1.959963984540054)]
    [InlineData(0.5, 4, 0)]
    public void Students_t_has_the_tables_quantiles(double probability, double degrees, double expected) =>
        Assert.Equal(expected, StudentT.Quantile(probability, degrees), 1e-8);

    [Theory]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.5, 0)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(1e-20, -9.262340089798408)]
    public void The_normal_has_the_tables_quantiles(double probability, double expected) =>
        Assert.Equal(expected, Normal.Quantile(probability), 1e-13 * Math.Max(1, Math.Abs(expected)));

    [Fact]
    public void Impossible_counts_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ProportionInterval.Wilson(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProportionInterval.Wilson(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProportionInterval.ClopperPearson(1, 2, 1));
    }

    private static void AssertInterval(JsonElement expected, Interval actual)
    {
        Assert.Equal(expected[0].GetDouble(), actual.Lower, 2e-10);
        Assert.Equal(expected[1].GetDouble(), actual.Upper, 2e-10);
    }
}
