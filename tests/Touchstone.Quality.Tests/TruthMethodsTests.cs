using FsCheck;
using FsCheck.Fluent;
using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

/// <summary>Laws that every method of truth inference keeps.</summary>
public sealed class TruthMethodsTests
{
    public static TheoryData<string> Methods => [.. TruthMethods.All.Where(m => !m.OfTwoLabels).Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Bad_votes_give_a_result_with_a_warning_and_never_nan(string name)
    {
        foreach (var (votes, warning) in new (Votes, string)[]
        {
            (new Votes([], [], [], 0, 0, 2), "no_votes"),
            (new Votes([], [], [], 3, 2, 2), "no_votes"),
            (new Votes([0, 0, 1, 1], [0, 1, 0, 1], [0, 0, 0, 0], 2, 2, 1), "one_class"),
            (new Votes([0, 0, 1, 1], [0, 1, 0, 1], [0, 0, 0, 0], 2, 2, 3), "one_class"),
            (new Votes([0, 1, 2], [0, 0, 0], [0, 1, 0], 3, 1, 2), "one_contributor"),
            (new Votes([0, 1, 2], [0, 1, 2], [0, 1, 0], 3, 3, 2), "items_with_one_vote"),
            (new Votes([0, 1, 2], [0, 1, 2], [0, 1, 0], 3, 3, 2), "disconnected"),
            (new Votes([0, 0, 1, 1], [0, 1, 0, 1], [0, 1, 1, 0], 2, 2, 2), "tied_items"),
            (new Votes([0, 0, 0], [0, 0, 1], [1, 1, 1], 2, 2, 2), "duplicate_votes"),
            (new Votes([0, 0, 0], [0, 0, 1], [1, 1, 1], 2, 2, 2), "items_without_votes"),
        })
        {
            var result = Fit(name, votes);
            AssertSound(result, votes);
            Assert.Contains(result.Warnings, w => w.Code == warning);
        }
    }

    [Fact]
    public void Methods_of_two_labels_say_the_same_of_bad_votes_and_refuse_more_labels()
    {
        foreach (var method in TruthMethods.All.Where(m => m.OfTwoLabels))
        {
            var votes = new Votes([0, 1, 2], [0, 1, 2], [0, 1, 0], 3, 3, 2);
            var result = Fit(method.Name, votes);
            AssertSound(result, votes);
            Assert.Contains(result.Warnings, w => w.Code == "items_with_one_vote");
            Assert.Throws<ArgumentException>(() => Fit(method.Name, new Votes([0], [0], [2], 1, 1, 3)));
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Perfect_contributors_give_perfect_posteriors(string name)
    {
        int[] items = [.. Enumerable.Range(0, 60).SelectMany(i => new[] { i, i, i })];
        var votes = new Votes(items, [.. items.Select((_, v) => v % 3)], [.. items.Select(i => i % 4)], 60, 3, 4);
        var result = Fit(name, votes);
        Assert.All(Enumerable.Range(0, 60), i => Assert.InRange(result.Posterior[i * 4 + i % 4], 0.9999, 1));
        Assert.All(result.Skills, s => Assert.InRange(s.Accuracy, 0.9, 1));
    }

    [Theory]
    [InlineData("dawid-skene")]
    [InlineData("one-coin")]
    [InlineData("zencrowd")]
    public void The_likelihood_never_falls(string name)
    {
        CheckAscent(name, seed: 3854); // a long step that takes a class away altogether
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed => CheckAscent(name, seed)).QuickCheckThrowOnFailure();
    }

    private static void CheckAscent(string name, int seed)
    {
        var random = new SeededRandom(seed);
        var (votes, _) = DawidSkeneTests.Simulate(random, items: 60, contributors: 12, labels: 2 + random.NextInt(4), perItem: 4);
        var history = Fit(name, votes).History;
        Assert.NotEmpty(history);
        for (var r = 1; r < history.Count; r++) Assert.True(history[r] >= history[r - 1] - 1e-9 * Math.Abs(history[r]), $"seed {seed}, round {r}: {history[r - 1]} -> {history[r]}");
    }

    [Fact]
    public void Large_sets_give_the_same_bits_each_time_and_long_steps_the_same_maximum()
    {
        var (votes, _) = DawidSkeneTests.Simulate(new SeededRandom(5), items: 30_000, contributors: 60, labels: 5, perItem: 4);
        var options = DawidSkeneOptions.MaximumLikelihood with { Tolerance = 1e-11 };
        var (first, second, plain) = (DawidSkene.Fit(votes, options), DawidSkene.Fit(votes, options), DawidSkene.Fit(votes, options with { Accelerated = false }));
        Assert.Equal(first.Posterior, second.Posterior);
        Assert.True(first.Rounds < plain.Rounds);
        Assert.Equal(plain.LogLikelihood!.Value, first.LogLikelihood!.Value, 1e-9 * Math.Abs(plain.LogLikelihood.Value));
        Assert.True(first.Posterior.Zip(plain.Posterior).Max(p => Math.Abs(p.First - p.Second)) < 1e-3);
    }

    [Fact]
    public void Gold_weighs_contributors_and_counts_those_it_does_not_reach()
    {
        var votes = new Votes([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 3], [1, 0, 0, 1, 0, 0], 2, 4, 2);
        var result = MajorityVote.FitGold(votes, [1, DawidSkene.Unknown]);
        Assert.Equal(1, result.LabelOf(0));
        Assert.Equal(1.0, result.Skills[0].Accuracy);
        Assert.Equal(0.0, result.Skills[1].Accuracy);
        Assert.Equal(1.0 / 3, result.Skills[3].Accuracy, 1e-12);
        Assert.Equal(1, result.LabelOf(1)); // 1 against 0 + 1/3
        Assert.Contains(result.Warnings, w => w.Code == "contributors_without_gold" && w.Message.StartsWith("1 ", StringComparison.Ordinal));
        Assert.Equal(0, MajorityVote.FitWeighted(votes, [0.5, 1, 1, 1]).LabelOf(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MajorityVote.FitWeighted(votes, [double.NaN, 1, 1, 1]));
    }

    [Fact]
    public void Costs_move_decisions_and_unmask_spammers()
    {
        var (votes, _) = DawidSkeneTests.Simulate(new SeededRandom(3), items: 300, contributors: 6, labels: 2, perItem: 3);
        var fit = LearningFromCrowds.Fit(votes);
        var even = LabelCosts.Even(2).Decide(fit).Labels;
        Assert.All(Enumerable.Range(0, 300), i => Assert.Equal(fit.LabelOf(i), even[i]));
        var wary = new LabelCosts([0, 1, 100, 0], 2).Decide(fit).Labels; // to miss class 1 is dear
        Assert.True(wary.Sum() > even.Sum());

        // Contributor 6 always says 0, contributor 7 always lies: the liar's answers tell as much as an honest one's.
        int[] liar = [.. Enumerable.Range(0, 300).Select(i => 1 - even[i])];
        var more = new Votes(
            [.. votes.Items, .. Enumerable.Range(0, 300), .. Enumerable.Range(0, 300)], [.. votes.Contributors, .. Enumerable.Repeat(6, 300), .. Enumerable.Repeat(7, 300)],
            [.. votes.Labels, .. new int[300], .. liar], 300, 8, 2);
        var quality = LabelCosts.Even(2).OfContributors(LearningFromCrowds.Fit(more));
        Assert.InRange(quality[6].Quality, -0.01, 0.05);
        Assert.True(quality[7].Quality > 0.5);
    }

    private static TruthResult Fit(string name, Votes votes)
    {
        var method = TruthMethods.Find(name)!;
        double[] weights = [.. Enumerable.Repeat(1.0, votes.ContributorCount)];
        int[] known = method.NeedsKnown ? [.. Enumerable.Repeat(DawidSkene.Unknown, votes.ItemCount)] : [];
        var result = method.Fit(votes, new TruthInputs { Weights = weights, Known = known });
        Assert.Equal(name, result.Method);
        return result;
    }

    private static void AssertSound(TruthResult result, Votes votes)
    {
        Assert.Equal(votes.ItemCount * votes.LabelCount, result.Posterior.Length);
        Assert.Equal(votes.ContributorCount, result.Skills.Length);
        Assert.Equal(1.0, result.ClassShares.Sum(), 1e-9);
        for (var i = 0; i < votes.ItemCount; i++) Assert.Equal(1.0, result.Posterior.AsSpan(i * votes.LabelCount, votes.LabelCount).ToArray().Sum(), 1e-9);
        Assert.All(result.Posterior, p => Assert.InRange(p, 0, 1));
        Assert.All(result.Skills, s => Assert.True(s.Low is null ? s.High is null && s.Accuracy is >= -1e-12 and <= 1 + 1e-12 : s is { Low: >= 0, High: <= 1 } && s.Low <= s.Accuracy + 1e-12 && s.Accuracy <= s.High + 1e-12, $"{s}"));
        Assert.True(result.LogLikelihood is null || double.IsFinite(result.LogLikelihood.Value));
    }
}
