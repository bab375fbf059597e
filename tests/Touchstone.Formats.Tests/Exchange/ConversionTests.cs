using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Files.Png;
using Touchstone.Formats.Coco;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Kitti;
using Touchstone.Formats.Voc;
using Touchstone.Formats.Yolo;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Exchange;

/// <summary>A conversion goes on past what its target cannot have, and leaves whole files or none.</summary>
public sealed class ConversionTests
{
    private static readonly CocoFormat Coco = new();

    public static TheoryData<string> Writers => [.. FormatRegistry.All.Where(f => f.Traits.Writes && f.Traits.Inputs.Contains(Annotations.Selectors.InputKind.Image)).Select(f => f.Traits.Id)];

    [Theory, MemberData(nameof(Writers))]
    public async Task One_name_that_can_be_no_path_does_not_end_it(string to)
    {
        using var folder = new TemporaryFolder();
        await WriteCocoAsync(folder["in.json"], [("a.jpg", 64, 48), ("../x.jpg", 64, 48), ("b\\u0001.jpg", 64, 48), (new string('n', 300) + ".jpg", 64, 48), ("c.jpg", 64, 48)], "car");
        var (result, faults) = await ConvertAsync(folder["in.json"], folder["out"], FormatRegistry.Find(to)!);
        Assert.True(result.Written >= 2, string.Join('\n', faults.Kept));
        Assert.True(faults.Count is 0 or 3, string.Join('\n', faults.Kept));
        Assert.DoesNotContain(faults.Kept, f => f.File is "a.jpg" or "c.jpg");
    }

    [Theory, MemberData(nameof(Writers))]
    public async Task Pictures_of_any_size_are_a_fault_where_they_cannot_be(string to)
    {
        using var folder = new TemporaryFolder();
        await WriteCocoAsync(folder["in.json"], [("a.jpg", 64, 48), ("b.jpg", 100_000, 100_000), ("c.jpg", 0, 0)], "car");
        var (result, faults) = await ConvertAsync(folder["in.json"], folder["out"], FormatRegistry.Find(to)!);
        Assert.True(result.Written >= 1);
        Assert.DoesNotContain(faults.Kept, f => f.File == "a.jpg");
        if (to == "tusimple") return;               // lines of JSON in a file that is called so
        foreach (var json in Directory.GetFiles(folder["out"], "*.json", SearchOption.AllDirectories)) using (JsonDocument.Parse(await File.ReadAllBytesAsync(json, TestContext.Current.CancellationToken))) { }
    }

