using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Formats.Vott;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Vott;

public sealed class VottFormatTests
{
    private static readonly VottFormat Vott = new();

    // The members of a project, an asset and a region as VoTT 2 declares them (src/models/applicationState.ts), with an example of each type of region.
    private const string Project = """
        {
          "name": "Street Scenes", "securityToken": "token", "videoSettings": {"frameExtractionRate": 15}, "version": "2.2.0",
          "tags": [{"name": "animal", "color": "#5db300"}, {"name": "dog", "color": "#e81123"}, {"name": "nobody", "color": "#6917aa"}],
          "assets": {
            "0d3de147f": {
              "asset": {"format": "jpg", "id": "0d3de147f", "name": "img0001.jpg", "path": "file:/C:/pictures/img0001.jpg", "size": {"width": 50, "height": 40}, "state": 2, "type": 1},
              "regions": [
                {"id": "BsO3zj9bn", "type": "RECTANGLE", "tags": ["animal", "dog"], "boundingBox": {"height": 20.5, "width": 10.25, "left": 11.5, "top": 12},
                 "points": [{"x": 11.5, "y": 12}, {"x": 21.75, "y": 12}, {"x": 21.75, "y": 32.5}, {"x": 11.5, "y": 32.5}]},
                {"id": "p", "type": "POLYGON", "tags": ["dog"], "points": [{"x": 1, "y": 2}, {"x": 9, "y": 2}, {"x": 5, "y": 7}], "boundingBox": {"height": 5, "width": 8, "left": 1, "top": 2}},
                {"id": "l", "type": "POLYLINE", "tags": ["dog"], "points": [{"x": 1, "y": 2}, {"x": 9, "y": 2}]},
                {"id": "d", "type": "POINT", "tags": [], "points": [{"x": 3, "y": 4}]},
                {"id": "s", "type": "SQUARE", "tags": ["dog"], "points": [{"x": 1, "y": 1}, {"x": 5, "y": 1}, {"x": 5, "y": 5}, {"x": 1, "y": 5}]}],
              "version": "2.2.0"},
            "b482849bc": {"asset": {"format": "png", "id": "b482849bc", "name": "film.mp4#t=5.2", "path": "film.mp4#t=5.2", "size": {"width": 5, "height": 6}, "state": 1, "type": 3, "timestamp": 5.2, "parent": {"name": "film.mp4"}}, "regions": []}
          }
        }
        """;

