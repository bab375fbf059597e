using FsCheck;
using FsCheck.Fluent;
using Touchstone.Statistics.Ratings;
using Outcome = Touchstone.Statistics.Ratings.Outcome;

namespace Touchstone.Statistics.Tests;

public sealed class RatingsTests
{
    [Fact]
    public void Bradley_Terry_reaches_the_reference_maximum()
    {
        var data = PairwiseData.Load();
        var result = BradleyTerry.Fit(data.Comparisons);
        var reference = data.Expected.GetProperty("bradley_terry_converged");
        for (var i = 0; i < data.Items.Length; i++) Assert.Equal(reference.GetProperty("scores").GetProperty(data.Items[i]).GetDouble(), result.Strengths[i], 1e-6);
        Assert.Equal(reference.GetProperty("log_likelihood").GetDouble(), result.LogLikelihood, 1e-4);
        Assert.True(result.Converged);
        Assert.Equal(0, result.PriorWins);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Bradley_Terry_likelihood_never_falls()
    {
        var data = PairwiseData.Load();
        var before = double.NegativeInfinity;
        for (var rounds = 1; rounds < 60; rounds++)
        {
            var result = BradleyTerry.Fit(data.Comparisons, new() { MaxRounds = rounds });
            Assert.True(result.LogLikelihood >= before - 1e-9, $"round {rounds}: {result.LogLikelihood} after {before}");
            before = result.LogLikelihood;
        }
    }

    [Theory]
    [InlineData(TieModel.HalfWin, 0.0)]
    [InlineData(TieModel.Davidson, 0.7)]
    public void Intervals_cover_the_truth_as_often_as_they_say(TieModel ties, double factor)
    {
        var random = new SeededRandom(17);
        var (covered, total) = (0, 0);
        for (var run = 0; run < 60; run++)
        {
            double[] truth = [.. Enumerable.Range(0, 8).Select(_ => random.NextNormal(0, 0.8))];
            var mean = truth.Average();
            var result = BradleyTerry.Fit(Simulate(random, truth, 600, factor), new() { Ties = ties });
            for (var i = 0; i < truth.Length; i++)
            {
                total++;
                if (result.IntervalOf(i)!.Value.Contains(truth[i] - mean)) covered++;
            }

            if (ties == TieModel.Davidson) Assert.InRange(result.TieFactor!.Value, factor / 2, factor * 2);
        }

        Assert.InRange((double)covered / total, 0.92, 0.975);
    }

    [Fact]
    public void The_order_and_direction_of_comparisons_and_the_names_of_items_do_not_matter() => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
    {
        var random = new SeededRandom(seed);
        var first = Simulate(random, [0, 0.5, 1, -1, 0.2], 60, 0.3);
        int[] order = [.. Enumerable.Range(0, first.Count)];
        random.Shuffle(order.AsSpan());
        int[] rename = [4, 2, 0, 1, 3];
        var second = new Comparisons(
            [.. order.Select(c => rename[first.Right[c]])], [.. order.Select(c => rename[first.Left[c]])], [.. order.Select(c => (Outcome)(-(int)first.Outcomes[c]))], 5);
        foreach (var ties in new[] { TieModel.HalfWin, TieModel.Davidson })
        {
            var (one, other) = (BradleyTerry.Fit(first, new() { Ties = ties }), BradleyTerry.Fit(second, new() { Ties = ties }));
            for (var i = 0; i < 5; i++) Assert.Equal(one.LogStrengths[i], other.LogStrengths[rename[i]], 1e-4);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void An_item_that_never_lost_gets_a_finite_strength_and_the_reader_a_warning()
    {
        var result = BradleyTerry.Fit(new Comparisons([0, 0, 1], [1, 2, 2], [Outcome.LeftWins, Outcome.LeftWins, Outcome.LeftWins], 3));
        Assert.Contains(result.Warnings, w => w.Code == "undefined_strengths");
        Assert.Equal(0.5, result.PriorWins);
        Assert.True(result.LogStrengths[0] > result.LogStrengths[1] && result.LogStrengths[1] > result.LogStrengths[2]);
        Assert.All(result.LogStrengths, l => Assert.True(double.IsFinite(l)));
    }

    [Fact]
    public void Groups_that_no_comparison_links_are_told_apart()
    {
        var result = BradleyTerry.Fit(new Comparisons([0, 1, 2, 3], [1, 0, 3, 2], [Outcome.LeftWins, Outcome.LeftWins, Outcome.LeftWins, Outcome.LeftWins], 5));
        Assert.Equal([0, 0, 1, 1, 2], result.Groups);
        Assert.Contains(result.Warnings, w => w.Code == "disconnected");
        Assert.Equal([0.5, 0.5, 0.5, 0.5, 1], result.Strengths, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Null(result.IntervalOf(4));
    }

    [Fact]
    public void Nothing_compared_and_everything_tied_are_no_faults()
    {
        Assert.Contains(BradleyTerry.Fit(new Comparisons([], [], [], 2)).Warnings, w => w.Code == "no_comparisons");
        Assert.Empty(BradleyTerry.Fit(new Comparisons([], [], [], 0)).Strengths);
        foreach (var ties in new[] { TieModel.HalfWin, TieModel.Davidson })
        {
            var tied = BradleyTerry.Fit(new Comparisons([0, 1], [1, 2], [Outcome.Tie, Outcome.Tie], 3), new() { Ties = ties, PriorWins = ties == TieModel.Davidson ? 0.5 : null });
            Assert.All(tied.LogStrengths, l => Assert.Equal(0, l, 1e-6));
        }

        Assert.Throws<ArgumentException>(() => new Comparisons([1], [1], [Outcome.Tie], 2));
    }

    [Fact]
    public void Elo_equals_the_reference_and_keeps_the_sum()
    {
        var data = PairwiseData.Load();
        var ratings = Elo.Fit(data.Comparisons);
        for (var i = 0; i < data.Items.Length; i++) Assert.Equal(data.Expected.GetProperty("elo_k32").GetProperty(data.Items[i]).GetDouble(), ratings[i], 1e-5);
        Assert.Equal(1500, ratings.Average(), 1e-6);
    }

    [Fact]
    public void Plackett_Luce_finds_the_strengths_and_is_Bradley_Terry_for_pairs()
    {
        var random = new SeededRandom(9);
        double[] truth = [-1, -0.4, 0, 0.3, 1.1];
        var rankings = Enumerable.Range(0, 4_000).Select(_ => Rank(random, truth, random.Sample(5, 2 + random.NextInt(4)))).ToArray();
        var (log, _, _, converged) = PlackettLuce.Fit(rankings, 5);
        Assert.True(converged);
        for (var i = 0; i < 5; i++) Assert.Equal(truth[i], log[i], 0.12);

        var data = PairwiseData.Load().Comparisons;
        int[][] pairs = [.. Enumerable.Range(0, data.Count).Select(c => data.Outcomes[c] == Outcome.LeftWins ? new[] { data.Left[c], data.Right[c] } : [data.Right[c], data.Left[c]])];
        var (ranked, likelihood, _, _) = PlackettLuce.Fit(pairs, data.ItemCount, prior: 1e-7, maxRounds: 5_000);
        var compared = BradleyTerry.Fit(data);
        Assert.Equal(compared.LogLikelihood, likelihood, 1e-5);
        for (var i = 0; i < ranked.Length; i++) Assert.Equal(compared.LogStrengths[i], ranked[i], 1e-4);
    }

    [Fact]
    public void Rankings_out_of_range_or_with_an_item_twice_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PlackettLuce.Fit([[0, 2]], 2));
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => PlackettLuce.Fit([[0, 1], [1, 1]], 2)).Message, StringComparison.Ordinal);
        Assert.Empty(PlackettLuce.Fit([], 0).LogStrengths);
    }

    private static int[] Rank(SeededRandom random, double[] truth, int[] set)
    {
        List<int> left = [.. set];
        List<int> ranking = [];
        while (left.Count > 0)
        {
            var chosen = random.ChooseIndex([.. left.Select(i => Math.Exp(truth[i]))]);
            ranking.Add(left[chosen]);
            left.RemoveAt(chosen);
        }

        return [.. ranking];
    }

    private static Comparisons Simulate(SeededRandom random, double[] truth, int count, double tieFactor)
    {
        var (left, right, outcomes) = (new int[count], new int[count], new Outcome[count]);
        for (var c = 0; c < count; c++)
        {
            left[c] = random.NextInt(truth.Length);
            right[c] = (left[c] + 1 + random.NextInt(truth.Length - 1)) % truth.Length;
            var (p, q) = (Math.Exp(truth[left[c]]), Math.Exp(truth[right[c]]));
            outcomes[c] = new[] { Outcome.LeftWins, Outcome.Tie, Outcome.RightWins }[random.ChooseIndex([p, tieFactor * Math.Sqrt(p * q), q])];
        }

        return new(left, right, outcomes, truth.Length);
    }
}
