using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Coco;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Coco;

public sealed class CocoFormatTests
{
    private static readonly CocoFormat Coco = new();

    [Fact]
    public async Task Two_programs_files_of_the_same_pictures_have_the_same_273_boxes()
    {
        var first = await Exchanges.ReadAsync(Coco, TestData.Find(Assert.Skip, "interop", "same_100_images", "coco_format_v1"));
        var second = await Exchanges.ReadAsync(Coco, TestData.Find(Assert.Skip, "interop", "same_100_images", "coco_format_v2"));
        Assert.Equal((100, 273), (first.Count, first.Sum(s => s.Opinions[0].Objects.Count)));
        Assert.Equal((100, 273), (second.Count, second.Sum(s => s.Opinions[0].Objects.Count)));
        Assert.Equal(Boxes(first), Boxes(second));
        var picture = first.Single(s => s.Name == "2007_000129.jpg");
        Assert.Equal(new Box(70, 202, 185, 298), picture.Opinions[0].Objects[0].Mark.Bounds);
        Assert.Equal("False", picture.Opinions[0].Objects[0].Attributes["occluded"].ToString());
        Assert.Equal((334, 500), (picture.WidthPx, picture.HeightPx));
    }

    private static IEnumerable<string> Boxes(List<Sample> samples) =>
        samples.SelectMany(s => s.Opinions[0].Objects.Select(o => $"{s.Name} {o.Class} {o.Mark.Bounds!.X} {o.Mark.Bounds.Y} {o.Mark.Bounds.Width} {o.Mark.Bounds.Height}")).Order(StringComparer.Ordinal);

    [Fact]
    public async Task Detections_have_their_scores()
    {
        var samples = await Exchanges.ReadAsync(Coco, TestData.Find(Assert.Skip, "interop", "same_100_images", "detections_coco"));
        Assert.Equal((98, 452), (samples.Count, samples.Sum(s => s.Opinions[0].Objects.Count)));
        var first = samples.Single(s => s.Name == "2007_000027.jpg").Opinions[0].Objects[0];
        Assert.Equal(("person", new Box(162, 96, 189, 245), 0.4314181593105666), (first.Class, first.Mark.Bounds, first.Score));
    }

