using Touchstone.Annotations.Masks;
using Touchstone.Files.Png;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Mapillary;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Mapillary;

public sealed class MapillaryFormatTests
{
    private static readonly MapillaryFormat Vistas = new();

    private static string Fixture => TestData.Find(Assert.Skip, "driving", "mapillary_vistas");

    [Fact]
    public async Task Every_photograph_has_its_instances_and_each_is_the_same_after_polygons()
    {
        Dictionary<string, int> lights = new() { ["-3-Mm"] = 12, ["-4jzR"] = 6, ["-9y4N"] = 12, ["_2yFu"] = 9, ["_4SjT"] = 11, ["_6lYR"] = 1 };
        var (pictures, instances, worst) = (0, 0, 1.0);
        await foreach (var sample in Vistas.ReadAsync(DatasetSource.Open(Fixture), FormatOptions.Default, new FaultLog(isStrict: true), TestContext.Current.CancellationToken))
        {
            pictures++;
            var objects = sample.Opinions[0].Objects;
            if (lights.TryGetValue(sample.Name[..5], out var count)) Assert.Equal(count, objects.Count(o => o.Class == "object--traffic-light"));
            Assert.InRange(objects.Count(o => o.Class == "object--vehicle--car"), 1, 22);
            Assert.Equal(DatasetSource.Open(Fixture).SizeOf(sample.Name), (sample.WidthPx, sample.HeightPx));
            foreach (var mask in objects.Select(o => ((PixelMask)o.Mark).Mask))
            {
                var rings = MarkShapes.RingsOf(new PixelMask(mask));
                worst = Math.Min(worst, RunLengthMask.Iou(mask, RunLengthMask.FromPolygons(mask.Height, mask.Width, [.. rings.Select(ring => ring.SelectMany(p => (double[])[p.X, p.Y]).ToArray())])));
                instances++;
            }
        }

        Assert.Equal(9, pictures);
        Assert.Equal(639, instances);
        Assert.True(worst >= 0.99, $"of {instances} instances the least overlap is {worst}");
    }

