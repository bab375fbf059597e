using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class SampledDawidSkeneTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    public void Posteriors_are_those_of_all_assignments_and_all_priors_taken_together(int seed, int odds)
    {
        // Small enough to add up every assignment of classes with every choice of priors, parameters integrated out.
        var (votes, _) = DawidSkeneTests.Simulate(new SeededRandom(seed), items: 6, contributors: 3, labels: 2, perItem: 3);
        var options = SampledDawidSkeneOptions.Default with { Sweeps = 60_000, BurnIn = 500, Strengths = [2, 8], ErrorOdds = odds == 2 ? [0.5, 2] : [1] };
        var exact = Enumerated(votes, DawidSkene.Fit(votes, options.Start).PooledConfusion, options);
        var sampled = SampledDawidSkene.Fit(votes, options);
        for (var i = 0; i < exact.Length; i++) Assert.Equal(exact[i], sampled.Posterior[i], 0.02);
    }

    [Theory]
    [InlineData("rte")]
    [InlineData("mozafari")]
    [InlineData("temporal")]
    [InlineData("bluebird")]
    public void Where_every_item_has_one_vote_nothing_overrules_it(string name)
    {
        var votes = First(CrowdData.Load(name).Votes, 1);
        var fit = SampledDawidSkene.Fit(votes);
        for (var v = 0; v < votes.Count; v++) Assert.Equal(votes.Labels[v], fit.LabelOf(votes.Items[v]));
        Assert.All(fit.Posterior, p => Assert.InRange(p, 0.05, 0.95));
    }

    [Theory]
    [InlineData("rte", 2)]
    [InlineData("mozafari", 2)]
    [InlineData("temporal", 2)]
    [InlineData("wsd", 2)]
    [InlineData("rte", 3)]
    [InlineData("temporal", 3)]
    public void With_few_votes_an_item_its_labels_are_at_most_a_point_worse_than_the_majoritys(string name, int perItem)
    {
        var data = CrowdData.Load(name);
        var votes = First(data.Votes, perItem);
        Assert.True(Accuracy(SampledDawidSkene.Fit(votes), data.Truth) >= Accuracy(MajorityVote.Fit(votes), data.Truth) - 0.01);
    }

    [Fact]
    public void Wrong_labels_spread_evenly_over_ten_classes_are_decided_nearly_as_well_as_by_one_accuracy_each()
    {
        var (votes, truth) = DawidSkeneTests.Simulate(new SeededRandom(5), items: 3_000, contributors: 30, labels: 10, perItem: 5);
        Assert.True(Accuracy(SampledDawidSkene.Fit(votes), truth) >= Accuracy(OneCoin.Fit(votes, OneCoinOptions.DawidSkene), truth) - 0.005);
    }

    [Fact]
    public void Lone_votes_are_judged_by_what_the_others_taught_and_teach_nothing()
    {
        var (votes, _) = DawidSkeneTests.Simulate(new SeededRandom(9), items: 200, contributors: 10, labels: 3, perItem: 4);
        var lone = new Votes([.. votes.Items, 200, 201], [.. votes.Contributors, 0, 1], [.. votes.Labels, 2, 0], 202, 10, 3);
        var (without, with) = (SampledDawidSkene.Fit(votes), SampledDawidSkene.Fit(lone));
        Assert.Equal(without.Confusions, with.Confusions);
        Assert.Equal(without.Posterior, with.Posterior.AsSpan(0, 600).ToArray());
        Assert.Equal(with.PosteriorOf(lone).AsSpan(600).ToArray(), with.Posterior.AsSpan(600).ToArray());
        Assert.Equal(2, with.LabelOf(200));
    }

    [Fact]
    public void More_confusions_than_can_be_held_are_refused()
    {
        var votes = new Votes([0, 0], [0, 256], [0, 4_095], 1, 257, 4_096);
        Assert.Contains("257 contributors with 4096 labels", Assert.Throws<ArgumentException>(() => DawidSkene.Fit(votes)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SampledDawidSkene.Fit(votes));
        Assert.True(DawidSkene.HasRoomFor(1_000, 100));
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

    /// <summary>The first votes on each item, as they stand in the log.</summary>
    private static Votes First(Votes votes, int perItem)
    {
        var taken = new int[votes.ItemCount];
        int[] kept = [.. Enumerable.Range(0, votes.Count).Where(v => taken[votes.Items[v]]++ < perItem)];
        return new Votes([.. kept.Select(v => votes.Items[v])], [.. kept.Select(v => votes.Contributors[v])], [.. kept.Select(v => votes.Labels[v])], votes.ItemCount, votes.ContributorCount, votes.LabelCount);
    }

    private static double Accuracy(TruthResult fit, int[] truth) =>
        Enumerable.Range(0, truth.Length).Where(i => truth[i] != DawidSkene.Unknown).Average(i => fit.LabelOf(i) == truth[i] ? 1.0 : 0.0);

    /// <summary>Posteriors by adding up every assignment, and for each every contributor's choice of a prior (all equally likely beforehand, shares of choices Dirichlet of 1 in all): Dirichlet-multinomial
    /// rows around the prior's, one item more of each class.</summary>
    private static double[] Enumerated(Votes votes, double[] pooled, SampledDawidSkeneOptions options)
    {
        var posterior = new double[votes.ItemCount * 2];
        double total = 0;
        (double Strength, double Odds)[] priors = [.. options.ErrorOdds.SelectMany(o => options.Strengths.Select(s => (s, o)))];
        var choices = (int)Math.Pow(priors.Length, votes.ContributorCount);
        for (var assignment = 0; assignment < 1 << votes.ItemCount; assignment++)
        {
            var counts = new double[votes.ContributorCount, 2, 2];
            for (var v = 0; v < votes.Count; v++) counts[votes.Contributors[v], assignment >> votes.Items[v] & 1, votes.Labels[v]]++;
            var ones = System.Numerics.BitOperations.PopCount((uint)assignment);
            var ofItems = GammaFunctions.Log(ones + 1) + GammaFunctions.Log(votes.ItemCount - ones + 1);
            double weight = 0;
            for (var choice = 0; choice < choices; choice++)
            {
                var log = ofItems;
                var held = new int[priors.Length];
                for (int c = 0, left = choice; c < votes.ContributorCount; c++, left /= priors.Length)
                {
                    held[left % priors.Length]++;
                    log += OfRows(counts, c, pooled, priors[left % priors.Length]);
                }

                foreach (var n in held) log += GammaFunctions.Log(n + 1.0 / priors.Length) - GammaFunctions.Log(1.0 / priors.Length);
                weight += Math.Exp(log);
            }

            total += weight;
            for (var i = 0; i < votes.ItemCount; i++) posterior[i * 2 + (assignment >> i & 1)] += weight;
        }

        return Array.ConvertAll(posterior, p => p / total);
    }

    private static double OfRows(double[,,] counts, int contributor, double[] pooled, (double Strength, double Odds) prior)
    {
        double log = 0;
        for (var actual = 0; actual < 2; actual++)
        {
            log += GammaFunctions.Log(prior.Strength) - GammaFunctions.Log(counts[contributor, actual, 0] + counts[contributor, actual, 1] + prior.Strength);
            var right = pooled[actual * 3];
            var wrong = prior.Odds * (1 - right);
            for (var said = 0; said < 2; said++)
            {
                var mean = prior.Strength * (said == actual ? right : wrong) / (right + wrong);
                log += GammaFunctions.Log(counts[contributor, actual, said] + mean) - GammaFunctions.Log(mean);
            }
        }

        return log;
    }
}
