using FsCheck;
using FsCheck.Fluent;
using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class DawidSkeneTests
{
    [Theory]
    [InlineData("bluebird")]
    [InlineData("face")]
    [InlineData("rte")]
    [InlineData("temporal")]
    [InlineData("wsd")]
    [InlineData("mozafari")]
    [InlineData("product")]
    public void Without_shrinkage_it_reaches_the_reference_maximum(string name)
    {
        var data = CrowdData.Load(name);
        var result = DawidSkene.Fit(data.Votes, DawidSkeneOptions.MaximumLikelihood);
        var reference = data.Expected.GetProperty("DawidSkene_converged_ref");
        var logLikelihood = reference.GetProperty("log_likelihood").GetDouble();

        Assert.True(result.Converged);
        Assert.InRange(result.LogLikelihood!.Value, logLikelihood - 1e-6 * Math.Abs(logLikelihood), logLikelihood + 1e-6 * Math.Abs(logLikelihood));
        var accuracy = data.Expected.GetProperty("accuracy").GetProperty("DawidSkene_converged_ref").GetDouble();
        Assert.Equal(accuracy, data.Accuracy(result.LabelOf), 1e-8);
        var shares = reference.GetProperty("priors").EnumerateObject().Select(p => p.Value.GetDouble()).ToArray();
        Assert.Equal(shares, result.ClassShares, (a, b) => Math.Abs(a - b) < 2e-5);
    }

    [Theory]
    [InlineData("bluebird", 0.885)]
    [InlineData("face", 0.635)]
    [InlineData("rte", 0.925)]
    [InlineData("temporal", 0.938)]
    [InlineData("wsd", 0.99)]
    [InlineData("mozafari", 0.69)]
    [InlineData("product", 0.93)]
    public void With_shrinkage_it_stays_as_accurate(string name, double atLeast)
    {
        var data = CrowdData.Load(name);
        var result = DawidSkene.Fit(data.Votes);
        Assert.True(result.Converged);
        Assert.True(data.Accuracy(result.LabelOf) >= atLeast, $"{name}: {data.Accuracy(result.LabelOf):F4} in {result.Rounds} rounds, log-likelihood {result.LogLikelihood:F3}");
    }

    [Fact]
    public void Many_contributors_with_few_votes_do_better_with_shrinkage_than_majority_or_plain_likelihood()
    {
        var (votes, truth) = Simulate(new SeededRandom(11), items: 4_000, contributors: 400, labels: 10, perItem: 4);
        double Accuracy(Func<int, int> label) => Enumerable.Range(0, truth.Length).Count(i => label(i) == truth[i]) / (double)truth.Length;
        var tally = votes.Tally();
        var majority = Accuracy(i => IndexOfMax(tally.AsSpan(i * 10, 10)));
        var plain = DawidSkene.Fit(votes, DawidSkeneOptions.MaximumLikelihood);
        var shrunk = DawidSkene.Fit(votes);
        Assert.True(Accuracy(shrunk.LabelOf) > majority + 0.002, $"shrunk {Accuracy(shrunk.LabelOf):F4}, majority {majority:F4}");
        Assert.True(Accuracy(shrunk.LabelOf) > Accuracy(plain.LabelOf) + 0.005, $"shrunk {Accuracy(shrunk.LabelOf):F4}, plain {Accuracy(plain.LabelOf):F4}");
    }

    [Fact]
    public void Posteriors_are_calibrated()
    {
        var (votes, truth) = Simulate(new SeededRandom(12), items: 6_000, contributors: 60, labels: 4, perItem: 3);
        var result = DawidSkene.Fit(votes);
        var sure = Enumerable.Range(0, truth.Length).Select(i => (Right: result.LabelOf(i) == truth[i], Confidence: result.Posterior[i * 4 + result.LabelOf(i)])).ToArray();
        foreach (var (from, to) in new[] { (0.4, 0.7), (0.7, 0.9), (0.9, 0.99), (0.99, 1.001) })
        {
            var bin = sure.Where(s => s.Confidence >= from && s.Confidence < to).ToArray();
            if (bin.Length < 50) continue;
            Assert.Equal(bin.Average(s => s.Confidence), bin.Average(s => s.Right ? 1.0 : 0), 0.07);
        }
    }

    [Fact]
    public void The_order_of_votes_and_the_names_of_labels_do_not_matter() => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
    {
        var random = new SeededRandom(seed);
        var (votes, _) = Simulate(random, items: 30, contributors: 6, labels: 3, perItem: 3);
        int[] order = [.. Enumerable.Range(0, votes.Count)];
        random.Shuffle(order.AsSpan());
        int[] rename = [2, 0, 1];
        var shuffled = new Votes(
            [.. order.Select(v => votes.Items[v])], [.. order.Select(v => votes.Contributors[v])], [.. order.Select(v => rename[votes.Labels[v]])], 30, 6, 3);
        var options = DawidSkeneOptions.Default with { MaxRounds = 40, Tolerance = 0 };
        var (first, second) = (DawidSkene.Fit(votes, options), DawidSkene.Fit(shuffled, options));
        Assert.Equal(first.LogLikelihood!.Value, second.LogLikelihood!.Value, 1e-8);
        for (var i = 0; i < 30; i++)
            for (var k = 0; k < 3; k++) Assert.Equal(first.Posterior[i * 3 + k], second.Posterior[i * 3 + rename[k]], 1e-6);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Known_classes_stand_and_teach_whom_to_trust()
    {
        // Two of three contributors always agree on a lie. Without gold they win.
        int[] items = [.. Enumerable.Range(0, 40).SelectMany(i => new[] { i, i, i })];
        int[] contributors = [.. Enumerable.Range(0, 40).SelectMany(_ => new[] { 0, 1, 2 })];
        int[] labels = [.. Enumerable.Range(0, 40).SelectMany(i => new[] { i % 2, 1 - i % 2, 1 - i % 2 })];
        var votes = new Votes(items, contributors, labels, 40, 3, 2);
        Assert.Equal(1, DawidSkene.Fit(votes).LabelOf(20));

        int[] known = [.. Enumerable.Range(0, 40).Select(i => i < 20 ? i % 2 : DawidSkene.Unknown)];
        var result = DawidSkene.Fit(votes, known: known);
        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal(i % 2, result.LabelOf(i)));
        Assert.Contains(result.Warnings, w => w.Code == "worse_than_chance");
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(1.0, result.Posterior[i * 2 + i % 2]));
    }

    [Fact]
    public void Hundreds_of_votes_on_one_item_do_not_underflow()
    {
        const int count = 5_000;
        var votes = new Votes(new int[count], [.. Enumerable.Range(0, count)], [.. Enumerable.Range(0, count).Select(v => v % 3 == 0 ? 1 : 0)], 1, count, 2);
        var result = DawidSkene.Fit(votes);
        Assert.Equal(0, result.LabelOf(0));
        Assert.True(double.IsFinite(result.LogLikelihood!.Value));
    }

    [Fact]
    public void Degenerate_votes_give_the_prior_and_a_warning_instead_of_a_fault()
    {
        var none = DawidSkene.Fit(new Votes([], [], [], 2, 0, 3));
        Assert.All(none.Posterior, p => Assert.Equal(1.0 / 3, p, 12));
        Assert.Contains(none.Warnings, w => w.Code == "no_votes");
        Assert.Empty(DawidSkene.Fit(new Votes([], [], [], 0, 0, 2)).Posterior);

        var oneLabel = DawidSkene.Fit(new Votes([0, 1], [0, 1], [0, 0], 2, 2, 1));
        Assert.Equal([1.0, 1.0], oneLabel.Posterior);
        Assert.Contains(oneLabel.Warnings, w => w.Code == "disconnected");

        var single = DawidSkene.Fit(new Votes([0], [0], [1], 1, 1, 4));
        Assert.Equal(1, single.LabelOf(0));
        Assert.Contains(single.Warnings, w => w.Code == "labels_never_chosen");
        Assert.Contains(single.Warnings, w => w.Code == "no_overlap");
    }

    [Fact]
    public void Votes_outside_their_range_are_refused_with_the_vote()
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => new Votes([0, 0], [0, 0], [0, 2], 1, 1, 2));
        Assert.Contains("Vote 1", fault.Message, StringComparison.Ordinal);
    }

    internal static (Votes Votes, int[] Truth) Simulate(SeededRandom random, int items, int contributors, int labels, int perItem)
    {
        double[] accuracy = [.. Enumerable.Range(0, contributors).Select(_ => random.NextDouble(0.45, 0.95))];
        int[] truth = [.. Enumerable.Range(0, items).Select(_ => random.NextInt(labels))];
        List<int> votedItems = [], voters = [], said = [];
        for (var i = 0; i < items; i++)
        {
            foreach (var c in random.Sample(contributors, perItem))
            {
                votedItems.Add(i);
                voters.Add(c);
                said.Add(random.NextBool(accuracy[c]) ? truth[i] : (truth[i] + 1 + random.NextInt(labels - 1)) % labels);
            }
        }

        return (new Votes([.. votedItems], [.. voters], [.. said], items, contributors, labels), truth);
    }

    private static int IndexOfMax(ReadOnlySpan<int> values)
    {
        var best = 0;
        for (var k = 1; k < values.Length; k++)
            if (values[k] > values[best]) best = k;
        return best;
    }
}
