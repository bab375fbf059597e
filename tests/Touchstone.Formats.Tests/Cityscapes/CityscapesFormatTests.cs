using Touchstone.Annotations.Geometry;
using Touchstone.Files.Png;
using Touchstone.Formats.Cityscapes;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Cityscapes;

public sealed class CityscapesFormatTests
{
    // What annotation.py writes.
    private const string Polygons = """
        {"imgHeight": 40, "imgWidth": 60, "objects": [
         {"label": "road", "polygon": [[0, 20], [59, 20], [59, 39], [0, 39]], "id": 0, "deleted": 0, "verified": 1, "user": "a", "date": "01-Jan-2015 10:00:00"},
         {"label": "car", "polygon": [[5, 22], [15, 22], [15, 32], [5, 32]], "id": 1, "deleted": 0},
         {"label": "car", "polygon": [[20, 22], [30, 22], [30, 32], [20, 32]], "id": 2},
         {"label": "cargroup", "polygon": [[40, 22], [55, 22], [55, 27], [40, 27]], "id": 3},
         {"label": "license plate", "polygon": [[8, 29], [12, 29], [12, 31], [8, 31]], "id": 4},
         {"label": "tree", "polygon": [[0, 0], [5, 0], [5, 5]], "id": 5, "deleted": 1}]}
        """;

    private static readonly CityscapesFormat Cityscapes = new();

