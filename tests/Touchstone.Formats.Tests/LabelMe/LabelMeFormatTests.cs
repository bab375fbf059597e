using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Files.Png;
using Touchstone.Formats.Cvat;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.LabelMe;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.LabelMe;

public sealed class LabelMeFormatTests
{
    private static readonly LabelMeFormat LabelMe = new();

    private static string Two => TestData.Find(Assert.Skip, "interop", "same_100_images", "labelme");

    [Fact]
    public async Task Two_pictures_have_the_boxes_that_CVAT_has_of_them()
    {
        var samples = await Exchanges.ReadAsync(LabelMe, Two);
        Assert.Equal(["2007_000364.jpg 500 375 3", "2007_000663.jpg 422 500 6"], samples.Select(s => $"{s.Name} {s.WidthPx} {s.HeightPx} {s.Opinions[0].Objects.Count}"));
        Assert.Equal(new LabelledObject("motorbike", new Outline(new Box(54, 25, 400, 290))), samples[0].Opinions[0].Objects[0] with { Attributes = Sample.Empty });
        var same = await Exchanges.ReadAsync(new CvatImagesFormat(), TestData.Find(Assert.Skip, "interop", "same_100_images", "cvat_format"));
        foreach (var sample in samples)
            Assert.Equal(Lines(same.Single(s => s.Name == sample.Name)), Lines(sample));

        static IEnumerable<string> Lines(Sample sample) => sample.Opinions[0].Objects.Select(o => $"{o.Class} {((Outline)o.Mark).Geometry.Bounds.X} {o.Mark.Bounds!.Y} {o.Mark.Bounds.Width} {o.Mark.Bounds.Height}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was()
    {
        await Exchanges.AssertRoundTripAsync(LabelMe, Two);
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["labels"]);
        await File.WriteAllTextAsync(folder["labels/a.json"], Everything, TestContext.Current.CancellationToken);
        await Exchanges.AssertRoundTripAsync(LabelMe, folder.Path);
        var (after, _) = await Exchanges.ThroughAsync(LabelMe, await Exchanges.ReadAsync(LabelMe, folder.Path), folder);
        Assert.Equal("""{"lens":{"f":[1,2]},"notes":["x","y"]}""", JsonSerializer.Serialize(after.Single().Facts));
    }

    [Fact]
    public async Task Every_kind_of_shape_is_read()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["labels"]);
        await File.WriteAllTextAsync(folder["labels/a.json"], Everything, TestContext.Current.CancellationToken);
        var sample = (await Exchanges.ReadAsync(LabelMe, folder.Path)).Single();
        Assert.Equal("pictures/a.png", sample.Name);
        var marks = sample.Opinions[0].Objects.Select(o => o.Mark).ToList();
        Assert.Equal(new Outline(new Box(1, 2, 3, 4)), marks[0]);   // the corners may come in any order
        Assert.Equal(new Outline(new Polygon([new(0, 0), new(4, 0), new(0, 3.5)])), marks[1]);
        Assert.Equal(new Ellipse(10, 10, 5, 5), marks[2]);
        Assert.Equal(new Outline(new Polyline([new(0, 0), new(1, 1)])), marks[3]);
        Assert.Equal(new Outline(new Polyline([new(0, 0), new(1, 1), new(2, 0)])), marks[4]);
        Assert.Equal(new Outline(new Keypoints([new(7, 8, Visibility.Visible)])), marks[5]);
        var mask = Assert.IsType<PixelMask>(marks[6]).Mask;
        Assert.Equal("52200O4", Cropped(mask));
        Assert.Equal("""{"night":true,"weather":"rain"}""", JsonSerializer.Serialize(sample.Opinions[0].Answers));
        Assert.Equal("""{"parked":false,"colour":"red","group_id":3,"description":"by the tree"}""", JsonSerializer.Serialize(sample.Opinions[0].Objects[0].Attributes));
        Assert.Equal(0.75, sample.Opinions[0].Objects[0].Score);