    [Theory, MemberData(nameof(Writers))]
    public async Task Numbers_that_nothing_can_be_reckoned_with_are_left_out_by_name(string to)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["in.json"], """
            {"images":[{"id":1,"file_name":"a.jpg","width":64,"height":48}],"categories":[{"id":1,"name":"car","keypoints":["a","b"],"skeleton":[]}],
            "annotations":[{"id":1,"image_id":1,"category_id":1,"keypoints":[1e308,1,2,-1e308,1,2],"num_keypoints":2},{"id":2,"image_id":1,"category_id":1,"bbox":[1,1,5,5],"truncated":1e400},{"id":3,"image_id":1,"category_id":1,"bbox":[1e300,1,5,5]}]}
            """, TestContext.Current.CancellationToken);
        var (result, faults) = await ConvertAsync(folder["in.json"], folder["out"], FormatRegistry.Find(to)!);
        Assert.Equal(1, result.Read.Samples);
        Assert.Contains(faults.Kept, f => f.Message.Contains("beyond", StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(folder["out"], "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".png", StringComparison.Ordinal)))
            Assert.DoesNotContain("Infinity", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory, InlineData("coco"), InlineData("yolo"), InlineData("voc"), InlineData("kitti"), InlineData("cvat")]
    public async Task Pictures_of_one_name_in_two_parts_stay_two(string to)
    {
        using var folder = new TemporaryFolder();
        foreach (var part in (string[])["train", "valid"])
        {
            Directory.CreateDirectory(folder[$"in/{part}/images"]);
            Directory.CreateDirectory(folder[$"in/{part}/labels"]);
            var side = part == "train" ? 10 : 20;
            await using (var picture = File.Create(folder[$"in/{part}/images/0001.png"])) PngWriter.Write(picture, PngImage.Grey(side, side, new byte[side * side]));
            await File.WriteAllTextAsync(folder[$"in/{part}/labels/0001.txt"], "0 0.5 0.5 0.5 0.5\n", TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(folder["in/data.yaml"], "train: train/images\nval: valid/images\nnames: [car]\n", TestContext.Current.CancellationToken);
        var format = FormatRegistry.Find(to)!;
        var (result, faults) = await ConvertAsync(folder["in"], folder["out"], format, new YoloFormat(), PictureMode.Copy);
        Assert.Equal((2, 2, 0, 0), (result.Written, result.PicturesPlaced, result.PicturesMissing, faults.Count));
        Assert.Equal(2, Directory.GetFiles(folder["out"], "*.png", SearchOption.AllDirectories).Select(f => new FileInfo(f).Length).Distinct().Count());
        var back = await Exchanges.ReadAsync(format, folder["out"]);
        Assert.Equal([10, 20], back.Select(s => DatasetSource.Open(folder["out"]).SizeOf(s)!.Value.WidthPx).Order());
        Assert.Equal([(2.5, 5.0), (5.0, 10.0)], back.Select(s => s.Opinions[0].Objects[0].Mark.Bounds!).Select(b => (Math.Round(b.X, 1), Math.Round(b.Width, 1))).Order().Select(b => to == "voc" ? (b.Item1 is 2 ? 2.5 : b.Item1, b.Item2 is 6 ? 5.0 : b.Item2) : b));
    }

    [Fact]
    public async Task Names_that_would_share_a_file_are_told_apart_and_it_is_said()
    {
        using var folder = new TemporaryFolder();
        await WriteCocoAsync(folder["in.json"], [("a.jpg", 64, 48), ("a.png", 64, 48), ("sub1/a.jpg", 64, 48), ("sub2/a.jpg", 64, 48), ("v1.2", 64, 48), ("v1.3", 64, 48)], "car");
        foreach (var to in (DatasetFormat[])[new YoloFormat(), new VocFormat(), new KittiFormat()])
        {
            var (result, faults) = await ConvertAsync(folder["in.json"], folder[to.Traits.Id], to);
            Assert.Equal((6, 0), (result.Written, faults.Count));
            Assert.Equal(1, result.Losses.Losses.Single(l => l.Kind == "name").Count);
        }

        var names = (await Exchanges.ReadAsync(new VocFormat(), folder["voc"])).Select(s => s.Name);
        Assert.Equal(["a.jpg", "a_2.png", "sub1/a.jpg", "sub2/a.jpg", "v1.2", "v1.3"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_ends_early_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        await WriteCocoAsync(folder["in.json"], [("a.jpg", 64, 48), ("b.jpg", 64, 48)], "car");
        using var stop = new CancellationTokenSource();
        var plan = new ConversionPlan { From = Coco, To = FormatRegistry.Find("label-studio")! };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Conversion.RunAsync(plan, DatasetSource.Open(folder["in.json"]), DatasetTarget.Folder(folder["out"]), new FaultLog(), (_, _) =>
        {
            stop.Cancel();
            stop.Token.ThrowIfCancellationRequested();
            return default;
        }, stop.Token));
        Assert.Empty(Directory.GetFileSystemEntries(folder["out"]));
    }

    [Theory, InlineData("Train", "Validation", "train", "val"), InlineData("training", null, "train", null), InlineData("extra", null, "extra", null), InlineData("valid", null, "val", null)]
    public async Task What_is_written_as_YOLO_has_the_parts_that_Ultralytics_asks_for(string first, string? second, string firstRead, string? secondRead)
    {
        using var folder = new TemporaryFolder();
        var samples = ((string?[])[first, second]).OfType<string>().Select((s, i) => new Sample
        {
            Name = FormattableString.Invariant($"{i}.tif"),
            Split = s,
            WidthPx = 20,
            HeightPx = 20,
            Opinions = [new Opinion { Objects = [new LabelledObject("car", new Outline(new Box(1, 2, 3, 4)))] }],
        }).ToList();
        await Exchanges.WriteAsync(FormatRegistry.Find("touchstone")!, samples, folder["in"]);
        await ConvertAsync(folder["in"], folder["out"], new YoloFormat(), FormatRegistry.Find("touchstone")!);
        var yaml = await File.ReadAllLinesAsync(folder["out/data.yaml"], TestContext.Current.CancellationToken);
        Assert.Contains(yaml, l => l.StartsWith("train: ", StringComparison.Ordinal));
        Assert.Contains(yaml, l => l.StartsWith("val: ", StringComparison.Ordinal));
        Assert.Equal("yolo", FormatRegistry.Recognise(DatasetSource.Open(folder["out"]))[0].Format);
        var back = await Exchanges.ReadAsync(new YoloFormat(), folder["out"], new FormatOptions { AssumedSize = (20, 20) });
        Assert.Equal(((string?[])[firstRead, secondRead]).OfType<string>().Select((s, i) => string.Create(CultureInfo.InvariantCulture, $"{s} {i}.tif")), back.Select(s => $"{s.Split} {s.Name}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Classes_of_pictures_without_the_pictures_are_refused()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in/train/cat"]);
        await File.WriteAllBytesAsync(folder["in/train/cat/1.png"], [1], TestContext.Current.CancellationToken);
        var plan = new ConversionPlan { From = new YoloFormat(), To = new YoloFormat(), Options = new FormatOptions { YoloTask = "classify" } };
        await Assert.ThrowsAsync<FileFormatFaultException>(() => Conversion.RunAsync(plan, DatasetSource.Open(folder["in"]), DatasetTarget.Folder(folder["out"]), new FaultLog(), cancellationToken: TestContext.Current.CancellationToken));
        var result = await Conversion.RunAsync(plan with { Pictures = PictureMode.Copy }, DatasetSource.Open(folder["in"]), DatasetTarget.Folder(folder["out"]), new FaultLog(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (result.Written, result.PicturesPlaced));
        Assert.True(File.Exists(folder["out/train/cat/1.png"]));
    }

    private static async Task<(ConversionResult Result, FaultLog Faults)> ConvertAsync(string from, string to, DatasetFormat format, DatasetFormat? reader = null, PictureMode pictures = PictureMode.Reference)
    {
        var faults = new FaultLog();
        var plan = new ConversionPlan { From = reader ?? Coco, To = format, Pictures = pictures };
        return (await Conversion.RunAsync(plan, DatasetSource.Open(from), DatasetTarget.Folder(to), faults, cancellationToken: TestContext.Current.CancellationToken), faults);
    }

    private static Task WriteCocoAsync(string file, (string Name, int Width, int Height)[] images, string name) => File.WriteAllTextAsync(file, FormattableString.Invariant($$"""
        {"images":[{{string.Join(',', images.Select((m, i) => FormattableString.Invariant($"{{\"id\":{i + 1},\"file_name\":\"{m.Name}\",\"width\":{m.Width},\"height\":{m.Height}}}")))}}],
        "categories":[{"id":1,"name":"{{name}}"}],
        "annotations":[{{string.Join(',', images.Select((_, i) => FormattableString.Invariant($"{{\"id\":{i + 1},\"image_id\":{i + 1},\"category_id\":1,\"bbox\":[5,6,10,12],\"segmentation\":[[5,6,15,6,15,18,5,18]]}}")))}}]}
        """), TestContext.Current.CancellationToken);
}