    [Fact]
    public async Task Polygons_are_read_and_the_pictures_that_are_written_with_them_have_the_numbers_of_the_scripts()
    {
        using var folder = new TemporaryFolder();
        await PutAsync(folder, "gtFine/train/aachen/aachen_000000_000019_gtFine_polygons.json", Polygons);
        var sample = (await Exchanges.ReadAsync(Cityscapes, folder.Path)).Single();
        Assert.Equal(("aachen/aachen_000000_000019_leftImg8bit.png", "train", "aachen", 60, 40), (sample.Name, sample.Split, sample.Scene, sample.WidthPx, sample.HeightPx));
        Assert.Equal(["road", "car", "car", "car is_crowd", "license plate"], sample.Opinions[0].Objects.Select(o => string.Join(' ', [o.Class, .. o.Attributes.Keys])));
        await Exchanges.AssertRoundTripAsync(Cityscapes, folder.Path);

        var facts = await Cityscapes.FactsAsync(DatasetSource.Open(folder.Path), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal((26, "vehicle", false), facts.Classes.Where(c => c.Name == "car").Select(c => ((int)c.Number!, c.Parent, c.IsStuff)).Single());
        await Cityscapes.WriteAsync(facts, new[] { sample }.ToAsyncEnumerable(), DatasetTarget.Folder(folder["out"]), FormatOptions.Default, TestContext.Current.CancellationToken);
        var (classes, instances) = (Numbers(folder["out/gtFine/train/aachen/aachen_000000_000019_gtFine_labelIds.png"]), Numbers(folder["out/gtFine/train/aachen/aachen_000000_000019_gtFine_instanceIds.png"]));
        Assert.Equal([0, 7, 26, 26, 26], ((int X, int Y)[])[(3, 3), (2, 35), (10, 25), (25, 25), (45, 24)] is var at ? at.Select(p => (int)classes[p.Y * 60 + p.X]) : []);
        Assert.Equal([0, 7, 26_000, 26_001, 26, 26_000], ((int X, int Y)[])[(3, 3), (2, 35), (10, 25), (25, 25), (45, 24), (10, 30)] is var of ? of.Select(p => (int)instances[p.Y * 60 + p.X]) : []);
    }

    [Fact]
    public async Task Without_polygons_instances_are_read_and_without_these_classes()
    {
        using var folder = new TemporaryFolder();
        await PutAsync(folder, "in/gtFine/val/ulm/ulm_1_gtFine_polygons.json", Polygons);
        var facts = await Cityscapes.FactsAsync(DatasetSource.Open(folder["in"]), FormatOptions.Default, TestContext.Current.CancellationToken);
        await Cityscapes.WriteAsync(facts, Cityscapes.ReadAsync(DatasetSource.Open(folder["in"]), FormatOptions.Default, new FaultLog(), TestContext.Current.CancellationToken), DatasetTarget.Folder(folder["out"]), FormatOptions.Default, TestContext.Current.CancellationToken);
        File.Delete(folder["out/gtFine/val/ulm/ulm_1_gtFine_polygons.json"]);
        Assert.Equal(["7 road", "26 car is_crowd", "26000 car", "26001 car"], (await Exchanges.ReadAsync(Cityscapes, folder["out"])).Single().Opinions[0].Objects.Select(o => string.Join(' ', [o.Id, o.Class, .. o.Attributes.Keys])));
        await Exchanges.AssertRoundTripAsync(Cityscapes, folder["out"]);
        Assert.Equal("cityscapes", FormatRegistry.Recognise(DatasetSource.Open(folder["out"])).Single().Format);
        File.Delete(folder["out/gtFine/val/ulm/ulm_1_gtFine_instanceIds.png"]);
        Assert.Equal(["7 road", "26 car"], (await Exchanges.ReadAsync(Cityscapes, folder["out"])).Single().Opinions[0].Objects.Select(o => $"{o.Id} {o.Class}"));
    }

    [Fact]
    public void Polygons_survive() => Generated.ForSeeds(async seed =>
    {
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        Point[] Ring() => [.. Enumerable.Range(0, random.Next(3, 9)).Select(_ => new Point(random.NextDouble() * 60, random.NextDouble() * 40))];
        List<Sample> before = [.. Enumerable.Range(0, 3).Select(i => new Sample
        {
            Name = $"ulm/{i}_leftImg8bit.png",
            Split = i == 0 ? null : "train",
            WidthPx = 60,
            HeightPx = 40,
            Opinions = [new Opinion { Objects = [.. Enumerable.Range(0, random.Next(5)).Select(n => new LabelledObject(n % 2 == 0 ? "car" : "sky", new Outline(new Polygon(Ring()))))] }],
        })];
        var (after, losses) = await Exchanges.ThroughAsync(Cityscapes, before, folder);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        Exchanges.AssertSame(before, after, 1e-9);
    });

    [Fact]
    public async Task What_it_has_no_class_for_and_what_cannot_be_read_is_told()
    {
        using var folder = new TemporaryFolder();
        Sample sample = new() { Name = "a.png", WidthPx = 9, HeightPx = 9, Opinions = [new Opinion { Objects = [new LabelledObject("Van", new Outline(new Polygon([new(0, 0), new(5, 0), new(5, 5)])))] }] };
        var refused = await Assert.ThrowsAsync<FileFormatFaultException>(() => Exchanges.ThroughAsync(Cityscapes, [sample], folder));
        Assert.Equal("a.png: Cityscapes has no class \"Van\"; name one of its classes for it in a map of classes.", refused.Message);
        await PutAsync(folder, "in/a_gtFine_polygons.json", """{"imgHeight": 40, "imgWidth": "x", "objects": [{"label": "car", "polygon": [[1, 2], [3]]}, {"label": "car", "polygon": [[1, 2], [3, 4], [5, null]]}, {"polygon": []}]}""");
        var faults = new FaultLog();
        Assert.Empty((await Exchanges.ReadAsync(Cityscapes, folder["in"], faults: faults)).Single().Opinions[0].Objects);
        Assert.Equal(["/imgWidth", "/objects/0/polygon", "/objects/1/polygon/2/1", "/objects/2/label"], faults.Kept.Select(f => f.Place));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = new TemporaryFolder();
        await PutAsync(folder, "polygons/gtFine/train/a/b_gtFine_polygons.json", Polygons);
        await Mutations.OfFolderAsync(Cityscapes, folder["polygons"], 1_000, seed: 58);
        Sample[] samples = [.. Enumerable.Range(1, 2).Select(i => NumberedSamples.Image(i, "val", name: $"ulm/{i}_leftImg8bit.png"))];
        await Exchanges.WriteAsync(Cityscapes, samples, folder["masks"]);
        await Mutations.OfFolderAsync(Cityscapes, folder["masks"], 1_000, seed: 59);
    }

    private static async Task PutAsync(TemporaryFolder folder, string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
        await File.WriteAllTextAsync(folder[file], text, TestContext.Current.CancellationToken);
    }

    private static ushort[] Numbers(string path)
    {
        using var stream = File.OpenRead(path);
        return PngReader.Read(stream).ToIndices();
    }
}
