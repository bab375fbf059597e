using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;
using Touchstone.Files.Png;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Lanes;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Lanes;

public sealed class TuSimpleFormatTests
{
    // In the form of the benchmark's own documentation.
    private const string Line = """{"lanes": [[-2, -2, 632, 625, 617], [-2, 719, 734, -2, 762], [-2, -2, -2, -2, -2]], "h_samples": [240, 250, 260, 270, 280], "raw_file": "clips/0313-1/6040/20.jpg"}""";

    private static readonly TuSimpleFormat TuSimple = new();

    private static readonly LaneMaskFormat Masks = new();

    private static string Fixture => TestData.Find(Assert.Skip, "driving", "tusimple_lanes");

    [Fact]
    public async Task Lanes_are_lines_through_the_rows_that_they_cross()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["label_data_0313.json"], Line + "\n", TestContext.Current.CancellationToken);
        var sample = (await Exchanges.ReadAsync(TuSimple, folder.Path)).Single();
        Assert.Equal("clips/0313-1/6040/20.jpg", sample.Name);
        Assert.Equal([new Outline(new Polyline([new(632, 260), new(625, 270), new(617, 280)])), new Outline(new Polyline([new(719, 250), new(734, 260), new(762, 280)]))], sample.Opinions[0].Objects.Select(o => o.Mark));
        await Exchanges.AssertRoundTripAsync(TuSimple, folder.Path);
        var facts = await TuSimple.FactsAsync(DatasetSource.Open(folder.Path), FormatOptions.Default, TestContext.Current.CancellationToken);
        await TuSimple.WriteAsync(facts, TuSimple.ReadAsync(DatasetSource.Open(folder.Path), FormatOptions.Default, new FaultLog(), TestContext.Current.CancellationToken), DatasetTarget.Folder(folder["out"]), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(Line.Replace(" ", "", StringComparison.Ordinal).Replace(",[-2,-2,-2,-2,-2]", "", StringComparison.Ordinal) + "\n", await File.ReadAllTextAsync(folder["out/label_data.json"], TestContext.Current.CancellationToken));
        Assert.Equal(["tusimple"], FormatRegistry.Recognise(DatasetSource.Open(folder.Path)).Select(r => r.Format).Distinct());
    }

    [Fact]
    public async Task Drawn_lanes_are_lines_along_their_pixels()
    {
        var samples = await Exchanges.ReadAsync(Masks, Fixture);
        Assert.Equal(["image/0000.png", "image/0001.png", "image/0002.png", "image/0003.png"], samples.Select(s => s.Name));
        Assert.Equal(["20", "70", "120", "170"], samples[0].Opinions[0].Objects.Select(o => o.Id));
        foreach (var sample in samples)
        {
            Assert.Equal((1280, 720), (sample.WidthPx, sample.HeightPx));
            using var stream = File.OpenRead(Path.Combine(Fixture, "gt_instance_image", Path.GetFileName(sample.Name)));
            var masks = PixelNumbersOf(stream);
            foreach (var lane in sample.Opinions[0].Objects)
            {
                var points = ((Polyline)((Outline)lane.Mark).Geometry).Points;
                foreach (var point in points) Assert.True(Has(masks[lane.Id!], point), $"{sample.Name} lane {lane.Id}: {point} is not on it");
                var (_, top, _, height) = masks[lane.Id!].Bounds;
                Assert.True(points[0].Y - top < RowLines.RowStep && top + height - points[^1].Y <= RowLines.RowStep, $"{sample.Name} lane {lane.Id} ends early");
            }
        }
    }

    [Fact]
    public async Task Drawn_lanes_become_labels_without_loss_of_a_row()
    {
        using var folder = new TemporaryFolder();
        var before = await Exchanges.ReadAsync(Masks, Fixture);
        var (after, losses) = await Exchanges.ThroughAsync(TuSimple, before, folder, readOptions: new FormatOptions { AssumedSize = (1280, 720) });
        Assert.Equal(["size"], losses.Losses.Select(l => l.Kind));
        Exchanges.AssertSame(before, after, 0);
    }

    [Fact]
    public async Task Lines_between_rows_are_told_and_lie_on_the_line()
    {
        using var folder = new TemporaryFolder();
        LabelledObject[] lines = [new("lane", new Outline(new Polyline([new(10, 5), new(30, 25), new(20, 45)]))), new("lane", new Outline(new Polyline([new(10, 1), new(30, 4)])))];
        var (after, losses) = await Exchanges.ThroughAsync(TuSimple, [new Sample { Name = "a.jpg", Opinions = [new Opinion { Objects = lines }] }], folder);
        Assert.Equal(["geometry:polyline 1", "geometry:polyline_between_rows 1"], losses.Losses.Select(l => $"{l.Kind} {l.Count}"));
        Assert.Equal(new Outline(new Polyline([new(15, 10), new(25, 20), new(27.5, 30), new(22.5, 40)])), after[0].Opinions[0].Objects.Single().Mark);
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_its_place()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["test_label.json"], $$"""
            {"lanes": [[1, 2], [1, "2", 3], [1, -2, -2], [4, 5, 6]], "h_samples": [1, 2, 3], "raw_file": "a.jpg"}
            {"lanes": [], "h_samples": [3, 2], "raw_file": "b.jpg"}
            {"lanes": [], "h_samples": [1]}
            {{Line}}
            """, TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        var samples = await Exchanges.ReadAsync(TuSimple, folder.Path, faults: faults);
        Assert.Equal(["test a.jpg 1", "test clips/0313-1/6040/20.jpg 2"], samples.Select(s => $"{s.Split} {s.Name} {s.Opinions[0].Objects.Count}"));
        Assert.Equal(["line 1 /lanes/0", "line 1 /lanes/1/1", "line 1 /lanes/2", "line 2 /h_samples", "line 3 /raw_file"], faults.Kept.Select(f => f.Place));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["label_data.json"], Line + "\n" + Line + "\n", TestContext.Current.CancellationToken);
        await Mutations.OfEachAsync(TuSimple, [folder["label_data.json"]], cases: 2_000, seed: 56);
        await Exchanges.WriteAsync(FormatRegistry.Find("index-masks")!, [NumberedSamples.Image(5, null, oneOfClass: true, "images/a.png")], folder["masks"]);
        Directory.CreateDirectory(folder["lanes/gt_instance_image"]);
        File.Move(folder["masks/annot/a.png"], folder["lanes/gt_instance_image/a.png"]);
        await Mutations.OfFolderAsync(Masks, folder["lanes"], 2_000, seed: 57);
    }

    [Fact]
    public void They_are_recognised() => Assert.Equal(["lane-masks"], FormatRegistry.Recognise(DatasetSource.Open(Fixture)).Select(r => r.Format));

    private static Dictionary<string, RunLengthMask> PixelNumbersOf(Stream stream)
    {
        var image = PngReader.Read(stream);
        var numbers = image.ToIndices();
        return numbers.Distinct().ToDictionary(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture), n =>
        {
            var columns = new byte[numbers.Length];
            for (var i = 0; i < numbers.Length; i++) columns[i % image.WidthPx * image.HeightPx + i / image.WidthPx] = numbers[i] == n ? (byte)1 : (byte)0;
            return RunLengthMask.FromPixels(image.HeightPx, image.WidthPx, columns);
        });
    }

    private static bool Has(RunLengthMask mask, Point point) => mask.ToPixels() is var pixels && pixels[(int)Math.Round(point.X) * mask.Height + (int)point.Y] != 0;
}
