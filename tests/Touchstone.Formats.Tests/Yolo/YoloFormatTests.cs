using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Coco;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Formats.Yolo;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Yolo;

public sealed class YoloFormatTests
{
    private static readonly YoloFormat Yolo = new();

    private static readonly DarknetFormat Darknet = new();

    private static readonly FormatOptions Assumed = new() { AssumedSize = (Generated.WidthPx, Generated.HeightPx) };

    /// <summary>The folder of label files, with the pictures that give their sizes beside it.</summary>
    private static TemporaryFolder WithPictures()
    {
        var labels = TestData.Find(Assert.Skip, "interop", "same_100_images", "yolo");
        var pictures = TestData.Find(Assert.Skip, "driving", "voc_street", "images");
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["obj_train_data"]);
        foreach (var file in Directory.GetFiles(labels, "*", SearchOption.AllDirectories)) File.Copy(file, folder[Path.GetRelativePath(labels, file)]);
        foreach (var file in Directory.GetFiles(pictures)) File.Copy(file, folder[$"obj_train_data/{Path.GetFileName(file)}"]);
        return folder;
    }

    [Fact]
    public async Task Darknet_files_of_another_program_agree_with_the_same_boxes_in_COCO()
    {
        using var folder = WithPictures();
        var faults = new FaultLog();
        var samples = await Exchanges.ReadAsync(Darknet, folder.Path, faults: faults);
        Assert.Equal((16, 74, 84L), (samples.Count, samples.Sum(s => s.Opinions[0].Objects.Count), faults.Count));
        var truth = (await Exchanges.ReadAsync(new CocoFormat(), TestData.Find(Assert.Skip, "interop", "same_100_images", "coco_format_v1"))).ToDictionary(s => s.Name);
        foreach (var sample in samples)
        {
            var expected = truth[sample.Name].Opinions[0].Objects;
            foreach (var each in sample.Opinions[0].Objects)
                Assert.Contains(expected, e => e.Class == each.Class && Exchanges.Distance(e.Mark, each.Mark) < 0.001);
        }
    }

    [Fact]
    public async Task Darknet_without_pictures_says_so_for_each_file()
    {
        var faults = new FaultLog();
        Assert.Empty(await Exchanges.ReadAsync(Darknet, TestData.Find(Assert.Skip, "interop", "same_100_images", "yolo"), faults: faults));
        Assert.Contains(faults.Kept, f => f.File == "obj_train_data/2007_000129.txt" && f.Message.Contains("cannot be found to tell its size", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_strict_example_has_its_boxes()
    {
        var path = TestData.Find(Assert.Skip, "interop", "datumaro", "yolo_dataset", "strict");
        var sample = (await Exchanges.ReadAsync(Darknet, path)).Single();
        Assert.Equal(("1.jpg", "train", 15, 10), (sample.Name, sample.Split, sample.WidthPx, sample.HeightPx));
        Assert.Equal(["label_2", "label_4"], sample.Opinions[0].Objects.Select(o => o.Class));
        Assert.True(Exchanges.Distance(new Outline(new Box(0, 2, 4, 2)), sample.Opinions[0].Objects[0].Mark) < 1e-4);
        Assert.True(Exchanges.Distance(new Outline(new Box(3, 3, 2, 3)), sample.Opinions[0].Objects[1].Mark) < 1e-4);
        Assert.Equal(10, (await Darknet.FactsAsync(DatasetSource.Open(path), FormatOptions.Default, TestContext.Current.CancellationToken)).Classes.Count);
    }

    [Theory]
    [InlineData("yolo")]
    [InlineData("yolo-darknet")]
    public async Task Fixtures_survive_in_both_layouts(string id)
    {
        var format = FormatRegistry.Find(id)!;
        using var folder = WithPictures();
        using var written = new TemporaryFolder();
        var before = await Exchanges.ReadAsync(Darknet, folder.Path, faults: new FaultLog());
        var survey = new DatasetSurvey(await Darknet.FactsAsync(DatasetSource.Open(folder.Path), FormatOptions.Default, TestContext.Current.CancellationToken));
        foreach (var sample in before) survey.Add(sample);
        await format.WriteAsync(survey.Facts, before.ToAsyncEnumerable(), DatasetTarget.Folder(written["out"]), FormatOptions.Default, TestContext.Current.CancellationToken);
        foreach (var sample in before)
        {
            var place = written[$"out/{format.PicturePlace(sample, FormatOptions.Default)}"];
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(folder[$"obj_train_data/{sample.Name}"], place);
        }

        Exchanges.AssertSame(before, await Exchanges.ReadAsync(format, written["out"]), 1e-9);
        Assert.Equal([id], FormatRegistry.Recognise(DatasetSource.Open(written["out"])).Where(r => r.Certainty > 0.9).Select(r => r.Format));
    }

    [Theory]
    [InlineData("detect", MarkKind.Box)]
    [InlineData("segment", MarkKind.Polygon)]
    [InlineData("obb", MarkKind.RotatedBox)]
    public void Marks_survive_to_a_millionth(string task, MarkKind kind) => Generated.ForSeeds(async seed =>
    {
        using var folder = new TemporaryFolder();
        var generated = new Generated(seed);
        var options = Assumed with { YoloTask = seed % 2 == 0 ? task : null };
        var before = generated.Samples([kind], CarriedParts.EmptySamples | CarriedParts.Splits | (seed % 3 == 0 ? CarriedParts.Scores : 0));
        var (after, losses) = await Exchanges.ThroughAsync(Yolo, before, folder, generated.Facts, options, Assumed with { YoloTask = before.Exists(s => s.Opinions[0].Objects.Count > 0) ? null : task });
        Assert.Equal(["size"], losses.Losses.Select(l => l.Kind));
        Exchanges.AssertSame(before, after, 1e-6);
    });

    [Fact]
    public void Poses_survive_with_their_boxes() => Generated.ForSeeds(async seed =>
    {
        using var folder = new TemporaryFolder();
        var generated = new Generated(seed);
        var before = generated.Samples([MarkKind.Box], CarriedParts.EmptySamples | CarriedParts.Splits, also: [MarkKind.Keypoints]);
        Exchanges.AssertSame(before, (await Exchanges.ThroughAsync(Yolo, before, folder, generated.Facts, Assumed with { YoloTask = "pose" }, Assumed)).Samples, 1e-6);
    });

    [Fact]
    public async Task What_a_task_has_no_place_for_is_told()
    {
        using var folder = new TemporaryFolder();
        var before = new Generated(5).Samples([MarkKind.Polygons, MarkKind.Mask], CarriedParts.None);
        var (segments, told) = await Exchanges.ThroughAsync(Yolo, before, folder, null, Assumed, Assumed);
        Assert.All(segments.SelectMany(s => s.Opinions[0].Objects), o => Assert.Equal(MarkKind.Polygon, o.Mark.Kind));
        Assert.Contains(told.Losses, l => l.Kind is "geometry:polygons" or "geometry:mask");
        var (boxes, _) = await Exchanges.ThroughAsync(Yolo, before, folder, null, Assumed with { YoloTask = "detect" }, Assumed);
        Assert.All(boxes.SelectMany(s => s.Opinions[0].Objects), o => Assert.Equal(MarkKind.Box, o.Mark.Kind));
    }

    [Fact]
    public async Task Layouts_of_other_writers_are_read()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["train/labels"]);
        Directory.CreateDirectory(folder["valid/labels"]);
        await File.WriteAllTextAsync(folder["data.yaml"], "train: ../train/images\nval: ../valid/images\nnc: 2\nnames: ['car', 'no']\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["train/labels/a.txt"], "0 0.5 0.5 0.25 0.5\r\n1 0.1 0.1 0.1 0.1\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["valid/labels/b.txt"], "", TestContext.Current.CancellationToken);
        var samples = await Exchanges.ReadAsync(Yolo, folder.Path, new FormatOptions { AssumedSize = (200, 100) });
        Assert.Equal(["train a 2", "val b 0"], samples.Select(s => $"{s.Split} {s.Name} {s.Opinions[0].Objects.Count}"));
        Assert.Equal(("car", new Outline(new Box(75, 25, 50, 50))), (samples[0].Opinions[0].Objects[0].Class, samples[0].Opinions[0].Objects[0].Mark));
    }

    [Fact]
    public async Task Pictures_in_folders_by_class_are_answers()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["train/cat"]);
        await File.WriteAllBytesAsync(folder["train/cat/a.jpg"], [1], TestContext.Current.CancellationToken);
        var sample = (await Exchanges.ReadAsync(Yolo, folder.Path)).Single();
        Assert.Equal(("a.jpg", "train", "cat"), (sample.Name, sample.Split, sample.Opinions[0].Answers["class"].GetString()));
        Assert.Equal("train/cat/a.jpg", Yolo.PicturePlace(sample, new FormatOptions { YoloTask = "classify" }));
    }

    [Fact]
    public async Task Bad_lines_are_told_and_the_others_are_read()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["labels"]);
        await File.WriteAllTextAsync(folder["data.yaml"], "train: images\nval: images\nnames:\n  0: car\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["labels/a.txt"], "0 0.5 0.5 x 0.5\n3 0.5 0.5 0.1 0.1\n0 0.5 0.5 0.1\n0 0.5 0.5 0.1 0.1\n", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        Assert.Single((await Exchanges.ReadAsync(Yolo, folder.Path, Assumed, faults)).Single().Opinions[0].Objects);
        Assert.Equal(["labels/a.txt: line 1", "labels/a.txt: line 2", "labels/a.txt: line 3"], faults.Kept.Select(f => $"{f.File}: {f.Place}"));
        await File.WriteAllTextAsync(folder["data.yaml"], "train: images\nnames: [\n", TestContext.Current.CancellationToken);
        Assert.Contains("data.yaml", (await Assert.ThrowsAsync<FileFormatFaultException>(() => Exchanges.ReadAsync(Yolo, folder.Path, Assumed))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = new TemporaryFolder();
        await Mutations.OfFolderAsync(Darknet, TestData.Find(Assert.Skip, "interop", "datumaro", "yolo_dataset", "strict"), 1000, seed: 21, Assumed);
        var generated = new Generated(3);
        List<Sample> samples = [.. generated.Samples([MarkKind.Box], CarriedParts.Splits, also: [MarkKind.Keypoints])];
        await Yolo.WriteAsync(generated.Facts, samples.ToAsyncEnumerable(), DatasetTarget.Folder(folder.Path), new FormatOptions { YoloTask = "pose" }, TestContext.Current.CancellationToken);
        await Mutations.OfFolderAsync(Yolo, folder.Path, 1000, seed: 22, Assumed);
    }

    [Fact]
    public void It_is_recognised_and_takes_nothing_else()
    {
        Assert.Equal("yolo-darknet", Darknet.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "interop", "same_100_images", "yolo"))).Single().Format);
        foreach (var other in (ReadOnlySpan<string>)["interop/same_100_images/voc", "interop/same_100_images/coco_format_v1", "interop/datumaro/mots_dataset", "driving/kitti_object", "driving/mot15_gt_only", "driving/camvid"])
        {
            var source = DatasetSource.Open(TestData.Find(Assert.Skip, other.Split('/')));
            Assert.DoesNotContain(Yolo.Recognise(source).Concat(Darknet.Recognise(source)), r => r.Certainty > 0.5);
        }
    }

    [Fact]
    public void The_task_follows_from_what_is_marked()
    {
        var survey = new DatasetSurvey(new DatasetFacts());
        foreach (var sample in new Generated(1).Samples([MarkKind.RotatedBox], CarriedParts.None)) survey.Add(sample);
        Assert.Equal([MarkKind.RotatedBox], Yolo.TraitsFor(FormatOptions.Default, survey.Facts).Marks);
        Assert.Equal([MarkKind.Box], Yolo.TraitsFor(FormatOptions.Default, new DatasetFacts()).Marks);
    }
}
