using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using TestData = Touchstone.Testing.TestData;

namespace Touchstone.Statistics.Tests;

public sealed class SignificanceTestsTests
{
    private static JsonElement Expected => JsonDocument.Parse(File.ReadAllBytes(TestData.Find(Assert.Skip, "crowd", "expected-sampling-drift.json"))).RootElement;

    [Fact]
    public void Tests_of_two_samples_equal_those_of_scipy()
    {
        var drift = Expected.GetProperty("drift");
        double[] x = [.. drift.GetProperty("x").EnumerateArray().Select(e => e.GetDouble())], y = [.. drift.GetProperty("y").EnumerateArray().Select(e => e.GetDouble())];
        var ks = SignificanceTests.KolmogorovSmirnov(x, y);
        Assert.Equal(drift.GetProperty("ks_d").GetDouble(), ks.Statistic, 1e-9);
        Assert.Equal(drift.GetProperty("ks_p_exact").GetDouble(), ks.PValue, 1e-9);
        var u = SignificanceTests.MannWhitney(x, y);
        Assert.Equal(drift.GetProperty("mannwhitney_u").GetDouble(), u.Statistic, 1e-9);
        Assert.Equal(drift.GetProperty("mannwhitney_p").GetDouble(), u.PValue, 1e-6);
        Assert.Equal(drift.GetProperty("wasserstein1").GetDouble(), SignificanceTests.Wasserstein(x, y), 1e-9);
    }

    [Fact]
    public void Tests_of_tables_equal_those_of_scipy()
    {
        var tests = Expected.GetProperty("tests");
        var fisher = SignificanceTests.Fisher(18, 2, 11, 9);
        Assert.Equal(tests.GetProperty("fisher").GetProperty("odds").GetDouble(), fisher.Statistic, 1e-8);
        Assert.Equal(tests.GetProperty("fisher").GetProperty("p").GetDouble(), fisher.PValue, 1e-9);
        Assert.Equal(tests.GetProperty("mcnemar_exact").GetProperty("p").GetDouble(), SignificanceTests.McNemar(3, 11).PValue, 1e-9);
        Assert.Equal(tests.GetProperty("two_proportion_z").GetProperty("z").GetDouble(), SignificanceTests.TwoProportions(87, 100, 72, 95).Statistic, 1e-8);
    }

    [Fact]
    public void Samples_alike_or_of_one_value_do_not_differ()
    {
        Assert.Equal(1, SignificanceTests.KolmogorovSmirnov([1, 2, 3], [1, 2, 3]).PValue);
        Assert.Equal(1, SignificanceTests.MannWhitney([5, 5], [5, 5, 5]).PValue);
        Assert.Equal(1, SignificanceTests.McNemar(0, 0).PValue);
        Assert.Equal(1, SignificanceTests.TwoProportions(5, 5, 7, 7).PValue);
        Assert.Throws<ArgumentException>(() => SignificanceTests.KolmogorovSmirnov([], [1]));
        Assert.Throws<ArgumentException>(() => SignificanceTests.MannWhitney([double.NaN], [1]));
        Assert.Throws<ArgumentException>(() => SignificanceTests.ChiSquare([1, -1], 2));
    }

    [Fact]
    public void Counts_without_replacement_equal_plain_counting()
    {
        // All 12 choose 5 samples of twelve items of which four are wrong.
        var atMost = new int[6];
        for (var set = 0; set < 1 << 12; set++)
            if (System.Numerics.BitOperations.PopCount((uint)set) == 5) atMost[System.Numerics.BitOperations.PopCount((uint)set & 15)]++;
        double below = 0;
        for (var k = 0; k <= 5; k++) Assert.Equal((below += atMost[k]) / 792, Counting.HypergeometricCumulative(k, 5, 4, 12), 1e-12);
        Assert.Equal(Counting.BinomialCumulative(3, 100, 0.02), Counting.HypergeometricCumulative(3, 100, 20_000_000, 1_000_000_000), 1e-5);
    }

    [Fact]
    public void Adjusted_p_values_keep_their_order_and_are_never_below()
    {
        double[] example = [0.01, 0.04, 0.03, 0.005]; // Benjamini and Hochberg by hand: 0.02, 0.04, 0.04, 0.02
        Assert.Equal([0.02, 0.04, 0.04, 0.02], FalseDiscovery.BenjaminiHochberg(example).Select(q => Math.Round(q, 12)));
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new SeededRandom(seed);
            var p = Enumerable.Range(0, random.NextInt(1, 40)).Select(_ => random.NextBool(0.2) ? 0.05 : random.NextDouble()).ToArray();
            var q = FalseDiscovery.BenjaminiHochberg(p);
            for (var i = 0; i < p.Length; i++)
            {
                Assert.InRange(q[i], p[i], 1);
                for (var j = 0; j < p.Length; j++)
                    if (p[i] <= p[j]) Assert.True(q[i] <= q[j]);
            }
        }).QuickCheckThrowOnFailure();
        Assert.Empty(FalseDiscovery.BenjaminiHochberg([]));
        Assert.Throws<ArgumentException>(() => FalseDiscovery.BenjaminiHochberg([double.NaN]));
    }

    [Fact]
    public void A_stratified_interval_shrinks_with_the_sample_and_holds_its_estimate()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new SeededRandom(seed);
            SampledStratum[] strata = [.. Enumerable.Range(0, random.NextInt(1, 6)).Select(_ =>
            {
                var n = random.NextInt(1, 80);
                return new SampledStratum(n + random.NextInt(0, 5000), n, random.NextInt(n + 1));
            })];
            var estimate = StratifiedProportion.Estimate(strata);
            var interval = StratifiedProportion.Score(strata, 1.96);
            Assert.InRange(estimate, interval.Lower - 1e-9, interval.Upper + 1e-9);
            Assert.InRange(StratifiedProportion.CautiousLower(strata, 0.95), 0, estimate + 1e-9);
            SampledStratum[] doubled = [.. strata.Select(s => new SampledStratum(2 * s.Population, 2 * s.Sample, 2 * s.Successes))];
            var narrower = StratifiedProportion.Score(doubled, 1.96);
            Assert.True(narrower.Upper - narrower.Lower <= interval.Upper - interval.Lower + 1e-9);
        }).QuickCheckThrowOnFailure();
    }
}
