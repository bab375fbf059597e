using System.Text.Json;
using Touchstone.Quality.Pairwise;
using Touchstone.Statistics;
using Touchstone.Statistics.Ratings;
using Touchstone.Testing;

namespace Touchstone.Quality.Tests;

public sealed class NoisyBradleyTerryTests
{
    [Fact]
    public void It_reaches_the_reference_minimum()
    {
        var (comparisons, contributors, items, workers, expected) = Load();
        var result = NoisyBradleyTerry.Fit(comparisons, contributors, workers.Length);
        var reference = expected.GetProperty("noisy_bt_own");
        Assert.True(result.Converged);
        Assert.Equal(reference.GetProperty("penalised_nll").GetDouble(), result.PenalisedCost, 1e-5);
        for (var i = 0; i < items.Length; i++) Assert.Equal(reference.GetProperty("s").GetProperty(items[i]).GetDouble(), result.LogStrengths[i], 0.02);
        for (var w = 0; w < workers.Length; w++) Assert.Equal(reference.GetProperty("skill_gamma").GetProperty(workers[w]).GetDouble(), result.Skills[w], 0.005);
        for (var w = 0; w < workers.Length; w++)
        {
            // The reference has the log odds of going left; of one who always looks, nothing but the penalty says where they would go.
            var bias = 1 / (1 + Math.Exp(-reference.GetProperty("bias_q").GetProperty(workers[w]).GetDouble()));
            Assert.Equal(bias, result.Biases[w], 0.02);
        }

        Assert.Equal(0.01, reference.GetProperty("l2").GetDouble());
        double[] truth = [.. items.Select(i => expected.GetProperty("truth_log_strength").GetProperty(i).GetDouble())];
        Assert.Equal(expected.GetProperty("spearman_vs_truth").GetProperty("noisy_bt_own").GetDouble(), Numeric.Spearman(truth, result.LogStrengths), 0.003);
        var ranks = expected.GetProperty("spearman_vs_truth");
        Assert.Equal(ranks.GetProperty("bt_converged").GetDouble(), Numeric.Spearman(truth, BradleyTerry.Fit(comparisons).LogStrengths), 1e-8);
        Assert.Equal(ranks.GetProperty("elo").GetDouble(), Numeric.Spearman(truth, Elo.Fit(comparisons)), 1e-8);
        double[] skills = [.. workers.Select(w => expected.GetProperty("worker_skill_truth").GetProperty(w).GetDouble())];
        Assert.True(Numeric.Spearman(skills, result.Skills) > 0.5);
    }

    [Fact]
    public void The_gradient_is_that_of_the_cost()
    {
        var (comparisons, contributors, _, workers, _) = Load();
        var cost = new NoisyBradleyTerry.Cost(comparisons, contributors, workers.Length, 0.01);
        var random = new SeededRandom(2);
        var point = Enumerable.Range(0, comparisons.ItemCount + 2 * workers.Length).Select(_ => random.NextNormal()).ToArray();
        var gradient = new double[point.Length];
        cost.At(point, gradient);
        for (var j = 0; j < point.Length; j += 7)
        {
            double At(double move)
            {
                var moved = point.ToArray();
                moved[j] += move;
                return cost.At(moved, new double[point.Length]);
            }

            Assert.Equal((At(1e-5) - At(-1e-5)) / 2e-5, gradient[j], 1e-4);
        }
    }

    [Fact]
    public void Nothing_compared_is_no_fault()
    {
        var result = NoisyBradleyTerry.Fit(new Comparisons([], [], [], 3), [], 1);
        Assert.All(result.LogStrengths, s => Assert.Equal(0, s));
        Assert.Contains(result.Warnings, w => w.Code == "no_comparisons");
        var tied = NoisyBradleyTerry.Fit(new Comparisons([0, 0], [1, 1], [Outcome.Tie, Outcome.Tie], 2), [0, 1], 2);
        Assert.All(tied.LogStrengths, s => Assert.Equal(0, s, 1e-6));
    }

    private static (Comparisons Comparisons, int[] Contributors, string[] Items, string[] Workers, JsonElement Expected) Load()
    {
        var rows = File.ReadLines(TestData.Find(Assert.Skip, "crowd", "pairwise-synthetic.csv")).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')).ToArray();
        string[] items = [.. rows.SelectMany(r => new[] { r[1], r[2] }).Distinct().Order(StringComparer.Ordinal)];
        string[] workers = [.. rows.Select(r => r[0]).Distinct().Order(StringComparer.Ordinal)];
        var comparisons = new Comparisons(
            [.. rows.Select(r => Array.IndexOf(items, r[1]))], [.. rows.Select(r => Array.IndexOf(items, r[2]))],
            [.. rows.Select(r => r[3] == r[1] ? Outcome.LeftWins : Outcome.RightWins)], items.Length);
        var expected = JsonDocument.Parse(File.ReadAllBytes(TestData.Find(Assert.Skip, "crowd", "expected-pairwise.json"))).RootElement;
        return (comparisons, [.. rows.Select(r => Array.IndexOf(workers, r[0]))], items, workers, expected);
    }
}
