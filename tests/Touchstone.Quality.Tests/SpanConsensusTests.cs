using FsCheck;
using FsCheck.Fluent;
using Touchstone.Quality.Spans;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class SpanConsensusTests
{
    [Fact]
    public void Marks_of_one_thing_become_one_span_at_the_medians()
    {
        var result = SpanConsensus.Fit([new(0, 10, 20, 1), new(1, 11, 20, 1), new(2, 10, 22, 1), new(2, 40, 45, 0)], 3);
        var span = Assert.Single(result.Spans);
        Assert.Equal((10, 20, 1), (span.Start, span.End, span.Label));
        Assert.Equal(1, span.Confidence);
        Assert.Equal([0, 1, 2], span.Marks);
        var rejected = Assert.Single(result.Rejected);
        Assert.Equal(1.0 / 3, rejected.Confidence, 12);
        Assert.Equal((1 + 2.0 / 3 + 2.0 / 3) / 3, result.Agreement!.Value, 12);
        Assert.Equal([1, 1, 2.0 / 3], result.Scores, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Nested_and_overlapping_spans_of_one_label_stay_apart()
    {
        SpanMark[] one = [new(0, 0, 30, 0), new(0, 5, 12, 0), new(0, 8, 20, 0)];
        var result = SpanConsensus.Fit([.. one, .. one.Select(m => m with { Contributor = 1 }), .. one.Reverse().Select(m => m with { Contributor = 2 })], 3);
        Assert.Equal([(0, 30), (5, 12), (8, 20)], result.Spans.Select(s => (s.Start, s.End)));
        Assert.All(result.Spans, s => Assert.Equal(1, s.Confidence));
        Assert.Equal(1, result.Agreement);
    }

    [Fact]
    public void Another_label_at_the_same_place_is_another_span()
    {
        var result = SpanConsensus.Fit([new(0, 0, 5, 0), new(1, 0, 5, 1), new(2, 0, 5, 1)], 3);
        var span = Assert.Single(result.Spans);
        Assert.Equal(1, span.Label);
        Assert.Equal(2.0 / 3, span.Confidence, 12);
    }

    [Fact]
    public void Weights_decide_which_spans_stand()
    {
        var result = SpanConsensus.Fit([new(0, 0, 5, 0), new(1, 9, 12, 0), new(2, 9, 12, 0)], 3, weights: [5, 1, 1]);
        Assert.Equal((0, 5), (Assert.Single(result.Spans).Start, result.Spans[0].End));
    }

    [Fact]
    public void The_order_of_marks_and_of_contributors_does_not_matter() => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
    {
        var random = new SeededRandom(seed);
        SpanMark[] marks = [.. Enumerable.Range(0, 24).Select(_ =>
        {
            var start = random.NextInt(40);
            return new SpanMark(random.NextInt(4), start, start + 1 + random.NextInt(12), random.NextInt(2));
        }).DistinctBy(m => (m.Start, m.End, m.Label))];
        var other = marks.ToArray();
        random.Shuffle(other.AsSpan());
        int[] rename = [3, 1, 0, 2];
        var (first, second) = (SpanConsensus.Fit(marks, 4, share: 0.25), SpanConsensus.Fit(other, 4, share: 0.25));
        Assert.Equal(first.Spans.Select(s => (s.Start, s.End, s.Label, s.Confidence)), second.Spans.Select(s => (s.Start, s.End, s.Label, s.Confidence)));
        Assert.Equal(first.Agreement!.Value, second.Agreement!.Value, 12);
        var renamed = SpanConsensus.Fit([.. marks.Select(m => m with { Contributor = rename[m.Contributor] })], 4, share: 0.25);
        Assert.Equal(first.Agreement!.Value, renamed.Agreement!.Value, 12);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Nothing_marked_nobody_there_and_bad_marks()
    {
        Assert.Equal(1, SpanConsensus.Fit([], 3).Agreement);
        Assert.Null(SpanConsensus.Fit([], 0).Agreement);
        Assert.Contains(SpanConsensus.Fit([], 0).Warnings, w => w.Code == "no_votes");
        Assert.Contains(SpanConsensus.Fit([new(0, 0, 1, 0), new(1, 5, 6, 0), new(2, 8, 9, 0)], 3).Warnings, w => w.Code == "nothing_stands");
        Assert.Contains("Mark 0", Assert.Throws<ArgumentException>(() => SpanConsensus.Fit([new(0, 3, 3, 0)], 1)).Message, StringComparison.Ordinal);
        Assert.Equal(0, SpanConsensus.F1([new(0, 0, 4, 0)], []));
    }
}
