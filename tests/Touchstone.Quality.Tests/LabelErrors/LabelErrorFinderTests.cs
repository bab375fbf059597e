using FsCheck;
using FsCheck.Fluent;
using Touchstone.Quality.LabelErrors;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests.LabelErrors;

public sealed class LabelErrorFinderTests
{
    [Fact]
    public void The_confident_joint_equals_that_of_cleanlab()
    {
        var expected = ExpectedFile.Read("labelerrors");
        var (given, _, probabilities) = ExpectedFile.Items();
        var joint = ConfidentJoint.Count(given, probabilities);
        ExpectedFile.AssertNear(expected.Doubles("thresholds"), joint.Thresholds);
        ExpectedFile.AssertNear(expected.Matrix("confident_joint_uncalibrated"), Array.ConvertAll(joint.Counts, c => (double)c));
        ExpectedFile.AssertNear(expected.Matrix("confident_joint_calibrated"), Array.ConvertAll(joint.Calibrated, c => (double)c));
        ExpectedFile.AssertNear(expected.Matrix("joint"), joint.Joint());
        ExpectedFile.AssertNear(expected.Doubles("py"), joint.TrueShares());
        ExpectedFile.AssertNear(expected.Matrix("noise_matrix"), joint.NoiseMatrix());
        ExpectedFile.AssertNear(expected.Matrix("inverse_noise_matrix"), joint.InverseNoiseMatrix());
    }

    [Theory]
    [InlineData(LabelErrorFilter.PruneByClass, "prune_by_class")]
    [InlineData(LabelErrorFilter.PruneByNoiseRate, "prune_by_noise_rate")]
    [InlineData(LabelErrorFilter.Both, "both")]
    [InlineData(LabelErrorFilter.ConfidentLearning, "confident_learning")]
    [InlineData(LabelErrorFilter.PredictedNeqGiven, "predicted_neq_given")]
    [InlineData(LabelErrorFilter.LowNormalizedMargin, "low_normalized_margin")]
    [InlineData(LabelErrorFilter.LowSelfConfidence, "low_self_confidence")]
    public void Each_filter_finds_the_items_that_cleanlab_finds(LabelErrorFilter filter, string name)
    {
        var expected = ExpectedFile.Read("labelerrors");
        var (given, truth, probabilities) = ExpectedFile.Items();
        var report = LabelErrorFinder.Find(given, probabilities, new LabelErrorOptions(filter));
        var issues = expected.GetProperty("issues").GetProperty(name);
        Assert.Equal(issues.Integers("ids"), report.Ranked.Order());
        Assert.Equal(expected.GetProperty("num_label_issues").GetInt32(), report.EstimatedErrors);
        var hits = report.Ranked.Count(i => given[i] != truth[i]);
        Assert.Equal(issues.GetProperty("precision").GetDouble(), hits / (double)report.Ranked.Length, 1e-8);
        Assert.Equal(issues.GetProperty("recall").GetDouble(), hits / (double)given.Zip(truth).Count(p => p.First != p.Second), 1e-8);
        if (filter == LabelErrorFilter.PruneByNoiseRate) Assert.Equal(expected.Integers("ranked_by_self_confidence"), report.Ranked);
    }

    [Theory]
    [InlineData(LabelQualityScore.SelfConfidence, false, "self_confidence")]
    [InlineData(LabelQualityScore.SelfConfidence, true, "self_confidence_adjusted")]
    [InlineData(LabelQualityScore.NormalizedMargin, false, "normalized_margin")]
    [InlineData(LabelQualityScore.NormalizedMargin, true, "normalized_margin_adjusted")]
    [InlineData(LabelQualityScore.ConfidenceWeightedEntropy, false, "confidence_weighted_entropy")]
    public void Scores_equal_those_of_cleanlab(LabelQualityScore score, bool adjusted, string name)
    {
        var (given, truth, probabilities) = ExpectedFile.Items();
        var expected = ExpectedFile.Read("labelerrors").GetProperty("scores").GetProperty(name);
        var scores = LabelQuality.Score(given, probabilities, score, adjusted);
        ExpectedFile.AssertNear(expected.Doubles("values"), scores);
        Assert.Equal(expected.GetProperty("auroc_true_error").GetDouble(), Numeric.Auroc(scores, [.. given.Zip(truth, (g, t) => g != t)]), 1e-8);
    }

    [Fact]
    public void A_model_that_is_sure_of_the_label_gets_the_best_score_and_one_that_is_sure_of_another_the_worst()
    {
        var scores = LabelQuality.Score([0, 1, 0], new ClassProbabilities([1, 0, 1, 0, 1 - 1e-15, 1e-15], 2), LabelQualityScore.ConfidenceWeightedEntropy);
        ExpectedFile.AssertNear([1, 0, 1], scores);
    }

