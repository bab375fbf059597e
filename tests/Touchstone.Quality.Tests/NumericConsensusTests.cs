using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Quality.Numbers;
using Touchstone.Statistics;
using TestData = Touchstone.Testing.TestData;

namespace Touchstone.Quality.Tests;

public sealed class NumericConsensusTests
{
    [Theory]
    [InlineData("emotion")]
    [InlineData("wordsim")]
    public void Mean_and_median_equal_the_reference(string name)
    {
        var data = Load(name);
        Assert.Equal(
            (data.Expected.GetProperty("n_labels").GetInt32(), data.Expected.GetProperty("n_tasks").GetInt32(), data.Expected.GetProperty("n_workers").GetInt32()),
            (data.Votes.Count, data.Votes.ItemCount, data.Votes.ContributorCount));
        foreach (var (result, method) in new[] { (NumericConsensus.Mean(data.Votes), "mean"), (NumericConsensus.Median(data.Votes), "median") })
        {
            var expected = data.Expected.GetProperty("estimates").GetProperty(method);
            for (var i = 0; i < data.Items.Length; i++) Assert.Equal(expected.GetProperty(data.Items[i]).GetDouble(), result.Values[i]!.Value, 1e-6);
            var errors = data.Expected.GetProperty("error").GetProperty(method);
            Assert.Equal(errors.GetProperty("rmse").GetDouble(), data.RootMeanSquareError(result), 1e-6);
            Assert.Equal(errors.GetProperty("pearson").GetDouble(), data.Pearson(result), 1e-6);
        }
    }

    [Theory]
    [InlineData("emotion")]
    [InlineData("wordsim")]
    public void Weighing_contributors_by_their_exactness_follows_the_truth_better_than_the_peers_that_weigh(string name)
    {
        var data = Load(name);
        var result = ReliableMean.Fit(data.Votes);
        var (mean, median) = (NumericConsensus.Mean(data.Votes), NumericConsensus.Median(data.Votes));
        var trimmed = NumericConsensus.TrimmedMean(data.Votes);
        var huber = NumericConsensus.Huber(data.Votes);
        var note = $"{name}: rmse {data.RootMeanSquareError(result):F4} r {data.Pearson(result):F4} in {result.Rounds} rounds; mean {data.RootMeanSquareError(mean):F4} {data.Pearson(mean):F4};"
            + $" median {data.RootMeanSquareError(median):F4} {data.Pearson(median):F4}; trimmed {data.RootMeanSquareError(trimmed):F4} {data.Pearson(trimmed):F4}; huber {data.RootMeanSquareError(huber):F4} {data.Pearson(huber):F4}";
        Assert.True(result.Converged, note);
        foreach (var peer in new[] { "PM_vldb17", "CATD_vldb17" })
        {
            Assert.True(data.Pearson(result) > data.Expected.GetProperty("error").GetProperty(peer).GetProperty("pearson").GetDouble(), note);
            Assert.True(data.RootMeanSquareError(result) < data.Expected.GetProperty("error").GetProperty(peer).GetProperty("rmse").GetDouble(), note);
        }

        Assert.True(data.Pearson(result) > data.Pearson(mean) - 0.02, note);
    }

    [Fact]
    public void The_density_never_falls_and_the_model_finds_who_is_exact_and_who_is_biased()
    {
        var (votes, truth, biases, deviations) = Simulate(new SeededRandom(3), 400, 12);
        var before = double.NegativeInfinity;
        for (var rounds = 2; rounds < 20; rounds++)
        {
            var density = ReliableMean.Fit(votes, maxRounds: rounds).LogPosterior!.Value;
            Assert.True(density >= before - 1e-9 * Math.Abs(density), $"{density} after {before}");
            before = density;
        }

        var result = ReliableMean.Fit(votes);
        var (alikeBias, alikeDeviation) = (Numeric.Correlation(biases, [.. result.Skills.Select(s => s.Bias)]), Numeric.Correlation(deviations, [.. result.Skills.Select(s => s.Deviation)]));
        Assert.True(alikeBias > 0.93 && alikeDeviation > 0.95, $"biases {alikeBias:F4}, deviations {alikeDeviation:F4}");
        double Error(NumericResult r) => Math.Sqrt(truth.Select((t, i) => Math.Pow(t - r.Values[i]!.Value, 2)).Average());
        Assert.True(Error(result) < 0.7 * Error(NumericConsensus.Mean(votes)), $"{Error(result)} against {Error(NumericConsensus.Mean(votes))}");
        var covered = truth.Where((t, i) => Math.Abs(t - result.Values[i]!.Value) < 1.96 * result.StandardErrors[i]!.Value).Count();
        Assert.InRange(covered / 400.0, 0.92, 0.995); // a little wide: variances of exact contributors are shrunk upwards
    }

