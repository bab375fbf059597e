using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Supervisely;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Supervisely;

public sealed class SuperviselyFormatTests
{
    private static readonly SuperviselyFormat Supervisely = new();

    // The example of "Supervisely Annotation Format" (developer.supervisely.com), shortened; the bitmap, which the page cuts off, is zlib over a PNG that Python's zlib made: 4 x 3 pixels, grey, 255 but for one corner.
    private const string Example = """
        {"description": "by night",
         "tags": [{"id": 86458971, "tagId": 28283797, "name": "like", "value": null, "labelerLogin": "alexxx"}, {"id": 86458968, "name": "situated", "value": "outside"}],
         "size": {"height": 952, "width": 1200},
         "objects": [
          {"id": 497521359, "classId": 1661571, "description": "", "geometryType": "bitmap", "labelerLogin": "alexxx", "createdAt": "2020-08-07T11:09:51.054Z", "tags": [], "classTitle": "person", "bitmap": {"data": "BITMAP", "origin": [535, 66]}},
          {"id": 497521358, "classId": 1661574, "description": "", "geometryType": "rectangle", "labelerLogin": "alexxx", "tags": [{"name": "colour", "value": "red"}], "classTitle": "bike", "points": {"exterior": [[0, 236], [582, 872]], "interior": []}},
          {"id": 3, "geometryType": "polygon", "classTitle": "car", "tags": [], "points": {"exterior": [[0, 0], [20, 0], [20, 20], [0, 20]], "interior": [[[5, 5], [10, 5], [10, 10], [5, 10]]]}},
          {"id": 4, "geometryType": "line", "classTitle": "lane", "tags": [], "points": {"exterior": [[1, 2], [3.5, 4]], "interior": []}},
          {"id": 5, "geometryType": "point", "classTitle": "lamp", "tags": [], "points": {"exterior": [[7, 8]], "interior": []}}]}
        """;

    private const string Bitmap = "eJzrDPBz5+WS4mJgYOD19HAJAtIsQMzMASQYJs7/KAWk+D1dHEMq5iT/4GfhMWhiZIjYxvWt9XLnXpAST1c/l3VOCU0A9SUROA==";

    private const string Meta = """{"classes": [{"title": "person", "shape": "bitmap", "color": "#F6FF00"}, {"title": "nobody", "shape": "rectangle", "color": "#000000"}], "tags": [{"name": "like", "value_type": "none", "color": "#FFFFFF"}]}""";

    private static TemporaryFolder Written(string labels)
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["train/ann"]);
        File.WriteAllText(folder["train/ann/street.jpg.json"], labels);
        File.WriteAllText(folder["meta.json"], Meta);
        return folder;
    }

    [Fact]
    public async Task The_example_is_read_with_every_figure()
    {
        using var folder = Written(Example.Replace("BITMAP", Bitmap, StringComparison.Ordinal));
        var sample = (await Exchanges.ReadAsync(Supervisely, folder.Path)).Single();
        Assert.Equal(("street.jpg", "train", 1200, 952), (sample.Name, sample.Split, sample.WidthPx, sample.HeightPx));
        Assert.Equal("""{"like":true,"situated":"outside","description":"by night"}""", JsonSerializer.Serialize(sample.Opinions[0].Answers));
        var objects = sample.Opinions[0].Objects;
        Assert.Equal(["person Mask", "bike Box", "car Polygon", "lane Polyline", "lamp Keypoints"], objects.Select(o => $"{o.Class} {o.Mark.Kind}"));
        var mask = ((PixelMask)objects[0].Mark).Mask;
        Assert.Equal((952, 1200, 11L, (535, 66, 4, 3)), (mask.Height, mask.Width, mask.Area, mask.Bounds));
        Assert.Equal(new Outline(new Box(0, 236, 583, 637)), objects[1].Mark);     // both corners are pixels of the rectangle
        Assert.Equal("""{"colour":"red","labelerLogin":"alexxx"}""", JsonSerializer.Serialize(objects[1].Attributes));
        Assert.Equal(375, AreaOf(((Polygon)((Outline)objects[2].Mark).Geometry).Points));
        Assert.Equal(["supervisely"], FormatRegistry.Recognise(DatasetSource.Open(folder.Path)).Select(r => r.Format));
        var facts = await Supervisely.FactsAsync(DatasetSource.Open(folder.Path), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(["person #F6FF00", "nobody #000000"], facts.Classes.Select(c => $"{c.Name} {c.Colour}"));
        await Exchanges.AssertRoundTripAsync(Supervisely, folder.Path);
    }

    private static double AreaOf(IReadOnlyList<Point> ring) => Math.Abs(ring.Select((p, i) => p.X * ring[(i + 1) % ring.Count].Y - ring[(i + 1) % ring.Count].X * p.Y).Sum()) / 2;

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was()
    {
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new RandomSamples(seed, [MarkKind.Box, MarkKind.Polygon, MarkKind.Polyline, MarkKind.Mask]);
            List<Sample> samples = [.. Enumerable.Range(0, 6).Select(i => random.Image(i, i % 2 == 0 ? "train" : null))];
            var (after, losses) = await Exchanges.ThroughAsync(Supervisely, samples, folder);
            Assert.True(losses.IsEmpty, $"seed {seed}: {string.Join('\n', losses.Losses)}");
            Exchanges.AssertSame(samples, after, 1e-9);
        }
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_its_place()
    {
        using var folder = Written("""
            {"size": {"height": 9, "width": 9}, "tags": [{"value": 1}, "old"], "objects": [
             {"geometryType": "point"}, {"classTitle": "a", "geometryType": "graph"}, {"classTitle": "a", "geometryType": "polygon", "points": {"exterior": [[1, 2], [3]]}},
             {"classTitle": "a", "geometryType": "bitmap", "bitmap": {"data": "~", "origin": [1, 1]}}, {"classTitle": "a", "geometryType": "bitmap", "bitmap": {"data": "AAAA", "origin": [1, 1]}},
             {"classTitle": "a", "geometryType": "bitmap", "bitmap": {"data": "BITMAP", "origin": [7, 7]}}, {"classTitle": "a", "geometryType": "point", "points": {"exterior": [[1, 2]]}}]}
            """.Replace("BITMAP", Bitmap, StringComparison.Ordinal));
        var faults = new FaultLog();
        var sample = (await Exchanges.ReadAsync(Supervisely, folder.Path, faults: faults)).Single();
        Assert.Equal(MarkKind.Keypoints, sample.Opinions[0].Objects.Single().Mark.Kind);
        Assert.Equal(
            ["/objects/0/classTitle", "/objects/1/geometryType", "/objects/2/points/exterior", "/objects/3/bitmap/data", "/objects/4/bitmap/data", "/objects/5/bitmap", "/tags/0/name"],
            faults.Kept.Select(f => f.Place));
        Assert.Equal("""{"old":true}""", JsonSerializer.Serialize(sample.Opinions[0].Answers));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = Written(Example.Replace("BITMAP", Bitmap, StringComparison.Ordinal));
        await Mutations.OfFolderAsync(Supervisely, folder.Path, cases: 2_000, seed: 75);
    }
}
