using Touchstone.Quality.Assays;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests.Assays;

/// <summary>Whether the interval keeps its promise: over many releases, each with its truth known, how often the interval from an audit holds it.</summary>
public sealed class StratifiedAssayCoverageTests(ITestOutputHelper output)
{
    private const int Runs = 1_000;

    [Theory]
    [InlineData(0.9, 400, 0.0, 0)]
    [InlineData(0.97, 600, 0.0, 0)]
    [InlineData(0.9, 600, 0.03, 300)]
    [InlineData(0.95, 800, 0.05, 400)]
    public void The_interval_holds_the_truth_as_often_as_it_promises(double accuracy, int audited, double auditorErrors, int twice)
    {
        var tally = new Tally();
        for (var run = 0; run < Runs; run++)
        {
            var random = new SeededRandom(run).Fork($"{accuracy}/{audited}/{auditorErrors}");
            var release = Release.Draw(random, 2_500, accuracy);
            tally.Add(release.Truth, Audit(release, audited, auditorErrors, twice, random));
        }

        output.WriteLine($"accuracy {accuracy}, {audited} audited, auditors err in {auditorErrors:P0}, {twice} twice: {tally}");
        Assert.InRange(tally.Coverage, 0.93, 0.97);
        Assert.True(tally.BoundHeld >= 0.94);
        Assert.InRange(tally.Bias, -0.003, 0.003);
    }

    /// <summary>Votes stop as soon as one label is probable enough: what decides how many votes an item gets depends on the votes themselves, and so does the part that the item is in.</summary>
    [Fact]
    public void Stopping_by_the_posterior_biases_nothing()
    {
        var tally = new Tally();
        for (var run = 0; run < Runs; run++)
        {
            var random = new SeededRandom(run).Fork("adaptive");
            var release = Release.Adaptive(random, 2_000, labelCount: 3, errors: 0.25, confidence: 0.97, most: 7);
            tally.Add(release.Truth, Audit(release, 400, 0, 0, random));
        }

        output.WriteLine($"adaptive overlap: {tally}");
        Assert.InRange(tally.Coverage, 0.93, 0.97);
        Assert.True(tally.BoundHeld >= 0.94);
        Assert.InRange(tally.Bias, -0.002, 0.002);
    }

    [Fact]
    public void Where_errors_are_rare_the_interval_errs_on_the_safe_side()
    {
        var tally = new Tally();
        for (var run = 0; run < Runs; run++)
        {
            var random = new SeededRandom(run).Fork("rare");
            var release = Release.Draw(random, 2_500, 0.995);
            tally.Add(release.Truth, Audit(release, 300, 0, 0, random));
        }

        output.WriteLine($"accuracy 0.995, 300 audited: {tally}");
        Assert.InRange(tally.Coverage, 0.93, 1);
        Assert.True(tally.BoundHeld >= 0.94);
    }

    private static StratifiedAssayResult Audit(Release release, int audited, double errors, int twice, SeededRandom random)
    {
        var strata = AuditStrata.By(release.Labels, release.Confidences, 3);
        var drawn = strata.Draw(strata.Allocate(audited), random.NextInt(int.MaxValue));
        var result = new AuditedStratum[drawn.Length];
        for (var h = 0; h < drawn.Length; h++)
        {
            var (correct, cells) = (0, new int[4]);
            for (var n = 0; n < drawn[h].Length; n++)
            {
                var isRight = release.IsRight[drawn[h][n]];
                var first = isRight ^ random.NextBool(errors);
                if (first) correct++;
                // Every so-manieth of the random order is audited twice.
                if (twice > 0 && (n + 1) * (long)twice / audited > n * (long)twice / audited) cells[(first ? 0 : 2) + (isRight ^ random.NextBool(errors) ? 0 : 1)]++;
            }

            result[h] = new AuditedStratum(strata.Names[h], strata.Members[h].Length, drawn[h].Length, correct, new SecondAudits(cells[0], cells[1], cells[2], cells[3]));
        }

        return StratifiedAssay.Estimate(result);
    }

    private sealed record Release(int[] Labels, double[] Confidences, bool[] IsRight)
    {
        public double Truth => IsRight.Count(r => r) / (double)IsRight.Length;

        /// <summary>Confidences that tell something of the truth but are too high.</summary>
        public static Release Draw(SeededRandom random, int count, double accuracy)
        {
            var (labels, confidences, isRight) = (new int[count], new double[count], new bool[count]);
            for (var i = 0; i < count; i++)
            {
                labels[i] = Math.Min(random.NextInt(4), 2);
                var doubt = random.NextExponential() * (1 - accuracy);
                isRight[i] = !random.NextBool(Math.Min(0.9, doubt));
                confidences[i] = 1 - Math.Min(0.6, doubt / 2);
            }

            return new Release(labels, confidences, isRight);
        }

        public static Release Adaptive(SeededRandom random, int count, int labelCount, double errors, double confidence, int most)
        {
            var (labels, confidences, isRight) = (new int[count], new double[count], new bool[count]);
            var odds = (1 - errors) * (labelCount - 1) / errors;
            for (var i = 0; i < count; i++)
            {
                var counts = new int[labelCount];
                var truth = random.NextInt(labelCount);
                for (var votes = 0; votes < most && (votes < 2 || confidences[i] < confidence); votes++)
                {
                    counts[random.NextBool(errors) ? (truth + 1 + random.NextInt(labelCount - 1)) % labelCount : truth]++;
                    labels[i] = Array.IndexOf(counts, counts.Max());
                    confidences[i] = 1 / counts.Sum(c => Math.Pow(odds, c - counts.Max()));
                }

                isRight[i] = labels[i] == truth;
            }

            return new Release(labels, confidences, isRight);
        }
    }

    private sealed class Tally
    {
        private int _runs, _held, _below, _above, _bound;
        private double _bias, _width;

        public double Coverage => _held / (double)_runs;

        public double BoundHeld => _bound / (double)_runs;

        public double Bias => _bias / _runs;

        public void Add(double truth, StratifiedAssayResult result)
        {
            _runs++;
            if (truth < result.Lower - 1e-9) _below++;
            else if (truth > result.Upper + 1e-9) _above++;
            else _held++;
            if (truth >= result.LowerBound - 1e-9) _bound++;
            _bias += result.Accuracy - truth;
            _width += (result.Upper - result.Lower) / 2;
        }

        public override string ToString() => $"held {Coverage:P1} (true below {_below / (double)_runs:P1}, above {_above / (double)_runs:P1}), bound held {BoundHeld:P1}, bias {Bias:F5}, half-width {_width / _runs:F4}";
    }
}