    private static TemporaryFolder Written(string project = Project, string name = "Street-Scenes-export.json")
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(folder[name], project);
        return folder;
    }

    [Fact]
    public async Task Regions_of_every_type_are_read()
    {
        using var folder = Written();
        var samples = await Exchanges.ReadAsync(Vott, folder.Path);
        Assert.Equal(["img0001.jpg 50 40 ", "film.mp4#t=5.2 5 6 film.mp4"], samples.Select(s => $"{s.Name} {s.WidthPx} {s.HeightPx} {s.Scene}"));
        Assert.Equal("file:/C:/pictures/img0001.jpg", samples[0].Address);
        var objects = samples[0].Opinions[0].Objects;
        Assert.Equal(["animal", "dog", "dog", "", "dog"], objects.Select(o => o.Class));
        Assert.Equal(
            [
                new Outline(new Box(11.5, 12, 10.25, 20.5)), new Outline(new Polygon([new(1, 2), new(9, 2), new(5, 7)])), new Outline(new Polyline([new(1, 2), new(9, 2)])),
                new Outline(new Keypoints([new(3, 4, Visibility.Visible)])), new Outline(new Box(1, 1, 4, 4)),
            ],
            objects.Select(o => o.Mark));
        Assert.Equal("""{"other_tags":["dog"]}""", JsonSerializer.Serialize(objects[0].Attributes));
        Assert.All(samples, s => Assert.Null(s.Split));
        var facts = await Vott.FactsAsync(DatasetSource.Open(folder.Path), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(["animal #5db300", "dog #e81123", "nobody #6917aa"], facts.Classes.Select(c => $"{c.Name} {c.Colour}"));
        Assert.Equal(["vott"], FormatRegistry.Recognise(DatasetSource.Open(folder.Path)).Select(r => r.Format));
    }

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was()
    {
        using var folder = Written();
        await Exchanges.AssertRoundTripAsync(Vott, folder.Path);
        using var part = Written(name: "train-export.json");
        Assert.All(await Exchanges.ReadAsync(Vott, part.Path), s => Assert.Equal("train", s.Split));
        await Exchanges.AssertRoundTripAsync(Vott, part.Path);
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new RandomSamples(seed, [MarkKind.Box, MarkKind.Polygon, MarkKind.Polyline]) { WithAttributes = false };
            List<Sample> samples = [.. Enumerable.Range(0, 6).Select(i => random.Image(i, i % 2 == 0 ? "train" : "val"))];
            var (after, losses) = await Exchanges.ThroughAsync(Vott, samples, folder);
            Assert.True(losses.IsEmpty, $"seed {seed}: {string.Join('\n', losses.Losses)}");
            Exchanges.AssertSame(samples, after, 1e-9);
        }
    }

    [Fact]
    public async Task Points_that_belong_together_are_told_and_left_out()
    {
        using var folder = new TemporaryFolder();
        LabelledObject[] objects = [new("a", new Outline(new Keypoints([new(1, 2, Visibility.Visible), new(3, 4, Visibility.Visible)]))), new("a", new Outline(new Keypoints([new(1, 2, Visibility.Visible)]))) { Score = 0.5 }];
        var (after, losses) = await Exchanges.ThroughAsync(Vott, [new Sample { Name = "a.jpg", WidthPx = 5, HeightPx = 5, Opinions = [new Opinion { Objects = objects }] }], folder);
        Assert.Equal(objects[1].Mark, after.Single().Opinions[0].Objects.Single().Mark);
        Assert.Equal(["geometry:keypoints 1", "score 1"], losses.Losses.Select(l => $"{l.Kind} {l.Count}"));
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_its_place()
    {
        using var folder = Written("""
            {"assets": {"x": {"asset": {"size": {}}}, "y": {"asset": {"name": "y.jpg"}, "regions": [
              {"type": "CIRCLE"}, {"type": "RECTANGLE", "boundingBox": {"left": 1, "top": 1, "width": -1, "height": 2}}, {"type": "POLYGON", "points": [{"x": 1, "y": 2}, {"x": 1}, {"x": 3, "y": 4}]},
              {"type": "POLYLINE", "points": [{"x": 1, "y": 2}]}, {"type": "POINT", "tags": [7, "a"], "points": [{"x": 1, "y": 2}]}]}}}
            """);
        var faults = new FaultLog();
        var sample = (await Exchanges.ReadAsync(Vott, folder.Path, faults: faults)).Single();
        Assert.Equal("a", sample.Opinions[0].Objects.Single().Class);
        Assert.Equal(
            ["/assets/x/asset/name", "/assets/y/regions/0/type", "/assets/y/regions/1/boundingBox", "/assets/y/regions/2/points/1/y", "/assets/y/regions/3/points", "/assets/y/regions/4/tags"],
            faults.Kept.Select(f => f.Place));
    }

    [Fact]
    public async Task Names_are_the_pictures_names_and_not_those_of_an_address()
    {
        using var folder = Written("""{"assets": {"x": {"asset": {"name": "my%20street%20%C3%A4.jpg", "path": "file:/C:/my%20street%20%C3%A4.jpg"}, "regions": []}}}""");
        Assert.Equal("my street ä.jpg", (await Exchanges.ReadAsync(Vott, folder.Path)).Single().Name);
        List<Sample> samples = [new() { Name = "100%25 a.jpg", Opinions = [new Opinion()] }, new() { Name = "50% b.jpg", Opinions = [new Opinion()] }];
        Exchanges.AssertSame(samples, (await Exchanges.ThroughAsync(Vott, samples, folder)).Samples, 0);
    }

    [Fact]
    public async Task Pictures_of_one_name_stay_apart()
    {
        using var folder = Written("""{"assets": {"x": {"asset": {"name": "a.jpg"}, "regions": []}, "y": {"asset": {"name": "a.jpg"}, "regions": []}}}""");
        Assert.Equal(["a.jpg ", "y/a.jpg a.jpg"], (await Exchanges.ReadAsync(Vott, folder.Path)).Select(s => $"{s.Name} {s.Picture}"));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = Written();
        await Mutations.OfFolderAsync(Vott, folder.Path, cases: 2_000, seed: 71);
    }
}
