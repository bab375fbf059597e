using FsCheck;
using FsCheck.Fluent;
using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class MaceTests
{
    private static readonly MaceOptions AsPublished = MaceOptions.Default;

    [Theory]
    [InlineData("bluebird")]
    [InlineData("face")]
    [InlineData("rte")]
    [InlineData("temporal")]
    [InlineData("wsd")]
    [InlineData("mozafari")]
    public void With_equal_shares_it_is_as_accurate_as_the_authors_program_and_believes_the_same_contributors(string name)
    {
        var data = CrowdData.Load(name);
        var result = Mace.Fit(data.Votes, AsPublished);
        Assert.True(result.Converged);
        var accuracy = data.Accuracy(result.LabelOf);
        var authors = data.Expected.GetProperty("accuracy").GetProperty("MACE_author_mace.py").GetDouble();
        Assert.True(accuracy >= authors - 1e-8, $"{name}: {accuracy:F4}, the authors' program {authors:F4}, {result.Rounds} rounds, bound {result.Bound}");
        var competence = data.Expected.GetProperty("worker_skills").GetProperty("MACE_author_competence");
        var theirs = data.Contributors.Select(w => competence.GetProperty(w).GetDouble()).ToArray();
        Assert.True(Numeric.Correlation(theirs, result.Competence) > 0.99, $"{name}: {Numeric.Correlation(theirs, result.Competence):F4}");
    }

    /// <summary>crowd-kit's program with labels and contributors in order of first appearance, which is where it looks habits up rightly; it has one start and fifty rounds.</summary>
    [Theory]
    [InlineData("bluebird")]
    [InlineData("face")]
    [InlineData("rte")]
    [InlineData("temporal")]
    [InlineData("wsd")]
    [InlineData("mozafari")]
    [InlineData("product")]
    public void With_equal_shares_it_is_as_accurate_as_crowd_kit_where_that_looks_habits_up_rightly(string name)
    {
        var data = CrowdData.Load(name);
        var result = Mace.Fit(data.Votes, name == "product" ? AsPublished with { Restarts = 2 } : AsPublished);
        var (ours, theirs) = (data.Accuracy(result.LabelOf), data.Expected.GetProperty("accuracy").GetProperty("MACE_crowdkit_aligned").GetDouble());
        Assert.True(ours >= theirs - 0.0025, $"{name}: {ours:F4}, crowd-kit {theirs:F4}");
        var competence = data.Expected.GetProperty("worker_skills").GetProperty("MACE_crowdkit_aligned_competence");
        var alike = Numeric.Correlation([.. data.Contributors.Select(w => competence.GetProperty(w).GetDouble())], result.Competence);
        Assert.True(alike > 0.9, $"{name}: {alike:F4}");
    }

    [Fact]
    public void Estimated_shares_do_not_invent_members_of_a_rare_class()
    {
        var data = CrowdData.Load("product");
        var equal = data.Accuracy(Mace.Fit(data.Votes, AsPublished with { Restarts = 2 }).LabelOf);
        var fit = Mace.Fit(data.Votes, AsPublished with { EstimateClassShares = true });
        Assert.InRange(equal, 0.80, 0.86);
        Assert.Equal(0.931, data.Accuracy(fit.LabelOf), 5e-4); // as the reference has it
        Assert.Equal(-7916, fit.LogLikelihood!.Value, 0.5);
    }

    [Fact]
    public void The_bound_never_falls()
    {
        var data = CrowdData.Load("face");
        foreach (var estimate in new[] { false, true })
        {
            var before = double.NegativeInfinity;
            for (var rounds = 1; rounds <= 25; rounds++)
            {
                var options = AsPublished with { EstimateClassShares = estimate, Restarts = 1, ScreeningRounds = rounds, MaxRounds = rounds };
                var bound = Mace.Fit(data.Votes, options).Bound;
                Assert.True(bound >= before - 1e-9 * Math.Abs(bound), $"round {rounds}: {bound} after {before}");
                before = bound;
            }
        }
    }

    [Fact]
    public void Starts_differ_and_the_best_is_kept()
    {
        var data = CrowdData.Load("bluebird");
        var result = Mace.Fit(data.Votes, AsPublished with { ScreeningRounds = 5 });
        Assert.Equal(10, result.BoundOfEachStart.Distinct().Count());
        Assert.True(result.Bound >= result.BoundOfEachStart.Max());
        var again = Mace.Fit(data.Votes, AsPublished with { ScreeningRounds = 5 });
        Assert.Equal(result.Posterior, again.Posterior);
        Assert.NotEqual(result.BoundOfEachStart, Mace.Fit(data.Votes, AsPublished with { ScreeningRounds = 5 }, seed: 1).BoundOfEachStart);
    }

    [Fact]
    public void The_order_of_votes_and_the_names_of_labels_do_not_matter() => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
    {
        var random = new SeededRandom(seed);
        var (votes, _) = DawidSkeneTests.Simulate(random, items: 60, contributors: 6, labels: 3, perItem: 4);
        int[] order = [.. Enumerable.Range(0, votes.Count)];
        random.Shuffle(order.AsSpan());
        int[] rename = [2, 0, 1];
        var shuffled = new Votes([.. order.Select(v => votes.Items[v])], [.. order.Select(v => votes.Contributors[v])], [.. order.Select(v => votes.Labels[v])], 60, 6, 3);
        var renamed = new Votes(votes.Items, votes.Contributors, [.. votes.Labels.Select(l => rename[l])], 60, 6, 3);
        var first = Mace.Fit(votes, seed: seed);
        var second = Mace.Fit(shuffled, seed: seed);
        Assert.Equal(first.Bound, second.Bound, 1e-6);
        for (var j = 0; j < first.Posterior.Length; j++) Assert.Equal(first.Posterior[j], second.Posterior[j], 1e-4);

        // Under other names the starts are others; the best of them is as good.
        var third = Mace.Fit(renamed, MaceOptions.Default with { Restarts = 20 }, seed);
        Assert.Equal(first.Bound, third.Bound, 0.02 * Math.Abs(first.Bound));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    [Fact]
    public void Perfect_contributors_are_believed_and_a_spammer_is_not()
    {
        var (items, voters, said) = (new List<int>(), new List<int>(), new List<int>());
        for (var i = 0; i < 60; i++)
        {
            for (var c = 0; c < 4; c++)
            {
                items.Add(i);
                voters.Add(c);
                said.Add(c == 3 ? 1 : i % 3);
            }
        }

        var result = Mace.Fit(new Votes([.. items], [.. voters], [.. said], 60, 4, 3));
        Assert.All(Enumerable.Range(0, 60), i => Assert.True(result.Posterior[i * 3 + i % 3] > 0.99));
        Assert.True(result.Competence[0] > 0.95);
        Assert.True(result.Competence[3] < 0.1, $"{result.Competence[3]}");
        Assert.True(result.Strategies[3 * 3 + 1] > 0.6);
    }

    [Fact]
    public void Degenerate_votes_give_a_result_with_a_warning()
    {
        foreach (var (votes, code) in Degenerate.Votes())
        {
            var result = Mace.Fit(votes);
            Degenerate.Check(result, votes, code);
        }
    }
}
