using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class OnlineDawidSkeneTests(ITestOutputHelper output)
{
    /// <summary>Just before each correction, over many items, and how far single ones were off.</summary>
    [Theory]
    [InlineData(500, 25, 3, 6)]
    [InlineData(600, 60, 8, 3)]
    [InlineData(600, 40, 2, 3)]
    [InlineData(600, 150, 5, 4)]
    public void Before_every_correction_it_is_within_its_tolerance_of_the_full_fit(int items, int contributors, int labels, int perItem)
    {
        foreach (var (seed, isItemByItem) in new[] { (21, false), (22, false), (23, false), (21, true), (22, true), (23, true) })
        {
            var (votes, _) = DawidSkeneTests.Simulate(new SeededRandom(seed), items, contributors, labels, perItem);
            int[] order = [.. Enumerable.Range(0, votes.Count)];
            if (!isItemByItem) new SeededRandom(seed + 1).Shuffle(order.AsSpan());
            var online = new OnlineDawidSkene(labels);
            var (worst, corrections) = (0.0, 0);
            var seen = new HashSet<int>();
            foreach (var v in order)
            {
                online.Add(votes.Items[v], votes.Contributors[v], votes.Labels[v]);
                seen.Add(votes.Items[v]);
                if (!online.IsCorrectionDue) continue;
                var before = seen.ToDictionary(i => i, i => online.PosteriorOf(i).ToArray());
                var fit = online.Correct();
                var drift = seen.Average(i => Enumerable.Range(0, labels).Max(k => Math.Abs(before[i][k] - fit.Posterior[i * labels + k])));
                (worst, corrections) = (Math.Max(worst, drift), corrections + 1);
                var tolerance = online.Count < 40 * contributors ? OnlineDawidSkene.MeanTolerance : OnlineDawidSkene.MeanTolerance / 2;
                Assert.True(drift <= tolerance, $"seed {seed}, {(isItemByItem ? "item by item" : "shuffled")}, {online.Count} votes: mean drift {drift:F4}");
            }

            Assert.True(corrections > 30);
            output.WriteLine($"{items} items, {contributors} contributors, {labels} labels, seed {seed}, {(isItemByItem ? "item by item" : "shuffled")}: worst mean drift {worst:F4} over {corrections} corrections");
        }
    }

    [Fact]
    public void Online_equals_batch_after_a_correction_and_stays_near_it_between()
    {
        var (votes, truth) = DawidSkeneTests.Simulate(new SeededRandom(21), items: 500, contributors: 25, labels: 3, perItem: 6);
        int[] order = [.. Enumerable.Range(0, votes.Count)];
        new SeededRandom(22).Shuffle(order.AsSpan());
        var online = new OnlineDawidSkene(3);
        foreach (var v in order)
        {
            online.Add(votes.Items[v], votes.Contributors[v], votes.Labels[v]);
            if (online.IsCorrectionDue) online.Correct();
        }

        var batch = DawidSkene.Fit(votes, OnlineDawidSkene.DefaultOptions);
        var drift = Enumerable.Range(0, 500).Average(i => Enumerable.Range(0, 3).Max(k => Math.Abs(online.PosteriorOf(i)[k] - batch.Posterior[i * 3 + k])));
        Assert.True(drift < OnlineDawidSkene.MeanTolerance / 4, $"mean drift {drift:F4}");
        Assert.All(Enumerable.Range(0, 25), c => Assert.Equal(batch.AccuracyOf(c), online.AccuracyOf(c), 0.05));
        Assert.True(Enumerable.Range(0, 500).Count(i => Best(online.PosteriorOf(i)) == truth[i]) >= Enumerable.Range(0, 500).Count(i => batch.LabelOf(i) == truth[i]) - 5);

        var corrected = online.Correct();
        for (var i = 0; i < 500; i++)
            for (var k = 0; k < 3; k++)
            {
                Assert.Equal(corrected.Posterior[i * 3 + k], online.PosteriorOf(i)[k]);
                Assert.Equal(batch.Posterior[i * 3 + k], online.PosteriorOf(i)[k], 1e-5);
            }

        Assert.All(Enumerable.Range(0, 25), c => Assert.Equal(batch.AccuracyOf(c), online.AccuracyOf(c), 1e-4));
    }

    [Fact]
    public void A_vote_for_a_class_makes_it_likelier_and_gold_stands()
    {
        var online = new OnlineDawidSkene(2);
        Assert.Equal(0.5, online.PosteriorOf(3)[1], 1e-12);
        online.Add(3, 0, 1);
        Assert.Equal(0.8, online.PosteriorOf(3)[1], 1e-12);
        online.SetKnown(3, 0);
        Assert.Equal(1.0, online.PosteriorOf(3)[0]);
        Assert.Equal(1, online.VotesOn(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => online.Add(0, 0, 2));
    }

    [Fact]
    public void Overlap_stops_when_sure_and_says_why()
    {
        var policy = new AdaptiveOverlap(2, 4, 0.95);
        Assert.Equal(new OverlapDecision(true, "below_min", 0.99), policy.Decide([0.99, 0.01], 1));
        Assert.Equal(new OverlapDecision(false, "confident", 0.99), policy.Decide([0.99, 0.01], 2));
        Assert.Equal(new OverlapDecision(true, "unsure", 0.6), policy.Decide([0.4, 0.6], 3));
        Assert.Equal(new OverlapDecision(false, "max_reached", 0.6), policy.Decide([0.4, 0.6], 4));
    }

    [Fact]
    public void Replays_repeat_and_adaptive_overlap_beats_random_overlap_of_the_same_cost()
    {
        var (votes, truth) = DawidSkeneTests.Simulate(new SeededRandom(8), items: 300, contributors: 20, labels: 3, perItem: 9);
        var first = VoteReplay.Adaptive(votes, truth, new AdaptiveOverlap(2, 9, 0.98), seed: 4);
        Assert.Equal(first.Labels, VoteReplay.Adaptive(votes, truth, new AdaptiveOverlap(2, 9, 0.98), seed: 4).Labels);
        Assert.True(first.Share < 0.8);
        Assert.True(first.Accuracy > VoteReplay.Random(votes, truth, first.Votes, seed: 4).Accuracy);
        Assert.Equal(900, VoteReplay.Fixed(votes, truth, 3, seed: 4).Votes);
    }

    private static int Best(ReadOnlySpan<double> row)
    {
        var best = 0;
        for (var k = 1; k < row.Length; k++)
            if (row[k] > row[best]) best = k;
        return best;
    }
}
