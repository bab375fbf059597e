using Touchstone.Files.Png;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.IndexMasks;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.IndexMasks;

public sealed class IndexMaskFormatTests
{
    private static readonly IndexMaskFormat Masks = new();

    private static readonly FormatOptions CamVid = new() { ClassNames = ["sky", "building", "pole", "road", "pavement", "tree", "sign", "fence", "car", "pedestrian", "bicyclist", "unlabelled"] };

    private static string Fixture => TestData.Find(Assert.Skip, "driving", "camvid");

    [Fact]
    public async Task Each_class_of_a_picture_is_a_region_and_every_pixel_is_in_one()
    {
        var samples = await Exchanges.ReadAsync(Masks, Fixture, CamVid);
        Assert.Equal(20, samples.Count);
        Assert.All(samples, s => Assert.Equal((480, 360), (s.WidthPx, s.HeightPx)));
        Assert.All(samples, s => Assert.Equal(480 * 360, s.Opinions[0].Objects.Sum(o => ((PixelMask)o.Mark).Mask.Area)));
        Assert.Equal("images/0016E5_07959.png", samples[0].Name);
        Assert.All(samples, s => Assert.Equal(["sky", "building", "road", "car"], s.Opinions[0].Objects.Select(o => o.Class).Intersect(["sky", "building", "road", "car"])));
        var (path, first) = (Path.Combine(Fixture, "annot", "0016E5_07959.png"), samples[0].Opinions[0].Objects);
        using var stream = File.OpenRead(path);
        var pixels = PngReader.Read(stream).ToIndices();
        Assert.Equal(pixels.Count(p => p == 8), ((PixelMask)first.Single(o => o.Class == "car").Mark).Mask.Area);

        // Without a list the numbers stand for the names.
        Assert.Equal(first.Select(o => $"class_{CamVid.ClassNames.Index().First(c => c.Item == o.Class).Index}"), (await Exchanges.ReadAsync(Masks, Fixture))[0].Opinions[0].Objects.Select(o => o.Class));
    }

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var facts = await Masks.FactsAsync(DatasetSource.Open(Fixture), CamVid, TestContext.Current.CancellationToken);
        var before = await Exchanges.ReadAsync(Masks, Fixture, CamVid);
        var (after, losses) = await Exchanges.ThroughAsync(Masks, before, folder, facts, readOptions: FormatOptions.Default);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        Exchanges.AssertSame(before, after, 0);
    }

    [Fact]
    public void Regions_survive() => Generated.ForSeeds(async seed =>
    {
        using var folder = new TemporaryFolder();
        List<Sample> before = [NumberedSamples.Image(seed, "train", oneOfClass: true, "train/a/b.png"), NumberedSamples.Image(seed + 1, null, oneOfClass: true, "images/c.png")];
        var (after, losses) = await Exchanges.ThroughAsync(Masks, before, folder, NumberedSamples.Facts);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        Exchanges.AssertSame(before, after, 0);
    });

    [Fact]
    public async Task Objects_of_a_class_are_joined_overlaps_go_to_the_later_one_and_both_are_told()
    {
        using var folder = new TemporaryFolder();
        static LabelledObject Square(string name, double x) => new(name, new Outline(new Annotations.Geometry.Polygon([new(x, 0), new(x + 4, 0), new(x + 4, 4), new(x, 4)])));
        Sample sample = new() { Name = "images/a.png", WidthPx = 20, HeightPx = 10, Opinions = [new Opinion { Objects = [Square("car", 0), Square("car", 10), Square("tree", 2)] }] };
        var (after, losses) = await Exchanges.ThroughAsync(Masks, [sample], folder);
        Assert.Equal(["geometry:polygon 3", "instances 1", "overlap 1"], losses.Losses.Select(l => $"{l.Kind} {l.Count}"));
        Assert.Equal(["car 24", "tree 16"], after[0].Opinions[0].Objects.Select(o => $"{o.Class} {((PixelMask)o.Mark).Mask.Area}"));
    }

    [Fact]
    public async Task More_classes_than_a_byte_has_numbers_take_two()
    {
        using var folder = new TemporaryFolder();
        List<Sample> before = [.. Enumerable.Range(0, 300).Select(i => NumberedSamples.Image(i, null, oneOfClass: true, $"images/{i}.png") is var s ? s with { Opinions = [new Opinion { Objects = [.. s.Opinions[0].Objects.Take(1).Select(o => o with { Class = $"c{i}" })] }] } : s)];
        var (after, _) = await Exchanges.ThroughAsync(Masks, before, folder, new DatasetFacts { Classes = [.. Enumerable.Range(0, 300).Select(i => new ObjectClass($"c{i}"))] });
        Exchanges.AssertSame(before, after, 0);
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = new TemporaryFolder();
        await Exchanges.WriteAsync(Masks, [NumberedSamples.Image(1, null, oneOfClass: true), NumberedSamples.Image(2, "train", oneOfClass: true)], folder["out"]);
        await Mutations.OfFolderAsync(Masks, folder["out"], 2_000, seed: 52);
    }

    [Fact]
    public void It_is_recognised_and_does_not_claim_other_formats()
    {
        Assert.Equal(["index-masks"], FormatRegistry.Recognise(DatasetSource.Open(Fixture)).Select(r => r.Format));
        foreach (var other in (string[])["davis_car_shadow", "tusimple_lanes", "mapillary_vistas", "kitti_object"]) Assert.Empty(Masks.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "driving", other))));
    }
}
