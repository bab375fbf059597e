using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Cvat;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.OpenImages;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.OpenImages;

public sealed class OpenImagesFormatTests
{
    private static readonly OpenImagesFormat OpenImages = new();

    private static readonly FormatOptions Assumed = new() { AssumedSize = (500, 375) };

    private static string Hundred => TestData.Find(Assert.Skip, "interop", "same_100_images", "openimages_format");

    private static string Small => TestData.Find(Assert.Skip, "interop", "datumaro", "open_images_dataset", "v6");

    [Fact]
    public async Task A_hundred_pictures_have_the_boxes_that_CVAT_has_of_them()
    {
        var samples = await Exchanges.ReadAsync(OpenImages, Hundred, Assumed);
        Assert.Equal((100, 273), (samples.Count, samples.Sum(s => s.Opinions[0].Objects.Count)));
        var same = await Exchanges.ReadAsync(new CvatImagesFormat(), TestData.Find(Assert.Skip, "interop", "same_100_images", "cvat_format"));
        var compared = 0;
        foreach (var expected in same.Where(s => (s.WidthPx, s.HeightPx) == (500, 375)))
        {
            var actual = samples.Single(s => s.Name == expected.Name);
            Assert.Equal(expected.Opinions[0].Objects.Select(Line).Order(StringComparer.Ordinal), actual.Opinions[0].Objects.Select(Line).Order(StringComparer.Ordinal));
            compared++;
        }

        Assert.True(compared > 20, $"{compared} pictures compared");

        static string Line(LabelledObject each) => FormattableString.Invariant($"{each.Class} {each.Mark.Bounds!.X:F3} {each.Mark.Bounds.Y:F3} {each.Mark.Bounds.Width:F3} {each.Mark.Bounds.Height:F3}");
    }

    [Fact]
    public async Task A_small_set_has_its_parts_classes_labels_flags_and_mask()
    {
        var facts = await OpenImages.FactsAsync(DatasetSource.Open(Small), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal([("Generic label #0", "/m/0", "/m/x"), ("Generic label #1", "/m/1", "Generic label #0"), ("Generic label #2", "/m/2", ""), ("Generic label #3", "/m/3", "")], facts.Classes.Select(c => (c.Name, c.Key, c.Parent)));
        var samples = await Exchanges.ReadAsync(OpenImages, Small);
        Assert.Equal(["test|c 5 10", "train|a 6 8", "train|b 8 2", "validation|d 5 1"], samples.Select(s => $"{s.Split}|{s.Name} {s.WidthPx} {s.HeightPx}").Order(StringComparer.Ordinal));
        var b = samples.Single(s => s.Name == "b");
        Assert.Equal("""{"absent_labels":["Generic label #0"]}""", JsonSerializer.Serialize(b.Opinions[0].Answers));
        Assert.Equal([MarkKind.Box, MarkKind.Mask], b.Opinions[0].Objects.Select(o => o.Mark.Kind));
        Assert.Null(b.Opinions[0].Objects[0].Score);
        Assert.Equal("""{"source":"xclick"}""", JsonSerializer.Serialize(b.Opinions[0].Objects[0].Attributes));
        var c = samples.Single(s => s.Name == "c").Opinions[0].Objects.Single();
        Assert.Equal(0.7, c.Score);
        Assert.Equal("""{"occluded":true,"truncated":false,"is_crowd":true,"is_depiction":false,"is_inside":false,"source":"xclick"}""", JsonSerializer.Serialize(c.Attributes));
    }

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var before = await Exchanges.ReadAsync(OpenImages, Hundred, Assumed);
        var (after, losses) = await Exchanges.ThroughAsync(OpenImages, before, folder, options: Assumed);
        Assert.Equal(["size"], losses.Losses.Select(l => l.Kind));
        Exchanges.AssertSame(before, after, 1e-6);

        var small = (await Exchanges.ReadAsync(OpenImages, Small)).ConvertAll(s => s with { WidthPx = 20, HeightPx = 10, Opinions = [s.Opinions[0] with { Objects = [.. s.Opinions[0].Objects.Where(o => o.Mark.Kind == MarkKind.Box)] }] });
        var facts = await OpenImages.FactsAsync(DatasetSource.Open(Small), FormatOptions.Default, TestContext.Current.CancellationToken);
        (after, _) = await Exchanges.ThroughAsync(OpenImages, small, folder, facts, new FormatOptions { AssumedSize = (20, 10) });
        Exchanges.AssertSame(small, after, 1e-6);
    }

    [Fact]
    public async Task Boxes_survive()
    {
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new RandomSamples(seed, [MarkKind.Box]) { WithScores = true, WithAttributes = false };
            List<Sample> samples = [.. Enumerable.Range(0, 4).Select(i => random.Image(i, i == 0 ? null : "train") with { WidthPx = 60, HeightPx = 60 })];
            var (after, _) = await Exchanges.ThroughAsync(OpenImages, samples, folder, options: new FormatOptions { AssumedSize = (60, 60) });
            Exchanges.AssertSame(samples, after, 1e-6);
        }
    }

    [Fact]
    public async Task A_bad_row_is_told_with_its_line_and_the_others_are_read()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["boxes.csv"], "ImageID,LabelName,XMin,XMax,YMin,YMax\na,car,0.1,x,0,1\n,car,0,1,0,1\na,car,0.5,0.1,0,1\na,,0,1,0,1\na,car,\"0,25\",0.5,0,1\n", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        var sample = (await Exchanges.ReadAsync(OpenImages, folder.Path, new FormatOptions { AssumedSize = (8, 4) }, faults)).Single();
        Assert.Equal(new Outline(new Box(2, 0, 2, 4)), sample.Opinions[0].Objects.Single().Mark);
        Assert.Equal(
            ["boxes.csv: line 2: XMax is \"x\"; a number was expected.", "boxes.csv: line 3: there is no ImageID.", "boxes.csv: line 4: XMax 0.1 and YMax 1 must not be below XMin 0.5 and YMin 0.", "boxes.csv: line 5: there is no LabelName."],
            faults.Kept.Select(f => f.ToString()));
        faults = new FaultLog();
        Assert.Empty(await Exchanges.ReadAsync(OpenImages, folder.Path, faults: faults));
        Assert.StartsWith("boxes.csv: line 2: the picture \"a\" is not there", faults.Kept[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        var boxes = (await File.ReadAllBytesAsync(Path.Combine(Hundred, "all_bounding_boxes.csv"), TestContext.Current.CancellationToken))[..3_000];
        await Mutations.OfFileAsync(OpenImages, boxes, "all.csv", seed: 1, cases: 1_000, options: Assumed);
        var folder = Path.Combine(Small, "annotations");
        var others = Directory.GetFiles(folder).ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes);
        foreach (var (name, bytes) in others)
            await Mutations.OfFileAsync(OpenImages, bytes, name, seed: 2, cases: 130, options: Assumed, others: others);
    }

    [Fact]
    public void It_is_recognised_and_claims_no_other_format()
    {
        Assert.Equal("openimages", FormatRegistry.Recognise(DatasetSource.Open(Hundred))[0].Format);
        Assert.Equal("openimages", FormatRegistry.Recognise(DatasetSource.Open(Small))[0].Format);
        Assert.Empty(OpenImages.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "interop", "datumaro", "vott_csv_dataset"))));
        Assert.Empty(OpenImages.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "driving"))));
    }
}
