using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Bdd;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Bdd;

public sealed class BddFormatTests
{
    private static readonly BddFormat Bdd = new();

    // Shortened from github.com/bdd100k/bdd100k (BSD 3-Clause), bdd100k/label/testcases/example_annotation.json, and from the example in BDD100K's documentation of lanes.
    private const string Frame = """
        {"name": "b1c81faa-3df17267-0000001.jpg", "videoName": "b1c81faa-3df17267", "frameIndex": 0,
         "labels": [
          {"id": "b", "category": "car", "attributes": {"crowd": false, "occluded": true, "truncated": false},
           "poly2d": [{"vertices": [[211.80281505234717, 280.6936960728338], [205.20687963549207, 278.4950509338821], [176.62449282911996, 280.6936960728338]], "types": "LLL", "closed": true}]},
          {"id": "c", "category": "car", "attributes": {"crowd": true},
           "poly2d": [
            {"vertices": [[703.4364871296453, 316.52279810400427], [710.5228184304813, 315.5779539305595], [714.3021951242604, 311.32615515005796]], "types": "LLL", "closed": true},
            {"vertices": [[659.0288109777402, 317.94006436417146], [671.3117852325225, 318.88490853761624], [676.5084281864689, 327.38850609861936]], "types": "LLL", "closed": true}]},
          {"id": "d", "category": "traffic light", "manualShape": true, "score": 0.75, "attributes": {"trafficLightColor": "green"}, "box2d": {"x1": 10, "y1": 20, "x2": 29, "y2": 59.5}},
          {"id": "e", "category": "single white", "attributes": {"laneDirection": "parallel"}, "poly2d": [{"vertices": [[0, 0], [10, 0], [20, 10], [30, 10], [40, 0]], "types": "LLCCL", "closed": false}]}]}
        """;

    private const string Weather = """{"name": "a.jpg", "attributes": {"weather": "rainy", "scene": "city street", "timeofday": "night"}, "timestamp": 10000, "url": "a", "size": {"width": 1280, "height": 720}, "labels": []}""";

