using FsCheck;
using FsCheck.Fluent;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;
using Touchstone.Quality.Agreements;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class OtherAgreementTests
{
    /// <summary>Shrout and Fleiss 1979, table 2: six targets, four judges.</summary>
    private static readonly double[] Judges = [9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7];

    [Fact]
    public void The_published_intraclass_correlations_come_out()
    {
        var result = IntraclassCorrelation.Of(Judges, 6, 4);
        Assert.Equal(0.29, result.Single.Value!.Value, 0.005);
        Assert.Equal(0.62, result.Average.Value!.Value, 0.005);
        Assert.Equal(0.019, result.Single.Interval!.Value.Lower, 0.001); // the intervals that R's psych prints for these numbers
        Assert.Equal(0.761, result.Single.Interval!.Value.Upper, 0.001);
        Assert.Equal(0.071, result.Average.Interval!.Value.Lower, 0.001);
        Assert.Equal(0.927, result.Average.Interval!.Value.Upper, 0.001);
        Assert.Equal(0, result.IncompleteItems);
    }

    [Fact]
    public void Intraclass_correlation_of_gaps_of_constants_and_of_equals()
    {
        double[] gap = [.. Judges];
        gap[5] = double.NaN;
        Assert.Equal(1, IntraclassCorrelation.Of(gap, 6, 4).IncompleteItems);
        Assert.Equal(5, IntraclassCorrelation.Of(gap, 6, 4).Single.PairedItems);
        Assert.Equal("no_variance", IntraclassCorrelation.Of([3, 3, 3, 3], 2, 2).Single.Undefined!.Code);
        Assert.Equal("needs_two_contributors", IntraclassCorrelation.Of([1, 2], 2, 1).Single.Undefined!.Code);
        Assert.Equal("needs_two_items", IntraclassCorrelation.Of([], 0, 3).Single.Undefined!.Code);
        Assert.Equal(1, IntraclassCorrelation.Of([1, 1, 5, 5, 2, 2], 3, 2).Single.Value!.Value, 1e-12);
        Assert.Equal(1, IntraclassCorrelation.Of([1, 1, 5, 5, 2, 2], 3, 2).Single.Interval!.Value.Lower, 1e-12);
        Assert.Throws<ArgumentException>(() => IntraclassCorrelation.Of([1, double.PositiveInfinity], 1, 2));
    }

    [Fact]
    public void Intraclass_correlation_does_not_depend_on_scale_or_order() => Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
    {
        var random = new SeededRandom(seed);
        double[] numbers = [.. Enumerable.Range(0, 24).Select(i => random.NextNormal() + i / 4)];
        var one = IntraclassCorrelation.Of(numbers, 6, 4).Average.Value!.Value;
        Assert.Equal(one, IntraclassCorrelation.Of(Array.ConvertAll(numbers, x => 5 + 3 * x), 6, 4).Average.Value!.Value, 1e-9);
        double[] backwards = [.. numbers.Reverse()];
        Assert.Equal(one, IntraclassCorrelation.Of(backwards, 6, 4).Average.Value!.Value, 1e-9);
        Assert.True(one <= 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rankings_agree_as_their_definitions_say()
    {
        // Siegel and Castellan's three executives ranking six applicants: W = .162.
        double[] ranks = [1, 6, 3, 2, 5, 4, 1, 5, 6, 4, 2, 3, 6, 3, 2, 5, 4, 1];
        Assert.Equal(0.162, RankAgreement.KendallW(ranks, 3, 6).W!.Value, 0.0005);
        var equal = RankAgreement.KendallW([1, 2, 3, 1, 2, 3, 1, 2, 3], 3, 3);
        Assert.Equal(1, equal.W!.Value, 1e-12);
        Assert.Equal(1, equal.BeyondChance!.Value, 1e-12);
        Assert.Equal(-1, RankAgreement.KendallW([1, 2, 3, 3, 2, 1], 2, 3).BeyondChance!.Value, 1e-12);
        Assert.Equal("all_tied", RankAgreement.KendallW([1, 1, 2, 2], 2, 2).Undefined!.Code);
        Assert.Equal("needs_two_items", RankAgreement.KendallW([1, 2], 2, 1).Undefined!.Code);
        Assert.Equal("needs_two_contributors", RankAgreement.KendallW([1, 2], 1, 2).Undefined!.Code);
        Assert.Null(RankAgreement.TauB([1, 1], [1, 2]));
        Assert.Equal(-0.4714045207910316, RankAgreement.TauB([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])!.Value, 1e-12); // the example of SciPy's documentation
    }

    [Fact]
    public void Concordance_beyond_chance_is_the_mean_of_spearmans_correlations() => Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
    {
        var random = new SeededRandom(seed);
        double[][] rankings = [.. Enumerable.Range(0, 4).Select(_ =>
        {
            double[] order = [1, 2, 3, 4, 5, 6, 7];
            random.Shuffle<double>(order);
            return order;
        })];
        var result = RankAgreement.KendallW([.. rankings.SelectMany(r => r)], 4, 7);
        double total = 0;
        for (var a = 0; a < 4; a++)
            for (var b = 0; b < a; b++) total += 1 - 6 * rankings[a].Zip(rankings[b], (x, y) => (x - y) * (x - y)).Sum() / (7 * 48.0);
        Assert.Equal(total / 6, result.BeyondChance!.Value, 1e-9);
        Assert.Equal(RankAgreement.TauB(rankings[0], rankings[1])!.Value, RankAgreement.TauB(rankings[1], rankings[0])!.Value, 1e-15);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Equal_boxes_agree_wholly_and_lone_ones_count_against_f1()
    {
        var marks = Boxes(1, jitter: 0);
        var result = ObjectAgreement.Boxes(marks);
        Assert.Equal(1, result.Alpha.Value!.Value, 1e-12);
        Assert.Equal(1, result.MeanF1!.Value, 1e-12);
        Assert.Equal(0, result.LoneObjects);
        var withLone = ObjectAgreement.Boxes([.. marks, new MarkedObject<Box>(0, 0, 1, new Box(900, 900, 10, 10))]);
        Assert.Equal(1, withLone.LoneObjects);
        Assert.True(withLone.MeanF1 < 1);
        Assert.Equal(1, withLone.Alpha.Value!.Value, 1e-12);
    }

    [Fact]
    public void Agreement_on_boxes_falls_with_their_jitter_and_repeats_itself()
    {
        var near = ObjectAgreement.Boxes(Boxes(1, jitter: 2));
        var far = ObjectAgreement.Boxes(Boxes(1, jitter: 6));
        Assert.InRange(near.Alpha.Value!.Value, 0.7, 0.99);
        Assert.True(far.Alpha.Value < near.Alpha.Value);
        Assert.True(near.Alpha.Value < near.MeanSimilarity); // what chance gives is taken off
        var drawn = ObjectAgreement.Boxes(Boxes(1, jitter: 2), options: new() { Bootstrap = 300 });
        Assert.Equal(drawn.Alpha, ObjectAgreement.Boxes(Boxes(1, jitter: 2), options: new() { Bootstrap = 300 }).Alpha);
        Assert.InRange(drawn.Alpha.StandardError!.Value / near.Alpha.StandardError!.Value, 0.7, 1.3);
    }

    [Fact]
    public void Agreement_on_objects_does_not_depend_on_names_or_order() => Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
    {
        var marks = Boxes(seed, jitter: 4);
        MarkedObject<Box>[] turned = [.. marks.Select(m => m with { Item = 7 - m.Item, Contributor = 2 - m.Contributor }).Reverse()];
        var (one, other) = (ObjectAgreement.Boxes(marks), ObjectAgreement.Boxes(turned));
        Assert.Equal(one.MeanF1!.Value, other.MeanF1!.Value, 1e-9);
        Assert.Equal(one.Alpha.Value!.Value, other.Alpha.Value!.Value, 1e-9);
        Assert.InRange(one.Alpha.Value!.Value, -1, 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Spans_may_overlap_and_come_in_any_order()
    {
        MarkedObject<(int, int)> Span(int who, int start, int end) => new(0, who, 0, (start, end));
        var result = ObjectAgreement.Spans([Span(0, 0, 10), Span(0, 5, 20), Span(1, 5, 20), Span(1, 0, 10)]);
        Assert.Equal(1, result.MeanF1);
        Assert.Equal(2, result.MatchedObjects);
        Assert.Equal(1, result.Alpha.Value!.Value, 1e-12);
        Assert.Equal("no_matched_object", ObjectAgreement.Spans([Span(0, 0, 3), Span(1, 8, 9)]).Alpha.Undefined!.Code);
        Assert.Equal(0, ObjectAgreement.Spans([Span(0, 0, 3)], seen: [(0, 1)]).MeanF1);
        Assert.Equal(1, ObjectAgreement.Spans([], seen: [(0, 0), (0, 1)]).MeanF1);
        Assert.Null(ObjectAgreement.Spans([]).MeanF1);
    }

    [Fact]
    public void Masks_agree_by_their_pixels()
    {
        static MarkedObject<RunLengthMask> Mask(int item, int who, int x) => new(item, who, 0, RunLengthMask.FromPolygon(40, 40, [x, 5, x + 20, 5, x + 20, 25, x, 25]));
        var result = ObjectAgreement.Masks([Mask(0, 0, 2), Mask(0, 1, 4), Mask(1, 0, 15), Mask(1, 1, 15)]);
        Assert.Equal(2, result.MatchedObjects);
        Assert.InRange(result.MeanSimilarity!.Value, 0.85, 0.95);
        Assert.True(result.Alpha.Value < result.MeanSimilarity);
    }

    private static MarkedObject<Box>[] Boxes(int seed, double jitter)
    {
        var random = new SeededRandom(seed);
        List<MarkedObject<Box>> marks = [];
        for (var item = 0; item < 8; item++)
        {
            for (var o = 0; o < 4; o++)
            {
                var (x, y) = (o * 100 + random.NextDouble(0, 40), random.NextDouble(0, 300));
                for (var who = 0; who < 3; who++)
                    marks.Add(new(item, who, o % 2, new Box(x + jitter * random.NextNormal(), y + jitter * random.NextNormal(), 50, 40)));
            }
        }

        return [.. marks];
    }
}