        static string Cropped(Annotations.Masks.RunLengthMask mask)
        {
            var pixels = mask.ToPixels();
            var columns = new byte[5 * 4];
            for (var x = 0; x < 5; x++)
                for (var y = 0; y < 4; y++) columns[x * 4 + y] = pixels[x * mask.Height + y];
            return Annotations.Masks.RunLengthMask.FromPixels(4, 5, columns).ToString();
        }
    }

    [Fact]
    public async Task A_turned_box_of_X_AnyLabeling_is_read_and_leaves_as_a_polygon()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.json"], """{"imagePath":"a.png","imageWidth":50,"imageHeight":50,"shapes":[{"label":"car","shape_type":"rotation","points":[[20,10],[20,30],[16,30],[16,10]]}]}""", TestContext.Current.CancellationToken);
        var samples = await Exchanges.ReadAsync(LabelMe, folder.Path);
        var box = Assert.IsType<RotatedBox>(((Outline)samples[0].Opinions[0].Objects[0].Mark).Geometry);
        Assert.Equal((18d, 20d, 20d, 4d, Math.PI / 2), (box.CentreX, box.CentreY, box.Width, box.Height, box.Angle));
        var (after, losses) = await Exchanges.ThroughAsync(LabelMe, samples, folder);
        Assert.Equal(MarkKind.Polygon, after[0].Opinions[0].Objects[0].Mark.Kind);
        Assert.Contains(losses.Losses, l => l.ToString().Contains("rotated", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Circles_stay_circles_and_ellipses_become_polygons_with_a_word()
    {
        using var folder = new TemporaryFolder();
        var sample = new Sample { Name = "a.png", WidthPx = 50, HeightPx = 40, Opinions = [new Opinion { Objects = [new("a", new Ellipse(5, 6, 3, 3)), new("a", new Ellipse(5, 6, 3, 2))] }] };
        var (after, losses) = await Exchanges.ThroughAsync(LabelMe, [sample], folder);
        Assert.Equal([MarkKind.Ellipse, MarkKind.Polygon], after[0].Opinions[0].Objects.Select(o => o.Mark.Kind));
        Assert.Single(losses.Losses);
    }

    [Fact]
    public async Task Samples_of_every_kind_survive()
    {
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new RandomSamples(seed, [.. LabelMe.Traits.Marks.Where(m => m != MarkKind.Ellipse)]) { WithScores = true };
            List<Sample> samples = [.. Enumerable.Range(0, 4).Select(i => random.Image(i))];
            var circle = new LabelledObject("circle", new Ellipse(seed, 2, seed / 7.0, seed / 7.0));
            samples[0] = samples[0] with { Opinions = [samples[0].Opinions[0] with { Objects = [.. samples[0].Opinions[0].Objects, circle] }] };
            var (after, losses) = await Exchanges.ThroughAsync(LabelMe, samples, folder);
            Assert.True(losses.IsEmpty, $"seed {seed}: {string.Join('\n', losses.Losses)}");
            Exchanges.AssertSame(samples, after, 1e-6);
        }
    }

    [Fact]
    public async Task Pictures_that_differ_in_their_endings_keep_labels_of_their_own()
    {
        using var folder = new TemporaryFolder();
        List<Sample> samples = [new() { Name = "a.png", Opinions = [new Opinion()] }, new() { Name = "a.jpg", Opinions = [new Opinion()] }];
        var (after, _) = await Exchanges.ThroughAsync(LabelMe, samples, folder);
        Assert.Equal(["a.jpg", "a.png"], after.Select(s => s.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_bad_record_is_told_with_its_pointer_and_the_others_are_read()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.json"], """{"imagePath":"a.png","imageWidth":5,"imageHeight":4,"shapes":[{"label":"a","points":[[1,2],[3,"x"]]},{"label":"b","shape_type":"rectangle","points":[[1,2],[3,4]]},{"label":"c","shape_type":"star","points":[]},{"points":[]},7,{"label":"d","shape_type":"mask","points":[[1,1],[2,2]],"mask":"AAAA"},{"label":"\ud800","points":[]}]}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["b.json"], "{\"imagePath\": \"b.png\",\n \"shapes\": [", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["c.json"], "{\"imagePath\": 3, \"shapes\": []}", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        var sample = (await Exchanges.ReadAsync(LabelMe, folder.Path, faults: faults)).Single();
        Assert.Equal(new Outline(new Box(1, 2, 2, 2)), sample.Opinions[0].Objects.Single().Mark);
        Assert.Equal(
            [
                "a.json: /shapes/0/points/1: two numbers were expected, a list of 2 found.",
                "a.json: /shapes/2/shape_type: rectangle, polygon, circle, line, linestrip, point, points, mask or rotation was expected, \"star\" found.",
                "a.json: /shapes/3/label: a text was expected, nothing found.",
                "a.json: /shapes/4: a shape was expected, 7 found.",
            ],
            faults.Kept.Take(4).Select(f => f.ToString()));
        Assert.StartsWith("a.json: /shapes/5/mask: PNG: ", faults.Kept[4].ToString(), StringComparison.Ordinal);
        Assert.Equal("a.json: /shapes/6: a text in it is no Unicode.", faults.Kept[5].ToString());
        Assert.StartsWith("b.json: line 2, byte 13: this is no JSON", faults.Kept[6].ToString(), StringComparison.Ordinal);
        Assert.Equal("c.json: /imagePath: the picture's path was expected, 3 found.", faults.Kept[7].ToString());
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        await Mutations.OfFileAsync(LabelMe, System.Text.Encoding.UTF8.GetBytes(Everything), "a.json", seed: 1, cases: 1_700);
        await Mutations.OfFileAsync(LabelMe, await File.ReadAllBytesAsync(Path.Combine(Two, "2007_000364.json"), TestContext.Current.CancellationToken), "a.json", seed: 2, cases: 300);
    }

    [Fact]
    public void It_is_recognised_and_claims_no_other_format()
    {
        Assert.Equal("labelme", FormatRegistry.Recognise(DatasetSource.Open(Two))[0].Format);
        foreach (var other in (string[][])[["interop", "same_100_images", "coco_format_v1"], ["interop", "datumaro", "datumaro_dataset"], ["interop", "datumaro", "vott_json_dataset"], ["interop", "datumaro", "sly_pointcloud_dataset"], ["interop", "label_studio"], ["interop", "openlabel", "tests"], ["interop", "cocovid"]])
        {
            var path = Path.Combine([TestData.Find(Assert.Skip, "interop"), "..", .. other]);
            if (Directory.Exists(path)) Assert.Empty(LabelMe.Recognise(DatasetSource.Open(path)));
        }
    }

    private static string Everything
    {
        get
        {
            var mask = PngWriter.ToBytes(PngImage.Grey(3, 2, [1, 1, 1, 1, 1, 0]));
            return $$"""
                {"version":"5.5.0","flags":{"night":true},"answers":{"weather":"rain"},"shapes":[
                {"label":"car","points":[[4,6],[1,2]],"shape_type":"rectangle","group_id":3,"description":"by the tree","flags":{"parked":false},"score":0.75,"attributes":{"colour":"red"},"kie_linking":[]},
                {"label":"road","points":[[0,0],[4,0],[0,3.5]],"shape_type":"polygon"},
                {"label":"hole","points":[[10,10],[13,14]],"shape_type":"circle"},
                {"label":"lane","points":[[0,0],[1,1]],"shape_type":"line"},
                {"label":"lane","points":[[0,0],[1,1],[2,0]],"shape_type":"linestrip"},
                {"label":"eye","points":[[7,8]],"shape_type":"point"},
                {"label":"sky","points":[[1,1],[3,2]],"shape_type":"mask","mask":"{{Convert.ToBase64String(mask)}}"}],
                "imagePath":"..\\pictures\\a.png","imageData":null,"imageHeight":30,"imageWidth":40,"lens":{"f":[1,2]},"notes":["x","y"]}
                """;
        }
    }
}