    private static TemporaryFolder Written(string name, string text)
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(folder[name], text);
        return folder;
    }

    [Theory]
    [InlineData("example_annotation.json", Frame)]
    [InlineData("det_val.json", $"[{Frame}]")]
    [InlineData("scalabel.json", $$"""{"frames": [{{Frame}}], "config": {"categories": [{"name": "car"}] } }""")]
    public async Task Labels_are_read_in_each_form_of_file(string name, string text)
    {
        using var folder = Written(name, text);
        var sample = (await Exchanges.ReadAsync(Bdd, folder.Path)).Single();
        Assert.Equal(("b1c81faa-3df17267-0000001.jpg", "b1c81faa-3df17267", name == "det_val.json" ? "val" : null), (sample.Name, sample.Scene, sample.Split));
        Assert.Equal("""{"frameIndex":0}""", JsonSerializer.Serialize(sample.Facts));
        var objects = sample.Opinions[0].Objects;
        Assert.Equal(["b car Polygon", "c car Polygons", "d traffic light Box", "e single white Polyline"], objects.Select(o => $"{o.Track} {o.Class} {o.Mark.Kind}"));
        Assert.Equal(new Point(205.20687963549207, 278.4950509338821), ((Polygon)((Outline)objects[0].Mark).Geometry).Points[1]);
        Assert.Equal("""{"is_crowd":false,"occluded":true,"truncated":false}""", JsonSerializer.Serialize(objects[0].Attributes));
        Assert.Equal(new Outline(new Box(10, 20, 20, 40.5)), objects[2].Mark);     // the last pixel counts: Scalabel's box2d_to_bbox
        Assert.Equal(0.75, objects[2].Score);
        Assert.Equal("""{"trafficLightColor":"green","manualShape":true}""", JsonSerializer.Serialize(objects[2].Attributes));
        Assert.Equal(["bdd100k"], FormatRegistry.Recognise(DatasetSource.Open(folder.Path)).Select(r => r.Format));
    }

    [Fact]
    public async Task Curves_become_short_pieces_that_lie_on_them()
    {
        using var folder = Written("a.json", Frame);
        var points = ((Polyline)((Outline)(await Exchanges.ReadAsync(Bdd, folder.Path)).Single().Opinions[0].Objects[3].Mark).Geometry).Points;
        // From (10, 0) with the controls (20, 10) and (30, 10) to (40, 0): x = 10 + 30 t, y = 30 t (1 - t).
        Assert.Equal((14, new Point(0, 0), new Point(10, 0), new Point(40, 0)), (points.Count, points[0], points[1], points[^1]));
        for (var i = 1; i < points.Count; i++)
        {
            var t = (i - 1) / 12.0;
            Assert.Equal((10 + 30 * t, 30 * t * (1 - t)), (points[i].X, points[i].Y), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-9 && Math.Abs(a.Item2 - b.Item2) < 1e-9);
        }
    }

    [Fact]
    public async Task A_curve_may_end_where_its_ring_began()
    {
        using var folder = Written("a.json", """{"name": "a.jpg", "labels": [{"category": "x", "poly2d": [{"vertices": [[0, 0], [9, 0], [9, 9], [0, 9]], "types": "LLCC", "closed": true}, {"vertices": [[0, 0], [9, 0], [9, 9], [0, 9]], "types": "LLLC", "closed": true}]}]}""");
        var rings = (Rings)(await Exchanges.ReadAsync(Bdd, folder.Path)).Single().Opinions[0].Objects[0].Mark;
        Assert.Equal((13, 4), (rings.Parts[0].Count, rings.Parts[1].Count));
        Assert.DoesNotContain(new Point(0, 0), rings.Parts[0].Skip(1));
    }

    [Fact]
    public async Task What_is_said_of_a_picture_is_an_answer()
    {
        using var folder = Written("labels_train.json", $"[{Weather}]");
        var sample = (await Exchanges.ReadAsync(Bdd, folder["labels_train.json"])).Single();
        Assert.Equal("""{"weather":"rainy","scene":"city street","timeofday":"night"}""", JsonSerializer.Serialize(sample.Opinions[0].Answers));
        Assert.Equal(("train", 1280, 720, """{"timestamp":10000,"url":"a"}"""), (sample.Split, sample.WidthPx, sample.HeightPx, JsonSerializer.Serialize(sample.Facts)));
    }

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was()
    {
        using var folder = Written("det_train.json", $"[{Frame},{Weather}]");
        await Exchanges.AssertRoundTripAsync(Bdd, folder.Path);
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new RandomSamples(seed, [MarkKind.Box, MarkKind.Polygon, MarkKind.Polyline, MarkKind.Mask]) { WithScores = true };
            List<Sample> samples = [.. Enumerable.Range(0, 6).Select(i => random.Image(i, i % 2 == 0 ? "train" : null))];
            var (after, losses) = await Exchanges.ThroughAsync(Bdd, samples, folder);
            Assert.True(losses.IsEmpty, $"seed {seed}: {string.Join('\n', losses.Losses)}");
            Exchanges.AssertSame(samples, after, 1e-9);
        }
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_its_place()
    {
        using var folder = Written("a.json", """
            [{"labels": []},
             {"name": "a.jpg", "labels": [7, {"category": "x"}, {"box2d": {"x1": 1, "y1": 1, "x2": -5, "y2": 1}}, {"poly2d": [{"vertices": [[1, 2], [3, 4]], "closed": true}]},
              {"poly2d": [{"vertices": [[1, 2], [3, 4], [5, 6]], "types": "LLQ"}]}, {"rle": {"size": [2, 2], "counts": "~~"}}, {"box3d": {}, "box2d": {"x1": 1, "y1": 1, "x2": 1, "y2": 1}}], "attributes": {"a": {}}}]
            """);
        var faults = new FaultLog();
        var sample = (await Exchanges.ReadAsync(Bdd, folder.Path, faults: faults)).Single();
        Assert.Equal(new Outline(new Box(1, 1, 1, 1)), sample.Opinions[0].Objects.Single().Mark);
        Assert.Equal(
            [
                "/0/name", "/1/labels/0", "/1/labels/1", "/1/labels/2/box2d", "/1/labels/2", "/1/labels/3/poly2d/0/vertices", "/1/labels/3", "/1/labels/4/poly2d/0/types", "/1/labels/4",
                "/1/labels/5/rle/counts", "/1/labels/5", "/1/labels/6/box3d", "/1/attributes/a",
            ],
            faults.Kept.Select(f => f.Place));
    }

    [Theory]
    [InlineData("""{"frames": "\udc00x"}""")]
    [InlineData("""{"frames": [{"name": "\udc00x", "labels": []}]}""")]
    [InlineData("""{"frames": 7}""")]
    public async Task What_is_no_frame_is_told(string text)
    {
        using var folder = Written("a.json", text);
        var faults = new FaultLog();
        Assert.Empty(await Exchanges.ReadAsync(Bdd, folder["a.json"], faults: faults));
        Assert.StartsWith("/frames", faults.Kept.Single().Place, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var list = Written("det_val.json", $"[{Frame},{Weather}]");
        await Mutations.OfFolderAsync(Bdd, list.Path, cases: 1_000, seed: 72);
        using var whole = Written("scalabel.json", $$"""{"frames": [{{Frame}}, {{Weather}}]}""");
        await Mutations.OfFolderAsync(Bdd, whole.Path, cases: 1_000, seed: 73);
    }
}