    [Fact]
    public async Task Masks_have_the_pixels_of_the_polygons_that_another_program_made_of_them()
    {
        using var folder = Smallest("-3-MmXdwhyIQhtb4-8NqHQ");
        var ours = (await Exchanges.ReadAsync(Vistas, folder.Path)).Single();
        var theirs = (await Exchanges.ReadAsync(FormatRegistry.Find("openlabel")!, TestData.Find(Assert.Skip, "interop", "openlabel", "openlabel-3-MmXdwhyIQhtb4-8NqHQ_instances_MODE_POLY2D_ABSOLUTE.json"))).Single();
        Assert.Equal((theirs.WidthPx, theirs.HeightPx), (ours.WidthPx, ours.HeightPx));
        var light = theirs.Opinions[0].Objects.Where(o => o.Class == "object--traffic-light").Select(o => o.Track ?? o.Id).Distinct().Count();
        Assert.Equal(light, ours.Opinions[0].Objects.Count(o => o.Class == "object--traffic-light"));
        foreach (var name in theirs.Opinions[0].Objects.Select(o => o.Class).Where(c => c != "void--unlabeled").Distinct())
        {
            var bounds = theirs.Opinions[0].Objects.Where(o => o.Class == name).Select(o => o.Mark.Bounds!).ToList();
            var masks = ours.Opinions[0].Objects.Where(o => o.Class == name).Select(o => o.Mark.Bounds!).ToList();
            Assert.True(masks.Count > 0, name);
            Assert.InRange(bounds.Min(b => b.X) - masks.Min(b => b.X), -1, 1);
            Assert.InRange(bounds.Max(b => b.Bottom) - masks.Max(b => b.Bottom), -1, 1);
        }
    }

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was_and_has_the_same_pictures_of_numbers()
    {
        using var folder = Smallest("-4jzRzGfKmQg8RBNlNqnGQ");
        await Exchanges.AssertRoundTripAsync(Vistas, folder.Path);
        var source = DatasetSource.Open(folder.Path);
        var facts = await Vistas.FactsAsync(source, FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal((66, "object--traffic-light", "#faaa1e", false), (facts.Classes.Count, facts.Classes[48].Name, facts.Classes[48].Colour, facts.Classes[48].IsStuff));
        await Vistas.WriteAsync(facts, Vistas.ReadAsync(source, FormatOptions.Default, new FaultLog(), TestContext.Current.CancellationToken), DatasetTarget.Folder(folder["again"]), FormatOptions.Default, TestContext.Current.CancellationToken);
        foreach (var content in (string[])["instances", "labels"]) Assert.Equal(Numbers(folder[$"{content}/-4jzRzGfKmQg8RBNlNqnGQ.png"]), Numbers(folder[$"again/{content}/-4jzRzGfKmQg8RBNlNqnGQ.png"]));
    }

    [Fact]
    public async Task Without_instances_the_regions_of_classes_are_read()
    {
        using var folder = Smallest("-4jzRzGfKmQg8RBNlNqnGQ");
        var instances = (await Exchanges.ReadAsync(Vistas, folder.Path)).Single();
        Directory.Delete(folder["instances"], recursive: true);
        var classes = (await Exchanges.ReadAsync(Vistas, folder.Path)).Single();
        Assert.Equal(instances.Opinions[0].Objects.Select(o => o.Class).Distinct(), classes.Opinions[0].Objects.Select(o => o.Class));
        Assert.Equal(instances.Opinions[0].Objects.Sum(o => ((PixelMask)o.Mark).Mask.Area), classes.Opinions[0].Objects.Sum(o => ((PixelMask)o.Mark).Mask.Area));
    }

    [Fact]
    public void Masks_that_do_not_overlap_survive() => Generated.ForSeeds(async seed =>
    {
        using var folder = new TemporaryFolder();
        List<Sample> before = [.. Enumerable.Range(0, 3).Select(i => NumberedSamples.Image(seed + i, i % 2 == 0 ? "training" : null))];
        var (after, losses) = await Exchanges.ThroughAsync(Vistas, before, folder, NumberedSamples.Facts);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        Exchanges.AssertSame(before, after, 0);
    });

    [Fact]
    public async Task What_cannot_be_read_is_told_and_the_rest_is_read()
    {
        using var folder = Smallest("-4jzRzGfKmQg8RBNlNqnGQ");
        await File.WriteAllTextAsync(folder["config.json"], """{"labels":[{"name":"animal--bird","readable":"Bird","instances":true},{"readable":"?"}]}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["instances/b.png"], "no picture", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        Assert.Single(await Exchanges.ReadAsync(Vistas, folder.Path, faults: faults));
        Assert.Equal("config.json: /labels/1/name: a name of its own was expected; nothing found.", faults.Kept[0].ToString());
        Assert.Contains("of class 2; there are 2 classes", faults.Kept[1].Message, StringComparison.Ordinal);
        Assert.StartsWith("instances/b.png: the picture cannot be read", faults.Kept[^1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = new TemporaryFolder();
        await Exchanges.WriteAsync(Vistas, [NumberedSamples.Image(1, null), NumberedSamples.Image(2, "training")], folder["out"]);
        await Mutations.OfFolderAsync(Vistas, folder["out"], 2_000, seed: 51);
    }

    [Fact]
    public void It_is_recognised() => Assert.Equal(["mapillary-vistas"], FormatRegistry.Recognise(DatasetSource.Open(Fixture)).Select(r => r.Format));

    /// <summary>One photograph's labels in a folder of their own.</summary>
    private static TemporaryFolder Smallest(string key)
    {
        var folder = new TemporaryFolder();
        File.Copy(Path.Combine(Fixture, "config.json"), folder["config.json"]);
        foreach (var content in (string[])["instances", "labels"])
        {
            Directory.CreateDirectory(folder[content]);
            File.Copy(Path.Combine(Fixture, content, key + ".png"), folder[$"{content}/{key}.png"]);
        }

        return folder;
    }

    private static ushort[] Numbers(string path)
    {
        using var stream = File.OpenRead(path);
        return PngReader.Read(stream).ToIndices();
    }
}
