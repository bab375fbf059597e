using FsCheck;
using FsCheck.Fluent;
using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class GladTests
{
    [Theory]
    [InlineData("bluebird", 0.97, 0)]
    [InlineData("face", 0.97, 1)]
    [InlineData("rte", 0.98, 0)]
    [InlineData("temporal", 0.98, 0)]
    [InlineData("wsd", 1, 0)]
    [InlineData("mozafari", 0.98, 1)]
    [InlineData("product", 0.98, 3)]
    public void It_agrees_with_the_reference_and_climbs_higher(string name, double alike, int fewerRight)
    {
        var data = CrowdData.Load(name);
        var result = Glad.Fit(data.Votes);
        var theirs = data.Expected.GetProperty("predictions_as_class_index").GetProperty("GLAD").EnumerateArray().Select(p => p.GetInt32()).ToArray();
        var untied = Enumerable.Range(0, theirs.Length).Where(i => !data.IsTied[i]).ToArray();
        var agreement = untied.Count(i => result.LabelOf(i) == theirs[i]) / (double)untied.Length;
        var abilities = data.Expected.GetProperty("worker_skills").GetProperty("GLAD_alpha");
        var correlation = Numeric.Correlation(result.Abilities, [.. data.Contributors.Select(w => abilities.GetProperty(w).GetDouble())]);
        var accuracy = data.Accuracy(result.LabelOf);
        var reference = data.Expected.GetProperty("accuracy").GetProperty("GLAD").GetDouble();
        var note = $"{name}: accuracy {accuracy:F4}, reference {reference:F4}; same class on {agreement:P2}; abilities {correlation:F4}; {result.Rounds} rounds; log-posterior {result.LogPosterior:F4}";
        Assert.True(result.Converged, note);
        Assert.True(agreement >= alike, note);
        Assert.True(correlation > 0.9, note);
        // The reference stops after a few rounds, often two; at the maximum these few more items are wrong.
        Assert.True(accuracy >= reference - fewerRight / (double)data.Truth.Count(t => t >= 0) - 1e-7, note);
    }

    [Fact]
    public void The_gradient_is_that_of_the_density()
    {
        var (votes, _) = DawidSkeneTests.Simulate(new SeededRandom(5), items: 12, contributors: 5, labels: 3, perItem: 3);
        var density = new GladDensity(votes, GladOptions.Default);
        var random = new SeededRandom(6);
        var point = density.Start().Select(_ => random.NextNormal(0.5, 1)).ToArray();
        var gradient = new double[point.Length];
        density.Negative(point, gradient);
        for (var j = 0; j < point.Length; j++)
        {
            double At(double move)
            {
                var moved = point.ToArray();
                moved[j] += move;
                return density.Negative(moved, new double[point.Length]);
            }

            Assert.Equal((At(1e-5) - At(-1e-5)) / 2e-5, gradient[j], 1e-6);
        }
    }

    [Fact]
    public void The_density_never_falls()
    {
        var data = CrowdData.Load("face");
        var before = double.NegativeInfinity;
        for (var rounds = 1; rounds <= 25; rounds++)
        {
            var density = Glad.Fit(data.Votes, GladOptions.Default with { MaxRounds = rounds }).LogPosterior;
            Assert.True(density >= before - 1e-10 * Math.Abs(density), $"round {rounds}: {density} after {before}");
            before = density;
        }
    }

    [Fact]
    public void The_order_of_votes_and_the_names_of_labels_do_not_matter() => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
    {
        var random = new SeededRandom(seed);
        var (votes, _) = DawidSkeneTests.Simulate(random, items: 30, contributors: 6, labels: 3, perItem: 3);
        int[] order = [.. Enumerable.Range(0, votes.Count)];
        random.Shuffle(order.AsSpan());
        int[] rename = [2, 0, 1];
        var shuffled = new Votes(
            [.. order.Select(v => votes.Items[v])], [.. order.Select(v => votes.Contributors[v])], [.. order.Select(v => rename[votes.Labels[v]])], 30, 6, 3);
        var (first, second) = (Glad.Fit(votes), Glad.Fit(shuffled));
        Assert.Equal(first.LogPosterior, second.LogPosterior, 1e-4);
        for (var i = 0; i < 30; i++)
            for (var k = 0; k < 3; k++) Assert.Equal(first.Posterior[i * 3 + k], second.Posterior[i * 3 + rename[k]], 0.02);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Perfect_contributors_leave_no_doubt()
    {
        int[] items = [.. Enumerable.Range(0, 200).SelectMany(i => Enumerable.Repeat(i, 5))];
        var votes = new Votes(items, [.. Enumerable.Range(0, 1000).Select(v => v % 5)], [.. items.Select(i => i % 4)], 200, 5, 4);
        var result = Glad.Fit(votes);
        Assert.All(Enumerable.Range(0, 200), i => Assert.True(result.Posterior[i * 4 + i % 4] > 0.9999));
        Assert.All(result.Skills, s => Assert.True(s.Accuracy > 0.95));
    }

    [Fact]
    public void Degenerate_votes_give_a_result_with_a_warning()
    {
        foreach (var (votes, code) in Degenerate.Votes()) Degenerate.Check(Glad.Fit(votes), votes, code);
    }
}