    [Theory]
    [InlineData(double.NaN, 0.5, "Row 1, column 0: not a number")]
    [InlineData(0.5, double.PositiveInfinity, "Row 1, column 1: infinite")]
    [InlineData(1.1, -0.1, "Row 1, column 0: 1.1 is larger than 1")]
    [InlineData(-0.1, 1.1, "Row 1, column 0: -0.1 is negative")]
    [InlineData(0.5, 0.4, "Row 1: the 2 probabilities sum to 0.9")]
    public void What_is_no_probability_is_named_by_row_and_column(double first, double second, string message)
    {
        double[] values = [0.5, 0.5, first, second];
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => new ClassProbabilities(values, 2)).Message, StringComparison.Ordinal);
        Assert.Equal(1, ClassProbabilities.FirstFault(values, 2)!.Value.Row);
    }

    [Fact]
    public void Labels_without_a_column_are_named_by_row()
    {
        var probabilities = new ClassProbabilities([0.5, 0.5, 0.5, 0.5], 2);
        Assert.StartsWith("Row 1", Assert.Throws<ArgumentOutOfRangeException>(() => LabelErrorFinder.Find([0, 2], probabilities)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LabelErrorFinder.Find([0], probabilities));
    }

    [Fact]
    public void No_items_one_class_and_absent_classes_give_a_result_with_a_warning()
    {
        Assert.Empty(LabelErrorFinder.Find([], new ClassProbabilities([], 3)).Ranked);
        var one = LabelErrorFinder.Find([0, 0], new ClassProbabilities([1, 1], 1));
        Assert.Empty(one.Ranked);
        Assert.Contains(one.Warnings, w => w.Code == "one_class");
        foreach (var filter in Enum.GetValues<LabelErrorFilter>())
        {
            var report = LabelErrorFinder.Find([0, 0, 1], new ClassProbabilities([0.8, 0.1, 0.1, 0.1, 0.1, 0.8, 0.2, 0.7, 0.1], 3), new LabelErrorOptions(filter));
            Assert.Contains(report.Warnings, w => w.Code == "class_never_given");
            Assert.DoesNotContain(report.Scores, double.IsNaN);
        }
    }

    [Fact]
    public void Renaming_classes_and_reordering_items_changes_nothing()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new SeededRandom(seed);
            var (labels, rows, size) = Draw(random);
            var names = Enumerable.Range(0, size).ToArray();
            random.Shuffle<int>(names);
            var order = Enumerable.Range(0, labels.Length).ToArray();
            random.Shuffle<int>(order);
            var renamed = new double[rows.Length];
            for (var n = 0; n < order.Length; n++)
                for (var k = 0; k < size; k++) renamed[n * size + names[k]] = rows[order[n] * size + k];
            foreach (var filter in Enum.GetValues<LabelErrorFilter>())
            {
                var before = LabelErrorFinder.Find(labels, new ClassProbabilities(rows, size), new LabelErrorOptions(filter));
                var after = LabelErrorFinder.Find([.. order.Select(i => names[labels[i]])], new ClassProbabilities(renamed, size), new LabelErrorOptions(filter));
                Assert.Equal(before.Joint.GivenCounts.Sum(), after.Joint.Calibrated.Sum());
                if (filter >= LabelErrorFilter.ConfidentLearning) Assert.Equal(before.Ranked, after.Ranked.Select(n => order[n]));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Calibrated_rows_sum_to_the_items_given_each_class()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var (labels, rows, size) = Draw(new SeededRandom(seed));
            var joint = ConfidentJoint.Count(labels, new ClassProbabilities(rows, size));
            for (var j = 0; j < size; j++) Assert.Equal(joint.GivenCounts[j], joint.Calibrated.AsSpan(j * size, size).ToArray().Sum());
        }).QuickCheckThrowOnFailure();
    }

    private static (int[] Labels, double[] Rows, int Size) Draw(SeededRandom random)
    {
        var (count, size) = (random.NextInt(1, 60), random.NextInt(2, 6));
        var rows = new double[count * size];
        for (var i = 0; i < count; i++)
        {
            double sum = 0;
            for (var k = 0; k < size; k++) sum += rows[i * size + k] = random.NextExponential();
            for (var k = 0; k < size; k++) rows[i * size + k] /= sum;
        }

        return ([.. Enumerable.Range(0, count).Select(_ => random.NextInt(size))], rows, size);
    }
}
