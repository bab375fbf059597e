using System.Text.Json;
using Touchstone.Formats.Coco;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Coco;

/// <summary>COCO in several files, and what its files say beside boxes and outlines.</summary>
public sealed class CocoFolderTests
{
    private static readonly CocoFormat Coco = new();

    private static TemporaryFolder Written(params ReadOnlySpan<(string Path, string Text)> files)
    {
        var folder = new TemporaryFolder();
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
            File.WriteAllText(folder[path], text);
        }

        return folder;
    }

    private static string File_(string images, string annotations, string categories = """{"id":0,"name":"car"},{"id":1,"name":"bus"}""") =>
        $$"""{"images":[{{images}}],"annotations":[{{annotations}}],"categories":[{{categories}}]}""";

    private static string Image(int id, string name) => $$"""{"id":{{id}},"file_name":"{{name}}","width":50,"height":40}""";

    private static string Box(int id, int image, int x, int category = 0) => $$"""{"id":{{id}},"image_id":{{image}},"category_id":{{category}},"bbox":[{{x}},2,3,4],"area":12,"iscrowd":0}""";

    private static IEnumerable<string> Said(IEnumerable<Sample> samples) =>
        samples.Select(s => $"{s.Split}/{s.Name} {string.Join(' ', s.Opinions[0].Objects.Select(o => o.Mark.Bounds!.X))}").Order(StringComparer.Ordinal);

    [Fact]
    public async Task Files_of_one_name_in_folders_of_parts_are_those_parts()
    {
        using var roboflow = Written(
            ("train/_annotations.coco.json", File_($"{Image(0, "a.jpg")},{Image(1, "b.jpg")}", $"{Box(0, 0, 1)},{Box(1, 1, 2)}")),
            ("valid/_annotations.coco.json", File_(Image(0, "c.jpg"), Box(0, 0, 3))),
            ("test/_annotations.coco.json", File_(Image(0, "d.jpg"), Box(0, 0, 4))));
        Assert.Equal(["test/d.jpg 4", "train/a.jpg 1", "train/b.jpg 2", "valid/c.jpg 3"], Said(await Exchanges.ReadAsync(Coco, roboflow.Path)));
        using var fiftyone = Written(
            ("train/labels.json", File_(Image(1, "0001.png"), $"{Box(1, 1, 1)},{Box(2, 1, 2)}")), ("train/data/0001.png", ""),
            ("val/labels.json", File_(Image(1, "0001.png"), $"{Box(1, 1, 3)},{Box(2, 1, 4)}")), ("val/data/0001.png", ""));
        var samples = await Exchanges.ReadAsync(Coco, fiftyone.Path);
        Assert.Equal(["train/0001.png 1 2", "val/0001.png 3 4"], Said(samples));
        Assert.Equal(["train/data/0001.png", "val/data/0001.png"], samples.Select(s => s.Picture));
    }

    [Fact]
    public async Task Files_of_one_kind_are_never_joined_whatever_they_are_called()
    {
        foreach (var (first, second, parts) in ((string, string, string)[])
        [
            ("a/labels.json", "b/labels.json", "a b"), ("a/annotations/instances_train.json", "b/annotations/instances_train.json", "a_train b_train"), ("a/train/x.json", "b/train/x.json", "a_train b_train"),
            ("instances_train2014.json", "instances_train2017.json", "train2014 train2017"), ("one.json", "two.json", "one two"), ("instances_train.json", "train.json", "instances_train train"), ("x.json", "b/x.json", "b "),
        ])
        {
            using var folder = Written((first, File_(Image(1, "0001.png"), Box(1, 1, 1))), (second, File_(Image(1, "0001.png"), Box(1, 1, 3))));
            var samples = await Exchanges.ReadAsync(Coco, folder.Path);
            Assert.Equal([1.0, 3.0], samples.Select(s => s.Opinions[0].Objects.Single().Mark.Bounds!.X).Order());
            Assert.Equal(parts, string.Join(' ', samples.Select(s => s.Split ?? "").OrderDescending(StringComparer.Ordinal).Reverse().OrderBy(s => s.Length == 0)));
        }
    }

    [Fact]
    public async Task Files_of_different_kinds_speak_of_the_same_images_and_what_they_contradict_each_other_in_is_told()
    {
        const string Captions = """{"images":[{"id":1,"file_name":"a.jpg"},{"id":9,"file_name":"only.jpg"}],"annotations":[{"id":1,"image_id":1,"caption":"a car"},{"id":2,"image_id":1,"caption":"a street"},{"id":3,"image_id":9,"caption":"a tree"}]}""";
        using var folder = Written(
            ("annotations/instances_val2017.json", File_($"{Image(1, "a.jpg")},{Image(2, "b.jpg")}", $"{Box(1, 1, 5)},{Box(2, 1, 6)},{Box(3, 2, 7)}")),
            ("annotations/person_keypoints_val2017.json", File_(Image(1, "a.jpg"), """{"id":1,"image_id":1,"category_id":0,"bbox":[5,2,3,4],"keypoints":[6,3,2]},{"id":2,"image_id":1,"category_id":0,"bbox":[30,2,3,4],"keypoints":[31,3,2]}""")),
            ("annotations/captions_val2017.json", Captions));
        var faults = new FaultLog();
        var samples = await Exchanges.ReadAsync(Coco, folder.Path, faults: faults);
        Assert.Equal(["val/a.jpg 5 30", "val/b.jpg 7", "val/only.jpg "], Said(samples));
        Assert.All(samples[0].Opinions[0].Objects, o => Assert.Single(o.OtherMarks));
        Assert.Equal("annotations/instances_val2017.json: the annotation 2 of a.jpg is otherwise in another file of the same images; what this file says of it is left out.", faults.Kept.Single().ToString());
        Assert.Equal(["""["a car","a street"]""", """["a tree"]"""], samples.Where(s => s.Opinions[0].Answers.Count > 0).Select(s => JsonSerializer.Serialize(s.Opinions[0].Answers["caption"])));
        var narrowing = new Narrowing(Coco.Traits);
        foreach (var sample in samples) narrowing.Narrow(sample);
        Assert.Equal(["answer:caption 2"], narrowing.Report.Losses.Select(l => $"{l.Kind} {l.Count}"));
    }

    [Fact]
    public async Task Stated_boxes_areas_licences_and_categories_of_one_name_are_written_as_they_were()
    {
        const string Stated = """
            {"info":{"description":"d","year":2026},"licenses":[{"id":1,"name":"CC BY","url":"u"}],"images":[{"id":1,"file_name":"a.jpg","width":50,"height":40,"license":1}],
             "categories":[{"id":1,"name":"person","supercategory":"crew"},{"id":5,"name":"person","supercategory":"guest"}],
             "annotations":[
              {"id":1,"image_id":1,"category_id":1,"segmentation":[[10,10,14,10,14,14,10,14]],"bbox":[9.2,9.2,5.6,5.6],"area":15.5,"iscrowd":0},
              {"id":2,"image_id":1,"category_id":5,"segmentation":[[10,10,14,10,14,14,10,14]],"bbox":[10,10,4,4],"area":16,"iscrowd":0},
              {"id":3,"image_id":1,"category_id":5,"segmentation":[[10,10,14,10,14,14,10,14]],"bbox":[1,1,30,30],"area":16,"iscrowd":0,"attributes":{"a":1}},
              {"id":4,"image_id":1,"category_id":5,"segmentation":[[10,10,14,10,14,14,10,14]],"bbox":[9.5,10,4,4],"area":16.5,"iscrowd":0,"attributes":{"a":1}}]}
            """;
        using var folder = Written(("in.json", Stated));
        var faults = new FaultLog();
        await Conversion.RunAsync(new ConversionPlan { From = Coco, To = Coco }, DatasetSource.Open(folder["in.json"]), DatasetTarget.File(folder["out.json"]), faults, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("in.json: /categories/1/name: (id 5) \"person\" is the name of the category 1 too; this one is read as \"person (5)\"", faults.Kept.Single().ToString());
        using var before = JsonDocument.Parse(Stated);
        using var after = JsonDocument.Parse(await File.ReadAllTextAsync(folder["out.json"], TestContext.Current.CancellationToken));
        foreach (var member in (ReadOnlySpan<string>)["info", "licenses", "images"]) Assert.True(JsonElement.DeepEquals(before.RootElement.GetProperty(member), after.RootElement.GetProperty(member)), member);
        foreach (var (first, second) in before.RootElement.GetProperty("annotations").EnumerateArray().Zip(after.RootElement.GetProperty("annotations").EnumerateArray()))
            foreach (var member in first.EnumerateObject()) Assert.True(JsonElement.DeepEquals(member.Value, second.GetProperty(member.Name)), second.GetRawText());
        Assert.Equal(["1 person crew", "5 person (5) guest"], after.RootElement.GetProperty("categories").EnumerateArray().Select(c => $"{c.GetProperty("id")} {c.GetProperty("name")} {c.GetProperty("supercategory")}"));
        var narrow = await Conversion.RunAsync(new ConversionPlan { From = Coco, To = FormatRegistry.Find("voc")! }, DatasetSource.Open(folder["in.json"]), DatasetTarget.Folder(folder["voc"]), new FaultLog(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains(narrow.Losses.Losses, l => l.Kind == "statements");
    }

    /// <summary>The file's own boxes are those of its cuboids: of KITTI but for the offset of its camera, of nuScenes but for the tilt of the vehicle, which the file's one angle leaves out.</summary>
    [Theory]
    [InlineData("kitti_infos_mono3d.coco.json", 4, 0.1)]
    [InlineData("nus_infos_mono3d.coco.json", 11, 6.5)]
    public async Task Cuboids_of_another_program_lie_on_the_boxes_that_it_states(string name, int count, double withinPx)
    {
        var path = TestData.Find(Assert.Skip, "interop", "mmdet3d_coco3d", name);
        var samples = await Exchanges.ReadAsync(Coco, path);
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        var images = file.RootElement.GetProperty("images").EnumerateArray().ToDictionary(i => i.GetProperty("id").ToString());
        Assert.Equal(images.Keys, samples.Select(s => s.Facts["id"].ToString()));
        var annotations = file.RootElement.GetProperty("annotations").EnumerateArray().ToDictionary(a => a.GetProperty("id").ToString());
        Assert.Equal(count, samples.Sum(s => s.Opinions[0].Objects.Count));
        foreach (var sample in samples)
        {
            var matrix = images[sample.Facts["id"].ToString()].GetProperty("cam_intrinsic");
            var camera = new PinholeCamera(matrix[0][0].GetDouble(), matrix[1][1].GetDouble(), matrix[0][2].GetDouble(), matrix[1][2].GetDouble());
            foreach (var each in sample.Opinions[0].Objects)
            {
                var record = annotations[each.Id!];
                Assert.Equal((sample.Facts["id"].ToString(), record.GetProperty("category_name").GetString()), (record.GetProperty("image_id").ToString(), each.Class));
                var cuboid = Assert.IsType<Cuboid>(each.OtherMarks.Single());
                Assert.Equal(record.GetProperty("bbox_cam3d").EnumerateArray().Take(3).Select(n => n.GetDouble()), [cuboid.X, cuboid.Y, cuboid.Z]);
                Assert.Equal(record.GetProperty("bbox_cam3d").EnumerateArray().Skip(3).Take(3).Select(n => n.GetDouble()).Order(), new[] { cuboid.Length, cuboid.Width, cuboid.Height }.Order());
                var (seen, stated) = (cuboid.BoxIn(camera, sample.WidthPx, sample.HeightPx)!, record.GetProperty("bbox"));
                double[] sides = [stated[0].GetDouble(), stated[1].GetDouble(), stated[0].GetDouble() + stated[2].GetDouble(), stated[1].GetDouble() + stated[3].GetDouble()];
                Assert.All(sides.Zip([seen.X, seen.Y, seen.Right, seen.Bottom]), p => Assert.Equal(p.First, p.Second, withinPx));
            }
        }

        await Exchanges.AssertRoundTripAsync(Coco, path);
    }

    [Fact]
    public async Task A_car_of_KITTI_has_the_cuboid_that_KITTI_states()
    {
        // KITTI's own line of the first object: 1.61 1.66 3.20 -0.69 1.69 25.01 -1.59; the file's x is moved to its camera by 44.85728 / 721.5377 m.
        var sample = (await Exchanges.ReadAsync(Coco, TestData.Find(Assert.Skip, "interop", "mmdet3d_coco3d", "kitti_infos_mono3d.coco.json"))).Single();
        var cuboid = (Cuboid)sample.Opinions[0].Objects[0].OtherMarks.Single();
        double[] expected = [-0.69 + 44.85728 / 721.5377, 1.69 - 1.61 / 2, 25.01, 3.20, 1.66, 1.61];
        Assert.All(expected.Zip([cuboid.X, cuboid.Y, cuboid.Z, cuboid.Length, cuboid.Width, cuboid.Height]), p => Assert.Equal(p.First, p.Second, 1e-5));
        using var folder = new TemporaryFolder();
        var kitti = FormatRegistry.Find("kitti")!;
        await Exchanges.WriteAsync(kitti, [sample with { Opinions = [sample.Opinions[0] with { Objects = [sample.Opinions[0].Objects[0]] }] }], folder["kitti"]);
        var fields = (await File.ReadAllTextAsync(Directory.EnumerateFiles(folder["kitti"], "*.txt", SearchOption.AllDirectories).Single(), TestContext.Current.CancellationToken)).Split(' ', '\n');
        Assert.Equal(1.69, double.Parse(fields[12], System.Globalization.CultureInfo.InvariantCulture), 1e-5);
        Assert.Equal(-1.59, double.Parse(fields[14], System.Globalization.CultureInfo.InvariantCulture), 1e-5);
    }
}
