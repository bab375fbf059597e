using System.Text.Json;
using Touchstone.Annotations.Exports;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Mapillary;
using Touchstone.Formats.Voc;

namespace Touchstone.Formats.Tests.Exchange;

public sealed class NarrowingTests
{
    private static readonly JsonElement Yes = JsonElement.Parse("true"), Red = JsonElement.Parse("\"red\"");

    private static Sample One(params LabelledObject[] objects) => new() { Name = "a.jpg", WidthPx = 100, HeightPx = 80, Opinions = [new Opinion { Objects = objects }] };

    [Fact]
    public void What_the_format_lacks_becomes_the_nearest_thing_that_it_has_and_is_counted()
    {
        var narrowing = new Narrowing(new VocFormat().Traits);
        var narrowed = narrowing.Narrow(One(
            new LabelledObject("car", new Outline(new RotatedBox(50, 40, 20, 10, Math.PI / 2))),
            new LabelledObject("lane", new Outline(new Polyline([new(0, 0), new(5, 5)]))),
            new LabelledObject("road", new Rings([[new(0, 0), new(4, 0), new(4, 4)], [new(10, 10), new(14, 10), new(14, 16)]]))))!;
        Assert.Equal(["car", "road"], narrowed.Opinions[0].Objects.Select(o => o.Class));
        var box = narrowed.Opinions[0].Objects[0].Mark.Bounds!;
        Assert.Equal((45, 30, 10, 20), (Math.Round(box.X, 9), Math.Round(box.Y, 9), Math.Round(box.Width, 9), Math.Round(box.Height, 9)));
        Assert.Equal(new Outline(new Box(0, 0, 14, 16)), narrowed.Opinions[0].Objects[1].Mark);
        Assert.Equal(["geometry:polygons 1", "geometry:polyline 1", "geometry:rotated_box 1"], narrowing.Report.Losses.Select(l => $"{l.Kind} {l.Count}"));
    }

    [Fact]
    public void Every_part_of_a_sample_is_either_carried_or_told()
    {
        var everything = new Sample
        {
            Name = "a.jpg",
            WidthPx = 9,
            HeightPx = 9,
            Split = "train",
            Facts = new Dictionary<string, JsonElement> { ["camera"] = Red },
            Opinions =
            [
                new Opinion
                {
                    Kind = OpinionKind.Gold, Contributor = "ann", At = DateTimeOffset.UnixEpoch, Seconds = 3, Review = "accepted",
                    Answers = new Dictionary<string, JsonElement> { ["weather"] = Red },
                    Objects = [new LabelledObject("car", new Outline(new Box(1, 1, 2, 2))) { Id = "1", Score = 0.5, Track = "7", Attributes = new Dictionary<string, JsonElement> { ["colour"] = Red, ["truncated"] = Yes } }],
                    Relations = [new ObjectRelation("1", "1", "is")],
                },
                new Opinion { Contributor = "bob" },
                new Opinion { Kind = OpinionKind.Prediction, Model = "m" },
                new Opinion { Kind = OpinionKind.Skipped },
                new Opinion { Kind = OpinionKind.Draft },
            ],
        };
        var bare = new FormatTraits { Id = "bare", Name = "Bare", Specification = "none", Evidence = Evidence.OwnFiles, Marks = [MarkKind.Box], Parts = CarriedParts.EmptySamples };
        var narrowing = new Narrowing(bare);
        var narrowed = narrowing.Narrow(everything)!;
        Assert.Equal(
            ["answer:weather", "attribute:colour", "attribute:truncated", "contributor", "draft", "facts", "gold", "prediction", "relation", "review", "score", "several_annotators", "size", "skip", "split", "time", "track"],
            narrowing.Report.Losses.Select(l => l.Kind));
        Assert.Single(narrowed.Opinions);

        var all = bare with { Attributes = AttributeSupport.Any, OfInput = (AnswerParts)~0, Parts = (CarriedParts)~0 };
        var nothing = new Narrowing(all);
        var kept = nothing.Narrow(everything)!;
        Exchanges.AssertSame([everything], [kept], 0);
        Assert.Same(everything.Facts, kept.Facts);
        Assert.Equal(everything.Opinions.Select(o => (o.At, o.Seconds, o.Model, o.Relations.Count)), kept.Opinions.Select(o => (o.At, o.Seconds, o.Model, o.Relations.Count)));
        Assert.True(nothing.Report.IsEmpty);
    }

    [Fact]
    public void Inputs_that_a_format_is_not_about_are_left_out_and_told()
    {
        var narrowing = new Narrowing(new VocFormat().Traits);
        Assert.Null(narrowing.Narrow(new Sample { Name = "talk", Kind = InputKind.Conversation }));
        Assert.Equal("input:conversation", narrowing.Report.Losses.Single().Kind);
    }

    [Fact]
    public void Corners_far_outside_are_drawn_in_no_time_and_outlines_without_end_are_not_drawn()
    {
        var narrowing = new Narrowing(new MapillaryFormat().Traits);
        Point[] zigzag = [.. Enumerable.Range(0, 2_000_000).Select(i => new Point(i % 2 == 0 ? -1e9 : 1e9, i % 80))];
        var kept = narrowing.Narrow(One(new LabelledObject("sky", new Outline(new Polygon([new(-1e300, -1e300), new(1e300, -1e300), new(1e300, 40), new(-1e300, 40)]))), new LabelledObject("noise", new Outline(new Polygon(zigzag)))))!;
        Assert.Equal(["sky 4000"], kept.Opinions[0].Objects.Select(o => $"{o.Class} {((PixelMask)o.Mark).Mask.Area}"));
        Assert.Equal(2, narrowing.Report.Losses.Single().Count);
    }

    [Fact]
    public void Parts_keep_scenes_whole_and_spread_every_class()
    {
        var samples = Enumerable.Range(0, 300).Select(i => One(
            [.. Enumerable.Repeat(new LabelledObject("car", new Outline(new Box(0, 0, 1, 1))), 1 + i % 3), .. i % 20 == 0 ? [new LabelledObject("tram", new Outline(new Box(0, 0, 1, 1)))] : Array.Empty<LabelledObject>()]) with
        {
            Name = $"{i:000}.jpg",
            Scene = $"drive {i / 2}",
        }).ToList();
        List<string> PartsOf(long seed)
        {
            var plan = new SplitPlan([("train", 8), ("val", 1), ("test", 1)], seed);
            foreach (var sample in samples) plan.Add(sample);
            return [.. samples.Select(s => plan.Apply(s).Split!)];
        }

        var parts = PartsOf(1);
        for (var i = 0; i < 300; i += 2) Assert.Equal(parts[i], parts[i + 1]);
        Assert.InRange(parts.Count(p => p == "train"), 232, 248);
        Assert.InRange(samples.Zip(parts).Where(s => s.Second == "test").Sum(s => s.First.Opinions[0].Objects.Count(o => o.Class == "tram")), 1, 2);
        Assert.Equal(parts, PartsOf(1));
        Assert.NotEqual(parts, PartsOf(2));
    }
}