    [Fact]
    public async Task Parts_keypoints_masks_and_crowds_of_another_program_are_read()
    {
        var source = TestData.Find(Assert.Skip, "interop", "datumaro", "coco_dataset", "coco");
        var samples = await Exchanges.ReadAsync(Coco, source);
        Assert.Equal(["train a.jpg", "val b.jpg"], samples.Select(s => $"{s.Split} {s.Name}").Order(StringComparer.Ordinal));
        Assert.Equal(["b Box", "a Mask"], samples.Single(s => s.Split == "train").Opinions[0].Objects.Select(o => $"{o.Class} {o.Mark.Kind}"));     // the mask is of stuff_train.json
        var train = samples.Single(s => s.Split == "train").Opinions[0].Objects[0];
        Assert.Equal("""{"labels":["b"],"caption":["hello"]} {"labels":["a","b"],"caption":["world","text"]}""", string.Join(' ', samples.Select(s => JsonSerializer.Serialize(s.Opinions[0].Answers.OrderByDescending(a => a.Key).ToDictionary()))));
        Assert.Equal(("b", new Outline(new Box(2, 2, 3, 1))), (train.Class, train.Mark));
        Assert.Equal(new Outline(new Keypoints([default, new(0, 2, Visibility.Hidden), new(4, 1, Visibility.Visible)])), train.OtherMarks.Single());
        var val = samples.Single(s => s.Split == "val").Opinions[0].Objects;
        Assert.Equal(2, val.Count);     // what stuff_val.json has is in instances_val.json too
        Assert.Equal(new Outline(new Polygon([new(0, 0), new(1, 0), new(1, 2), new(0, 2)])), val[0].Mark);
        Assert.Equal(("1", "hello"), (val[0].Attributes["x"].ToString(), val[0].Attributes["y"].ToString()));
        var mask = Assert.IsType<PixelMask>(val[1].Mark);
        Assert.Equal((20, 10, 5), (mask.Mask.Area, mask.Mask.Height, mask.Mask.Width));
        Assert.Equal(JsonValueKind.True, val[1].Attributes[CommonAttributes.Crowd].ValueKind);
        var facts = await Coco.FactsAsync(DatasetSource.Open(source), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal([("a", 1L), ("b", 2L), ("c", 4L)], facts.Classes.Select(c => (c.Name, c.Number!.Value)));
    }

    [Theory]
    [InlineData("captions_val.json", "caption", "[\"world\",\"text\"]")]
    [InlineData("labels_val.json", "labels", "[\"a\",\"b\"]")]
    public async Task Captions_and_labels_of_whole_pictures_are_answers(string file, string question, string answer)
    {
        var samples = await Exchanges.ReadAsync(Coco, TestData.Find(Assert.Skip, "interop", "datumaro", "coco_dataset", "coco", "annotations", file));
        Assert.Equal(answer, JsonSerializer.Serialize(samples.Single().Opinions[0].Answers[question]));
    }

    [Theory]
    [InlineData("stuff_train.json", 1)]
    [InlineData("image_info_train.json", 0)]
    [InlineData("person_keypoints_val.json", 2)]
    public async Task Other_files_of_COCO_are_read(string file, int objects) =>
        Assert.Equal(objects, (await Exchanges.ReadAsync(Coco, TestData.Find(Assert.Skip, "interop", "datumaro", "coco_dataset", "coco", "annotations", file))).Single().Opinions[0].Objects.Count);

    [Fact]
    public async Task Videos_are_scenes_and_instances_are_tracks()
    {
        var samples = await Exchanges.ReadAsync(Coco, TestData.Find(Assert.Skip, "interop", "cocovid"));
        Assert.Equal(8, samples.Count);
        Assert.All(samples, s => Assert.Equal("dummy_video", s.Scene));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], samples.Select(s => s.Facts["frame_id"].GetInt32()));
        Assert.Equal(["1 3", "1 4", "1 5", "2 1", "3 1", "4 1", "5 1", "5 2", "6 2", "7 2"], samples.SelectMany(s => s.Opinions[0].Objects.Select(o => $"{s.Facts["id"]} {o.Track}")).Order(StringComparer.Ordinal));
        Assert.Equal(44.96680450439453, samples[1].Opinions[0].Objects[0].Mark.Bounds!.X);
    }

    [Theory]
    [InlineData("interop/same_100_images/coco_format_v1")]
    [InlineData("interop/same_100_images/coco_format_v2")]
    [InlineData("interop/same_100_images/detections_coco")]
    [InlineData("interop/datumaro/coco_dataset/coco/annotations/instances_val.json")]
    [InlineData("interop/datumaro/coco_dataset/coco/annotations/person_keypoints_val.json")]
    [InlineData("interop/datumaro/coco_dataset/coco/annotations/stuff_train.json")]
    [InlineData("interop/cocovid")]
    public Task What_is_written_is_read_again_as_it_was(string path) => Exchanges.AssertRoundTripAsync(Coco, TestData.Find(Assert.Skip, path.Split('/')));

    [Fact]
    public async Task Facts_scenes_and_classes_survive()
    {
        using var folder = new TemporaryFolder();
        var path = TestData.Find(Assert.Skip, "interop", "cocovid");
        var before = await Exchanges.ReadAsync(Coco, path);
        await Coco.WriteAsync(new DatasetFacts { Classes = [new("car") { Number = 7, Parent = "vehicle", Keypoints = ["a", "b"], Skeleton = [(0, 1)] }, new("person") { Number = 3 }] }, before.ToAsyncEnumerable(), DatasetTarget.File(folder["x.json"]), FormatOptions.Default, TestContext.Current.CancellationToken);
        var after = await Exchanges.ReadAsync(Coco, folder["x.json"]);
        Assert.Equal(before.Select(s => (s.Scene, s.Facts["frame_id"].GetRawText(), s.Facts["id"].GetRawText())), after.Select(s => (s.Scene, s.Facts["frame_id"].GetRawText(), s.Facts["id"].GetRawText())));
        var facts = await Coco.FactsAsync(DatasetSource.Open(folder["x.json"]), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(("car", 7L, "vehicle", "a b", (0, 1)), (facts.Classes[0].Name, facts.Classes[0].Number!.Value, facts.Classes[0].Parent, string.Join(' ', facts.Classes[0].Keypoints), facts.Classes[0].Skeleton[0]));
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(folder["x.json"], TestContext.Current.CancellationToken));
        Assert.Equal("[[1,2]]", json.RootElement.GetProperty("categories")[0].GetProperty("skeleton").GetRawText());
    }

    [Fact]
    public void Every_mark_survives_to_a_millionth() => Generated.ForSeeds(async seed =>
    {
        using var folder = new TemporaryFolder();
        var generated = new Generated(seed);
        var before = generated.Samples([.. Coco.Traits.Marks], Coco.Traits.Parts, attributes: r => new() { ["occluded"] = JsonSerializer.SerializeToElement(r.Next(2) == 0), ["colour"] = JsonSerializer.SerializeToElement("dark \"red\"") });
        var (after, losses) = await Exchanges.ThroughAsync(Coco, before, folder, generated.Facts);
        Assert.True(losses.IsEmpty);
        Exchanges.AssertSame(before, after, 1e-6);
    });

    [Fact]
    public void Keypoints_beside_a_box_are_one_annotation() => Generated.ForSeeds(async seed =>
    {
        using var folder = new TemporaryFolder();
        var generated = new Generated(seed);
        var before = generated.Samples([MarkKind.Box, MarkKind.Polygon, MarkKind.RotatedBox, MarkKind.Mask], Coco.Traits.Parts, also: [MarkKind.Keypoints]);
        Exchanges.AssertSame(before, (await Exchanges.ThroughAsync(Coco, before, folder, generated.Facts)).Samples, 1e-6);
    });

    [Fact]
    public async Task A_box_that_CVAT_turned_is_a_rotated_box()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.json"], """{"images":[{"id":1,"file_name":"a.jpg","width":50,"height":50}],"categories":[{"id":1,"name":"car"}],"annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[10,20,8,4],"segmentation":[],"attributes":{"rotation":270.0,"occluded":true}},{"id":2,"image_id":1,"category_id":1,"bbox":[10,20,8,4],"attributes":{"rotation":0.0}}]}""", TestContext.Current.CancellationToken);
        var objects = (await Exchanges.ReadAsync(Coco, folder["a.json"])).Single().Opinions[0].Objects;
        var box = Assert.IsType<RotatedBox>(((Outline)objects[0].Mark).Geometry);
        Assert.Equal((14, 22, 8, 4), (box.CentreX, box.CentreY, box.Width, box.Height));
        Assert.Equal(-Math.PI / 2, box.Angle, 1e-12);
        Assert.Equal(["occluded"], objects[0].Attributes.Keys);
        Assert.Equal(new Outline(new Box(10, 20, 8, 4)), objects[1].Mark);
    }

    [Fact]
    public async Task The_mask_of_the_specification_has_its_pixels_in_both_forms()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.json"], """{"annotations":[{"id":1,"image_id":1,"category_id":1,"segmentation":{"size":[4,5],"counts":[5,2,2,2,2,1,6]},"bbox":[1,1,3,2]},{"id":2,"image_id":1,"category_id":1,"segmentation":{"size":[4,5],"counts":"52200O4"}}],"images":[{"id":1,"file_name":"a.jpg","width":5,"height":4}],"categories":[{"id":1,"name":"car"}]}""", TestContext.Current.CancellationToken);
        var objects = (await Exchanges.ReadAsync(Coco, folder["a.json"])).Single().Opinions[0].Objects;
        Assert.Equal(objects[0].Mark, objects[1].Mark);
        Assert.Equal(new Box(1, 1, 3, 2), objects[0].Mark.Bounds);
    }

    [Fact]
    public async Task Bad_records_are_told_with_their_pointers_and_the_others_are_read()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.json"], """{"images":[{"id":1,"file_name":"a.jpg","width":5,"height":4},{"id":1,"file_name":"b.jpg"}],"categories":[{"id":1,"name":"car"}],"annotations":[{"id":1,"image_id":1,"category_id":9,"bbox":[1,1,1,1]},{"id":2,"image_id":1,"category_id":1,"bbox":[1,1,-1,1]},{"id":3,"image_id":7,"category_id":1,"bbox":[1,1,1,1]},{"id":4,"image_id":1,"category_id":1,"segmentation":{"size":[4,5],"counts":[5]}},{"id":5,"image_id":1,"category_id":1,"bbox":[1,2,3,4]}]}""", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        var samples = await Exchanges.ReadAsync(Coco, folder["a.json"], faults: faults);
        Assert.Equal(new Box(1, 2, 3, 4), samples.Single().Opinions[0].Objects.Single().Mark.Bounds);
        Assert.Equal(["/images/1/id", "/annotations/0/category_id", "/annotations/1/bbox", "/annotations/3/segmentation/counts", "/annotations/2/image_id"], faults.Kept.Select(f => f.Place));
        Assert.All(faults.Kept, f => Assert.Equal("a.json", f.File));
    }

    [Theory]
    [InlineData("interop/datumaro/coco_dataset/coco", 1200)]
    [InlineData("interop/cocovid", 800)]
    public Task Damaged_files_give_faults_alone(string path, int cases) => Mutations.OfFolderAsync(Coco, TestData.Find(Assert.Skip, path.Split('/')), cases, seed: 11);

    [Fact]
    public void It_is_recognised_and_takes_nothing_else()
    {
        Assert.True(Coco.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "interop", "same_100_images", "coco_format_v2"))).Single().Certainty >= 0.9);
        foreach (var other in (ReadOnlySpan<string>)["interop/same_100_images/voc", "interop/same_100_images/yolo", "interop/same_100_images/labelme", "interop/same_100_images/cvat_format", "interop/same_100_images/openimages_format", "interop/openlabel", "interop/label_studio", "driving/kitti_object", "driving/mot15_gt_only", "driving/ddad_dgp", "driving/sustech", "driving/nuscenes_sample"])
            Assert.DoesNotContain(Coco.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, other.Split('/')))), r => r.Certainty >= 0.9);
    }
}