    [Fact]
    public void Outliers_hardly_move_robust_means()
    {
        var votes = new NumericVotes(new int[11], [.. Enumerable.Range(0, 11)], [1, 2, 3, 4, 5, 6, 7, 8, 9, 5, 1e9], 1, 11);
        Assert.True(NumericConsensus.Mean(votes).Values[0] > 1e7);
        foreach (var robust in new[] { NumericConsensus.Median(votes), NumericConsensus.TrimmedMean(votes), NumericConsensus.Huber(votes) })
            Assert.InRange(robust.Values[0]!.Value, 4, 7);
    }

    [Fact]
    public void The_order_of_answers_and_the_unit_do_not_matter() => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
    {
        var random = new SeededRandom(seed);
        var (votes, _, _, _) = Simulate(random, 20, 5);
        int[] order = [.. Enumerable.Range(0, votes.Count)];
        random.Shuffle(order.AsSpan());
        var other = new NumericVotes([.. order.Select(v => votes.Items[v])], [.. order.Select(v => votes.Contributors[v])], [.. order.Select(v => votes.Values[v] * 1000 + 7)], 20, 5);
        foreach (var method in new Func<NumericVotes, NumericResult>[] { NumericConsensus.Mean, NumericConsensus.Median, v => NumericConsensus.TrimmedMean(v), NumericConsensus.Huber, v => ReliableMean.Fit(v) })
        {
            var (first, second) = (method(votes), method(other));
            for (var i = 0; i < 20; i++) Assert.Equal(first.Values[i]!.Value * 1000 + 7, second.Values[i]!.Value, 0.05);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Theory]
    [InlineData(1e-250)]
    [InlineData(1e-120)]
    [InlineData(1e120)]
    [InlineData(1e290)]
    public void The_unit_may_be_as_large_or_small_as_numbers_go(double unit)
    {
        var (votes, _, _, _) = Simulate(new SeededRandom(5), 20, 5);
        var other = new NumericVotes(votes.Items, votes.Contributors, [.. votes.Values.Select(v => v * unit)], 20, 5);
        foreach (var method in new Func<NumericVotes, NumericResult>[] { NumericConsensus.Mean, NumericConsensus.Median, v => NumericConsensus.TrimmedMean(v), NumericConsensus.Huber, v => ReliableMean.Fit(v) })
        {
            var (plain, far) = (method(votes), method(other));
            for (var i = 0; i < 20; i++)
            {
                Assert.Equal(plain.Values[i]!.Value, far.Values[i]!.Value / unit, 1e-6);
                Assert.Equal(plain.StandardErrors[i]!.Value, far.StandardErrors[i]!.Value / unit, 1e-6);
            }

            for (var c = 0; c < 5; c++)
            {
                Assert.Equal(plain.Skills[c].Bias, far.Skills[c].Bias / unit, 1e-6);
                Assert.Equal(plain.Skills[c].Deviation, far.Skills[c].Deviation / unit, 1e-6);
            }

            if (plain.LogLikelihood is { } log) Assert.Equal(log - votes.Count * Math.Log(unit), far.LogLikelihood!.Value, 1e-4);
        }
    }

    [Fact]
    public void A_huge_answer_does_not_blot_out_the_errors_of_other_items_and_contributors()
    {
        var votes = new NumericVotes([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 3], [1, 2, 4, 1, 3, 1e250], 2, 4);
        foreach (var method in new Func<NumericVotes, NumericResult>[] { NumericConsensus.Mean, NumericConsensus.Median, v => NumericConsensus.TrimmedMean(v), NumericConsensus.Huber })
        {
            var result = method(votes);
            Assert.InRange(result.StandardErrors[0]!.Value, 0.1, 2);
            Assert.All(result.StandardErrors, e => Assert.True(double.IsFinite(e!.Value)));
            Assert.All(result.Skills, s => Assert.True(double.IsFinite(s.Bias) && double.IsFinite(s.Deviation)));
        }

        Assert.Contains("Answer 0", Assert.Throws<ArgumentOutOfRangeException>(() => new NumericVotes([0], [0], [1e301], 1, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Degenerate_answers_give_a_result_with_a_warning()
    {
        foreach (var method in new Func<NumericVotes, NumericResult>[] { NumericConsensus.Mean, NumericConsensus.Median, v => NumericConsensus.TrimmedMean(v), NumericConsensus.Huber, v => ReliableMean.Fit(v) })
        {
            var none = method(new([], [], [], 2, 1));
            Assert.Equal([null, null], none.Values);
            Assert.Contains(none.Warnings, w => w.Code == "no_votes");
            var one = method(new([1], [0], [3.5], 2, 1));
            Assert.Equal([null, 3.5], one.Values);
            Assert.Contains(one.Warnings, w => w.Code == "single_votes");
            var same = method(new([0, 0, 1, 1], [0, 1, 0, 1], [2, 2, 2, 2], 2, 2));
            Assert.Equal([2.0, 2.0], same.Values);
            Assert.All(same.Skills, s => Assert.True(double.IsFinite(s.Bias) && double.IsFinite(s.Deviation)));
        }

        Assert.Contains("Answer 1", Assert.Throws<ArgumentOutOfRangeException>(() => new NumericVotes([0, 0], [0, 0], [1, double.NaN], 1, 1)).Message, StringComparison.Ordinal);
    }

    private static (NumericVotes Votes, double[] Truth, double[] Biases, double[] Deviations) Simulate(SeededRandom random, int items, int contributors)
    {
        double[] biases = [.. Enumerable.Range(0, contributors).Select(_ => random.NextNormal(0, 2))];
        double[] deviations = [.. Enumerable.Range(0, contributors).Select(c => c % 3 == 0 ? 0.5 : 1.0 + c)];
        var mean = biases.Average();
        biases = [.. biases.Select(b => b - mean)];
        double[] truth = [.. Enumerable.Range(0, items).Select(_ => random.NextNormal(50, 10))];
        List<int> who = [], what = [];
        List<double> said = [];
        for (var i = 0; i < items; i++)
        {
            foreach (var c in random.Sample(contributors, 4))
            {
                what.Add(i);
                who.Add(c);
                said.Add(truth[i] + biases[c] + random.NextNormal(0, deviations[c]));
            }
        }

        return (new NumericVotes([.. what], [.. who], [.. said], items, contributors), truth, biases, deviations);
    }

    internal sealed record Data(NumericVotes Votes, string[] Items, Dictionary<string, double> Truth, JsonElement Expected)
    {
        public double RootMeanSquareError(NumericResult result) => Math.Sqrt(Pairs(result).Average(p => Math.Pow(p.Truth - p.Found, 2)));

        public double Pearson(NumericResult result) => Numeric.Correlation([.. Pairs(result).Select(p => p.Truth)], [.. Pairs(result).Select(p => p.Found)]);

        private IEnumerable<(double Truth, double Found)> Pairs(NumericResult result) =>
            Items.Select((name, i) => (name, i)).Where(x => Truth.ContainsKey(x.name)).Select(x => (Truth[x.name], result.Values[x.i]!.Value));
    }

    internal static Data Load(string name)
    {
        var rows = Rows(name, "labels").ToArray();
        string[] items = [.. rows.Select(r => r[0]).Distinct().Order(StringComparer.Ordinal)];
        string[] workers = [.. rows.Select(r => r[1]).Distinct().Order(StringComparer.Ordinal)];
        var votes = new NumericVotes(
            [.. rows.Select(r => Array.IndexOf(items, r[0]))], [.. rows.Select(r => Array.IndexOf(workers, r[1]))],
            [.. rows.Select(r => double.Parse(r[2], CultureInfo.InvariantCulture))], items.Length, workers.Length);
        var expected = JsonDocument.Parse(File.ReadAllBytes(TestData.Find(Assert.Skip, "crowd", $"expected-{name}.json"))).RootElement;
        return new Data(votes, items, Rows(name, "truth").ToDictionary(r => r[0], r => double.Parse(r[1], CultureInfo.InvariantCulture)), expected);
    }

    private static IEnumerable<string[]> Rows(string name, string kind) =>
        File.ReadLines(TestData.Find(Assert.Skip, "crowd", $"{name}.{kind}.csv")).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(','));
}
