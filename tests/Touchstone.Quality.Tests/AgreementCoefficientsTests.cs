using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Quality.Agreements;
using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class AgreementCoefficientsTests
{
    private static readonly AgreementMetric[] Metrics = Enum.GetValues<AgreementMetric>();

    [Fact]
    public void Krippendorffs_examples_come_out_at_all_four_levels()
    {
        foreach (var example in Expected().GetProperty("krippendorff").EnumerateArray())
        {
            var (votes, values) = RatingTables.FromMatrix(example.GetProperty("raters_x_units (null = missing)"), ratersFirst: true);
            foreach (var level in Enum.GetValues<MeasurementLevel>())
            {
                var alpha = AgreementCoefficients.Of(votes, AgreementMetric.Krippendorff, new() { Level = level, LabelValues = values });
                Assert.Equal(example.GetProperty("alpha").GetProperty(level.ToString().ToLowerInvariant()).GetDouble(), alpha.Value!.Value, 1e-9);
                Assert.Equal(alpha.Value!.Value, (alpha.ObservedAgreement!.Value - alpha.ExpectedAgreement!.Value) / (1 - alpha.ExpectedAgreement!.Value), 1e-12);
            }
        }
    }

    [Fact]
    public void The_published_table_of_four_raters_comes_out_with_its_standard_errors()
    {
        var table = Expected().GetProperty("cac")[0];
        var (votes, _) = RatingTables.FromMatrix(table.GetProperty("subjects_x_raters"), ratersFirst: false);
        var published = table.GetProperty("published");
        void Same(AgreementMetric metric, string name)
        {
            var actual = AgreementCoefficients.Of(votes, metric);
            Assert.Equal(published.GetProperty(name).GetDouble(), actual.Value!.Value, 5.1e-6);
            Assert.Equal(published.GetProperty("se").GetProperty(name).GetDouble(), actual.StandardError!.Value, 5.1e-6);
        }

        Same(AgreementMetric.Gwet, "gwet_ac1");
        Same(AgreementMetric.Fleiss, "fleiss");
        Same(AgreementMetric.Krippendorff, "krippendorff");
        Same(AgreementMetric.Conger, "conger");
        Same(AgreementMetric.BrennanPrediger, "brennan_prediger");
        Assert.Equal(published.GetProperty("gwet_pe").GetDouble(), AgreementCoefficients.Of(votes, AgreementMetric.Gwet).ExpectedAgreement!.Value, 1e-7);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("linear")]
    [InlineData("quadratic")]
    [InlineData("ordinal")]
    public void Weighted_coefficients_come_out(string name)
    {
        var table = Expected().GetProperty("cac")[0];
        var (votes, _) = RatingTables.FromMatrix(table.GetProperty("subjects_x_raters"), ratersFirst: false);
        var weights = name switch
        {
            "identity" => LabelWeights.Identity(5),
            "linear" => LabelWeights.Linear(5),
            "quadratic" => LabelWeights.Quadratic(5),
            _ => LabelWeights.Ordinal(5),
        };
        var expected = table.GetProperty("own").GetProperty(name);
        Agreement Of(AgreementMetric metric) => AgreementCoefficients.Of(votes, metric, new() { Weights = weights, Distance = (k, l) => 1 - weights[k, l] });
        Assert.Equal(expected.GetProperty("pa").GetDouble(), Of(AgreementMetric.PercentAgreement).Value!.Value, 1e-9);
        Assert.Equal(expected.GetProperty("gwet_ac").GetDouble(), Of(AgreementMetric.Gwet).Value!.Value, 1e-9);
        Assert.Equal(expected.GetProperty("gwet_pe").GetDouble(), Of(AgreementMetric.Gwet).ExpectedAgreement!.Value, 1e-9);
        Assert.Equal(expected.GetProperty("fleiss").GetDouble(), Of(AgreementMetric.Fleiss).Value!.Value, 1e-9);
        Assert.Equal(expected.GetProperty("fleiss_pe").GetDouble(), Of(AgreementMetric.Fleiss).ExpectedAgreement!.Value, 1e-9);
        Assert.Equal(expected.GetProperty("brennan_prediger").GetDouble(), Of(AgreementMetric.BrennanPrediger).Value!.Value, 1e-9);
        Assert.Equal(expected.GetProperty("krippendorff").GetDouble(), Of(AgreementMetric.Krippendorff).Value!.Value, 1e-9);
    }

    [Fact]
    public void The_published_counts_of_six_raters_come_out()
    {
        var table = Expected().GetProperty("cac")[1];
        var votes = RatingTables.FromCounts(table.GetProperty("counts"));
        var published = table.GetProperty("published");
        Agreement Same(AgreementMetric metric, string name)
        {
            var actual = AgreementCoefficients.Of(votes, metric);
            Assert.Equal(published.GetProperty(name).GetDouble(), actual.Value!.Value, 1e-7);
            return actual;
        }

        void SameError(AgreementMetric metric, string name) =>
            Assert.Equal(published.GetProperty("se").GetProperty(name).GetDouble(), Same(metric, name).StandardError!.Value, 1e-7);

        SameError(AgreementMetric.Gwet, "gwet_ac1");
        SameError(AgreementMetric.Fleiss, "fleiss");
        SameError(AgreementMetric.BrennanPrediger, "brennan_prediger");
        // irrCAC's alpha of counts takes the chance term once where its alpha of raw ratings, and the derivation, take it twice; without gaps the error is that of Fleiss' kappa.
        Assert.Equal(AgreementCoefficients.Of(votes, AgreementMetric.Fleiss).StandardError!.Value, Same(AgreementMetric.Krippendorff, "krippendorff").StandardError!.Value, 1e-12);
        Assert.Equal(published.GetProperty("pa").GetDouble(), AgreementCoefficients.Of(votes, AgreementMetric.PercentAgreement).Value!.Value, 1e-7);
        var own = table.GetProperty("own");
        foreach (var (name, metric) in new[] { ("pa", AgreementMetric.PercentAgreement), ("gwet_ac", AgreementMetric.Gwet), ("fleiss", AgreementMetric.Fleiss), ("brennan_prediger", AgreementMetric.BrennanPrediger), ("krippendorff", AgreementMetric.Krippendorff) })
            Assert.Equal(own.GetProperty(name).GetDouble(), AgreementCoefficients.Of(votes, metric).Value!.Value, 1e-9);
        foreach (var (name, metric) in new[] { ("gwet_pe", AgreementMetric.Gwet), ("fleiss_pe", AgreementMetric.Fleiss) })
            Assert.Equal(own.GetProperty(name).GetDouble(), AgreementCoefficients.Of(votes, metric).ExpectedAgreement!.Value, 1e-9);
    }

    [Fact]
    public void The_published_table_of_two_abstractors_comes_out()
    {
        var table = Expected().GetProperty("cac")[2];
        var votes = RatingTables.FromTwoRaterTable(table.GetProperty("table"));
        var published = table.GetProperty("published");
        double Value(AgreementMetric metric) => AgreementCoefficients.Of(votes, metric).Value!.Value;
        Assert.Equal(published.GetProperty("cohen").GetDouble(), Value(AgreementMetric.Cohen), 1e-7);
        Assert.Equal(published.GetProperty("cohen_se").GetDouble(), AgreementCoefficients.Of(votes, AgreementMetric.Cohen).StandardError!.Value, 1e-7);
        Assert.Equal(published.GetProperty("scott_pi").GetDouble(), Value(AgreementMetric.Scott), 1e-7);
        Assert.Equal(published.GetProperty("gwet_ac1").GetDouble(), Value(AgreementMetric.Gwet), 1e-7);
        Assert.Equal(published.GetProperty("brennan_prediger").GetDouble(), Value(AgreementMetric.BrennanPrediger), 1e-7);
        Assert.Equal(published.GetProperty("krippendorff").GetDouble(), Value(AgreementMetric.Krippendorff), 1e-7);
        Assert.Equal(published.GetProperty("pa").GetDouble(), Value(AgreementMetric.PercentAgreement), 1e-7);
        Assert.Equal(Value(AgreementMetric.Cohen), Value(AgreementMetric.Conger), 1e-12);
        Assert.Equal(Value(AgreementMetric.Scott), Value(AgreementMetric.Fleiss), 1e-12);
    }

    [Theory]
    [InlineData("bluebird")]
    [InlineData("face")]
    [InlineData("rte")]
    [InlineData("temporal")]
    [InlineData("wsd")]
    [InlineData("mozafari")]
    [InlineData("product")]
    public void Crowd_sets_come_out_as_other_programs_say(string name)
    {
        var data = CrowdData.Load(name);
        var expected = data.Expected.GetProperty("agreement");
        var cac = expected.GetProperty("cac_unweighted");
        void Same(string field, double? actual) => Assert.Equal(cac.GetProperty(field).GetDouble(), actual!.Value, 1e-7);
        Same("pa", AgreementCoefficients.Of(data.Votes, AgreementMetric.PercentAgreement).Value);
        Same("gwet_ac", AgreementCoefficients.Of(data.Votes, AgreementMetric.Gwet).Value);
        Same("gwet_pe", AgreementCoefficients.Of(data.Votes, AgreementMetric.Gwet).ExpectedAgreement);
        Same("fleiss", AgreementCoefficients.Of(data.Votes, AgreementMetric.Fleiss).Value);
        Same("fleiss_pe", AgreementCoefficients.Of(data.Votes, AgreementMetric.Fleiss).ExpectedAgreement);
        Same("brennan_prediger", AgreementCoefficients.Of(data.Votes, AgreementMetric.BrennanPrediger).Value);
        var alpha = AgreementCoefficients.Of(data.Votes, AgreementMetric.Krippendorff).Value;
        Same("krippendorff", alpha);
        Assert.Equal(KrippendorffAlpha.Nominal(data.Votes)!.Value, alpha!.Value, 1e-12);
    }

    [Fact]
    public void Agreement_of_items_chance_and_relabelling_obeys_its_laws() => Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
    {
        var votes = RatingTables.Random(seed, raters: seed % 3 == 0 ? 2 : 4);
        var random = new SeededRandom(seed);
        var (items, raters, labels) = (Permutation(votes.ItemCount, random), Permutation(votes.ContributorCount, random), Permutation(votes.LabelCount, random));
        var order = Permutation(votes.Count, random);
        Votes Renamed(bool withLabels) => new(
            [.. order.Select(v => items[votes.Items[v]])], [.. order.Select(v => raters[votes.Contributors[v]])],
            [.. order.Select(v => withLabels ? labels[votes.Labels[v]] : votes.Labels[v])], votes.ItemCount, votes.ContributorCount, votes.LabelCount);
        foreach (var metric in Metrics)
        {
            var one = AgreementCoefficients.Of(votes, metric);
            Same(one, AgreementCoefficients.Of(Renamed(true), metric));
            if (one.Value is { } value) Assert.InRange(value, -1, 1);
        }

        foreach (var level in new[] { MeasurementLevel.Ordinal, MeasurementLevel.Interval, MeasurementLevel.Ratio })
        {
            var options = new AgreementOptions { Level = level, LabelValues = [1, 2, 4] };
            var one = AgreementCoefficients.Of(votes, AgreementMetric.Krippendorff, options);
            Same(one, AgreementCoefficients.Of(Renamed(false), AgreementMetric.Krippendorff, options));
            var (value, largest) = PlainAlpha(votes, level, [1, 2, 4]);
            Assert.Equal(value, one.Value!.Value, 1e-9);
            Assert.True(largest > 0);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Full_agreement_on_two_labels_is_one()
    {
        var votes = new Votes([0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1], [0, 0, 1, 1, 0, 0], 3, 2, 3);
        foreach (var metric in Metrics) Assert.Equal(1, AgreementCoefficients.Of(votes, metric).Value!.Value, 1e-12);
    }

    [Fact]
    public void What_cannot_be_measured_says_why_and_is_never_not_a_number()
    {
        Votes[] awkward =
        [
            new([], [], [], 0, 0, 0), new([], [], [], 3, 2, 2), new([0], [0], [0], 1, 1, 2), new([0, 1], [0, 0], [0, 1], 2, 1, 2), new([0, 0], [0, 1], [0, 0], 1, 2, 1),
            new([0, 0, 1, 1], [0, 1, 0, 1], [1, 1, 1, 1], 2, 2, 3), new([0, 0], [0, 0], [0, 1], 1, 1, 2),
        ];
        foreach (var votes in awkward)
        {
            foreach (var metric in Metrics)
            {
                foreach (var bootstrap in new int?[] { null, 20 })
                {
                    var result = AgreementCoefficients.Of(votes, metric, new() { Bootstrap = bootstrap });
                    Assert.True(result.Value is null == result.Undefined is not null);
                    double?[] numbers = [result.Value, result.ObservedAgreement, result.ExpectedAgreement, result.StandardError, result.Interval?.Lower, result.Interval?.Upper];
                    Assert.All(numbers, n => Assert.True(n is null || double.IsFinite(n.Value)));
                }
            }
        }

        Assert.Equal("no_votes", AgreementCoefficients.Of(awkward[0], AgreementMetric.Fleiss).Undefined!.Code);
        Assert.Equal("no_paired_item", AgreementCoefficients.Of(awkward[3], AgreementMetric.Fleiss).Undefined!.Code);
        Assert.Equal("needs_two_contributors", AgreementCoefficients.Of(awkward[3], AgreementMetric.Cohen).Undefined!.Code);
        Assert.Equal("one_label_only", AgreementCoefficients.Of(awkward[5], AgreementMetric.Krippendorff).Undefined!.Code);
        Assert.Equal(1, AgreementCoefficients.Of(awkward[5], AgreementMetric.Gwet).Value!.Value);
        Assert.Equal(1, AgreementCoefficients.Of(awkward[6], AgreementMetric.Krippendorff).DuplicateVotes);
    }

    [Fact]
    public void The_prevalence_trap_is_shown()
    {
        // 118 of 125 pairs agree, 116 of them on the first label: kappa is about .34, AC1 .94.
        int[] first = [.. Enumerable.Repeat(0, 116), 1, 1, 0, 0, 0, 0, 1, 1, 1], second = [.. Enumerable.Repeat(0, 116), 1, 1, 1, 1, 1, 1, 0, 0, 0];
        var votes = new Votes([.. Enumerable.Range(0, 125), .. Enumerable.Range(0, 125)], [.. Enumerable.Repeat(0, 125), .. Enumerable.Repeat(1, 125)], [.. first, .. second], 125, 2, 2);
        var check = PrevalenceCheck.Of(votes);
        Assert.True(check.IsTrapped);
        Assert.InRange(check.Kappa.Value!.Value, 0.3, 0.4);
        Assert.InRange(check.Ac1.Value!.Value, 0.93, 0.95);
        Assert.Equal(0, check.CommonestLabel);
        Assert.False(PrevalenceCheck.Of(RatingTables.Random(1)).IsTrapped);
    }

    [Fact]
    public void A_bootstrap_repeats_itself_and_agrees_with_the_analytic_error()
    {
        var data = CrowdData.Load("mozafari");
        foreach (var metric in new[] { AgreementMetric.Fleiss, AgreementMetric.Gwet, AgreementMetric.Conger, AgreementMetric.Krippendorff, AgreementMetric.BrennanPrediger })
        {
            var analytic = AgreementCoefficients.Of(data.Votes, metric);
            var options = new AgreementOptions { Bootstrap = 400, Seed = 7 };
            var drawn = AgreementCoefficients.Of(data.Votes, metric, options);
            Assert.Equal(drawn, AgreementCoefficients.Of(data.Votes, metric, options));
            Assert.NotEqual(drawn.Interval, AgreementCoefficients.Of(data.Votes, metric, options with { Seed = 8 }).Interval);
            Assert.InRange(drawn.StandardError!.Value / analytic.StandardError!.Value, 0.85, 1.15);
            Assert.True(drawn.Interval!.Value.Contains(drawn.Value!.Value));
        }
    }

    [Fact]
    public void Analytic_errors_of_every_level_are_near_the_bootstraps()
    {
        var votes = RatingTables.Random(11, items: 400, raters: 5, labels: 4);
        foreach (var level in Enum.GetValues<MeasurementLevel>())
        {
            var options = new AgreementOptions { Level = level, LabelValues = [1, 2, 3, 5] };
            var analytic = AgreementCoefficients.Of(votes, AgreementMetric.Krippendorff, options).StandardError!.Value;
            var drawn = AgreementCoefficients.Of(votes, AgreementMetric.Krippendorff, options with { Bootstrap = 500 }).StandardError!.Value;
            Assert.InRange(drawn / analytic, 0.85, 1.15);
        }
    }

    [Fact]
    public void A_finite_population_narrows_the_error()
    {
        var votes = RatingTables.Random(3, items: 50);
        var all = AgreementCoefficients.Of(votes, AgreementMetric.Gwet);
        var half = AgreementCoefficients.Of(votes, AgreementMetric.Gwet, new() { PopulationItems = 2L * all.Items });
        Assert.Equal(Math.Sqrt(0.5), half.StandardError!.Value / all.StandardError!.Value, 1e-12);
        Assert.Equal(0, AgreementCoefficients.Of(votes, AgreementMetric.Gwet, new() { PopulationItems = all.Items }).StandardError!.Value);
    }

    [Fact]
    public void Kappa_does_not_depend_on_who_comes_first()
    {
        int[] first = [0, 1, 2, 1, 0, 2, 2], second = [0, 1, 1, 1, 0, 2, 0];
        var weights = new AgreementOptions { Weights = LabelWeights.Quadratic(3) };
        Assert.Equal(CohenKappa.Of(first, second, 3, weights).Value!.Value, CohenKappa.Of(second, first, 3, weights).Value!.Value, 1e-15);
        Assert.Throws<ArgumentException>(() => CohenKappa.Of(first, [0], 3));
        Assert.Throws<ArgumentException>(() => AgreementCoefficients.Of(RatingTables.Random(1), AgreementMetric.Krippendorff, new() { Level = MeasurementLevel.Interval }));
    }

    /// <summary>Alpha as its definition reads, over all pairs of votes.</summary>
    private static (double Alpha, double Largest) PlainAlpha(Votes votes, MeasurementLevel level, double[] values)
    {
        var byItem = Enumerable.Range(0, votes.Count).GroupBy(v => votes.Items[v]).Where(g => g.Count() >= 2).Select(g => g.Select(v => votes.Labels[v]).ToArray()).ToArray();
        var all = byItem.SelectMany(l => l).ToArray();
        var margins = Enumerable.Range(0, votes.LabelCount).Select(k => all.Count(l => l == k)).ToArray();
        double Distance(int k, int l)
        {
            if (k == l) return 0;
            if (level == MeasurementLevel.Interval) return Math.Pow(values[k] - values[l], 2);
            if (level == MeasurementLevel.Ratio) return Math.Pow((values[k] - values[l]) / (values[k] + values[l]), 2);
            var (low, high) = (Math.Min(k, l), Math.Max(k, l));
            return Math.Pow(Enumerable.Range(low, high - low + 1).Sum(g => margins[g]) - (margins[k] + margins[l]) / 2.0, 2);
        }

        var observed = byItem.Sum(labels => labels.SelectMany((_, i) => labels.Where((_, j) => j != i), (a, b) => Distance(a, b)).Sum() / (labels.Length - 1)) / all.Length;
        var expected = all.SelectMany((_, i) => all.Where((_, j) => j != i), (a, b) => Distance(a, b)).Sum() / ((double)all.Length * (all.Length - 1));
        return (1 - observed / expected, expected);
    }

    private static void Same(Agreement one, Agreement other)
    {
        Assert.Equal(one.Undefined?.Code, other.Undefined?.Code);
        if (one.Value is not { } value) return;
        Assert.Equal(value, other.Value!.Value, 1e-9);
        // Variances are sums, which rounding moves by little; the root of one that should be 0 would show 1e-17 as 3e-9.
        if (one.StandardError is { } error) Assert.Equal(error * error, other.StandardError!.Value * other.StandardError.Value, 1e-10 * Math.Max(error, 1e-3));
    }

    private static int[] Permutation(int count, SeededRandom random)
    {
        var order = Enumerable.Range(0, count).ToArray();
        random.Shuffle<int>(order);
        return order;
    }

    private static JsonElement Expected() => JsonDocument.Parse(File.ReadAllBytes(Touchstone.Testing.TestData.Find(Assert.Skip, "crowd", "expected-agreement.json"))).RootElement;
}
