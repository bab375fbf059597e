using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class SampledDawidSkeneTests
{
    [Fact]
    public void Posteriors_are_those_of_all_assignments_taken_together()
    {
        // Small enough to add up every assignment of classes with parameters integrated out.
        for (var seed = 0; seed < 5; seed++)
        {
            var (votes, _) = DawidSkeneTests.Simulate(new SeededRandom(seed), items: 7, contributors: 4, labels: 2, perItem: 3);
            var options = SampledDawidSkeneOptions.Default with { Sweeps = 40_000, BurnIn = 500 };
            var start = DawidSkene.Fit(votes);
            var sampled = SampledDawidSkene.Fit(votes, start, options);
            var exact = Enumerated(votes, start.PooledConfusion, options.Shrinkage);
            for (var i = 0; i < exact.Length; i++) Assert.Equal(exact[i], sampled.Posterior[i], 0.02);
        }
    }

    [Fact]
    public void While_votes_are_few_its_posteriors_can_be_taken_at_their_word_and_those_of_the_likeliest_confusions_cannot()
    {
        double claimed = 0, right = 0, claimedByLikeliest = 0, rightByLikeliest = 0;
        for (var seed = 0; seed < 30; seed++)
        {
            var (votes, truth) = DawidSkeneTests.Simulate(new SeededRandom(seed), items: 100, contributors: 25, labels: 2, perItem: 4);
            var likeliest = DawidSkene.Fit(votes, DawidSkeneOptions.MaximumLikelihood);
            var sampled = SampledDawidSkene.Fit(votes);
            for (var i = 0; i < truth.Length; i++)
            {
                claimed += sampled.Posterior[i * 2 + sampled.LabelOf(i)];
                claimedByLikeliest += likeliest.Posterior[i * 2 + likeliest.LabelOf(i)];
                if (sampled.LabelOf(i) == truth[i]) right++;
                if (likeliest.LabelOf(i) == truth[i]) rightByLikeliest++;
            }
        }

        var (tooSure, likeliestTooSure) = ((claimed - right) / 3000, (claimedByLikeliest - rightByLikeliest) / 3000);
        Assert.InRange(tooSure, -0.05, 0.05);
        Assert.True(likeliestTooSure > 3 * Math.Abs(tooSure), $"too sure by {tooSure:F3}, the likeliest confusions by {likeliestTooSure:F3}");
        Assert.True(right > rightByLikeliest);
    }

    [Fact]
    public void Known_classes_stand_and_teach_whom_to_trust()
    {
        int[] items = [.. Enumerable.Range(0, 40).SelectMany(i => new[] { i, i, i })];
        var votes = new Votes(items, [.. items.Select((_, v) => v % 3)], [.. Enumerable.Range(0, 40).SelectMany(i => new[] { i % 2, 1 - i % 2, 1 - i % 2 })], 40, 3, 2);
        var known = Enumerable.Range(0, 40).Select(i => i < 20 ? i % 2 : DawidSkene.Unknown).ToArray();
        var taught = SampledDawidSkene.Fit(votes, null, known);
        for (var i = 0; i < 40; i++) Assert.Equal(i % 2, taught.LabelOf(i));
        Assert.Equal(1, taught.Posterior[0], 12);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_nearly_the_same_answer()
    {
        var (votes, _) = DawidSkeneTests.Simulate(new SeededRandom(3), items: 200, contributors: 20, labels: 4, perItem: 5);
        var first = SampledDawidSkene.Fit(votes);
        Assert.Equal(first.Posterior, SampledDawidSkene.Fit(votes).Posterior);
        var other = SampledDawidSkene.Fit(votes, SampledDawidSkeneOptions.Default with { Seed = 2 });
        Assert.NotEqual(first.Posterior, other.Posterior);
        Assert.InRange(first.Posterior.Zip(other.Posterior).Average(p => Math.Abs(p.First - p.Second)), 0, 0.02);
    }

    [Fact]
    public void Items_with_thousands_of_votes_keep_finite_probabilities()
    {
        var votes = new Votes(new int[6_000], [.. Enumerable.Range(0, 6_000)], [.. Enumerable.Range(0, 6_000).Select(v => v % 3 == 0 ? 1 : 0)], 1, 6_000, 2);
        var result = SampledDawidSkene.Fit(votes, SampledDawidSkeneOptions.Default with { Sweeps = 4, BurnIn = 1 });
        Assert.All(result.Posterior, p => Assert.True(double.IsFinite(p)));
        Assert.Equal(0, result.LabelOf(0));
    }

    [Fact]
    public void Sweeps_that_are_all_burn_in_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SampledDawidSkene.Fit(new Votes([0], [0], [0], 1, 1, 2), SampledDawidSkeneOptions.Default with { Sweeps = 5, BurnIn = 5 }));

    /// <summary>Posteriors by adding up every assignment: Dirichlet-multinomial rows around the crowd's, one item more of each class.</summary>
    private static double[] Enumerated(Votes votes, double[] pooled, double strength)
    {
        var posterior = new double[votes.ItemCount * 2];
        double total = 0;
        for (var assignment = 0; assignment < 1 << votes.ItemCount; assignment++)
        {
            var counts = new double[votes.ContributorCount, 2, 2];
            for (var v = 0; v < votes.Count; v++) counts[votes.Contributors[v], assignment >> votes.Items[v] & 1, votes.Labels[v]]++;
            var ones = System.Numerics.BitOperations.PopCount((uint)assignment);
            var log = GammaFunctions.Log(ones + 1) + GammaFunctions.Log(votes.ItemCount - ones + 1);
            for (var c = 0; c < votes.ContributorCount; c++)
            {
                for (var actual = 0; actual < 2; actual++)
                {
                    log -= GammaFunctions.Log(counts[c, actual, 0] + counts[c, actual, 1] + strength);
                    for (var said = 0; said < 2; said++)
                    {
                        var prior = strength * pooled[actual * 2 + said];
                        log += GammaFunctions.Log(counts[c, actual, said] + prior) - GammaFunctions.Log(prior);
                    }
                }
            }

            var weight = Math.Exp(log);
            total += weight;
            for (var i = 0; i < votes.ItemCount; i++) posterior[i * 2 + (assignment >> i & 1)] += weight;
        }

        return Array.ConvertAll(posterior, p => p / total);
    }
}
