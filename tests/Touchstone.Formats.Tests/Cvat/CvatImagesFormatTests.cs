using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;
using Touchstone.Formats.Cvat;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Cvat;

public sealed class CvatImagesFormatTests
{
    private static readonly CvatImagesFormat Cvat = new();

    private static string Hundred => TestData.Find(Assert.Skip, "interop", "same_100_images", "cvat_format");

    private static string Project => TestData.Find(Assert.Skip, "interop", "datumaro", "cvat_dataset", "for_images", "export_project");

    private static string OneTask => TestData.Find(Assert.Skip, "interop", "datumaro", "cvat_dataset", "for_images", "export_task");

    [Fact]
    public async Task A_hundred_pictures_have_the_boxes_that_COCO_has_of_them()
    {
        var samples = await Exchanges.ReadAsync(Cvat, Hundred);
        Assert.Equal(100, samples.Count);
        Assert.Equal(273, samples.Sum(s => s.Opinions[0].Objects.Count));
        var first = samples.Single(s => s.Name == "2007_000027.jpg");
        Assert.Equal((486, 500), (first.WidthPx, first.HeightPx));
        Assert.Equal(new LabelledObject("person", new Outline(new Box(174, 101, 175, 250))), first.Opinions[0].Objects.Single() with { Attributes = Sample.Empty });
        Assert.Equal("manual", first.Opinions[0].Objects[0].Attributes[CommonAttributes.Source].GetString());

        var coco = Directory.GetFiles(TestData.Find(Assert.Skip, "interop", "same_100_images", "coco_format_v1"), "*.json", SearchOption.AllDirectories).Single();
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(coco, TestContext.Current.CancellationToken));
        var names = document.RootElement.GetProperty("images").EnumerateArray().ToDictionary(i => i.GetProperty("id").GetInt64(), i => Path.GetFileName(i.GetProperty("file_name").GetString()!));
        var classes = document.RootElement.GetProperty("categories").EnumerateArray().ToDictionary(i => i.GetProperty("id").GetInt64(), i => i.GetProperty("name").GetString()!);
        var expected = document.RootElement.GetProperty("annotations").EnumerateArray().Select(a => Line(names[a.GetProperty("image_id").GetInt64()], classes[a.GetProperty("category_id").GetInt64()], [.. a.GetProperty("bbox").EnumerateArray().Select(n => n.GetDouble())]));
        var actual = samples.SelectMany(s => s.Opinions[0].Objects.Select(o => Line(s.Name, o.Class, [o.Mark.Bounds!.X, o.Mark.Bounds.Y, o.Mark.Bounds.Width, o.Mark.Bounds.Height])));
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));

        static string Line(string name, string of, double[] box) => FormattableString.Invariant($"{name} {of} {box[0]:F1} {box[1]:F1} {box[2]:F1} {box[3]:F1}");
    }

    [Fact]
    public async Task Classes_come_with_their_colours_and_attributes()
    {
        var facts = await Cvat.FactsAsync(DatasetSource.Open(Hundred), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal("VOC2012_100_samples_gt", facts.Title);
        Assert.Equal(20, facts.Classes.Count);
        Assert.Equal(("person", "#c06060"), (facts.Classes[0].Name, facts.Classes[0].Colour));
        var project = await Cvat.FactsAsync(DatasetSource.Open(Project), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal([("a1", AttributeInput.Checkbox), ("a2", AttributeInput.Radio), ("a3", AttributeInput.Text), ("a4", AttributeInput.Number)], project.Classes[0].Attributes.Select(a => (a.Name, a.Input)));
        Assert.Equal("v1", project.Classes[0].Attributes[1].Default);
    }

    [Fact]
    public async Task A_project_has_its_parts_shapes_and_attributes()
    {
        var samples = await Exchanges.ReadAsync(Cvat, Project);
        Assert.Equal(["Test|img0.jpg", "Test|img1.jpg", "Train|img0.jpg", "Train|img1.jpg", "Validation|img0.jpg", "Validation|img1.jpg"], samples.Select(s => $"{s.Split}|{s.Name}"));
        var objects = samples[0].Opinions[0].Objects;
        Assert.Equal(new Outline(new Box(0, 2, 4, 2)), objects[0].Mark);
        Assert.Equal("""{"occluded":true,"z_order":1,"a1":true,"a2":"v3","a3":"0003","a4":2.4}""", JsonSerializer.Serialize(objects[0].Attributes));
        Assert.Equal(new Outline(new Polyline([new(1, 2), new(3, 4), new(5, 6), new(7, 8)])), objects[1].Mark);
        Assert.Equal(new Outline(new Polygon([new(1, 2), new(3, 4), new(6, 5)])), samples[1].Opinions[0].Objects[0].Mark);
        Assert.Equal(new Outline(new Keypoints([new(1, 2, Visibility.Visible), new(3, 4, Visibility.Visible), new(5, 6, Visibility.Visible)])), samples[1].Opinions[0].Objects[1].Mark);
    }

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was()
    {
        await Exchanges.AssertRoundTripAsync(Cvat, Hundred);
        await Exchanges.AssertRoundTripAsync(Cvat, Project);
        await Exchanges.AssertRoundTripAsync(Cvat, OneTask);
    }

    [Fact]
    public async Task Classes_are_written_as_they_were()
    {
        using var folder = new TemporaryFolder();
        foreach (var path in (string[])[Hundred, Project])
        {
            var facts = await Cvat.FactsAsync(DatasetSource.Open(path), FormatOptions.Default, TestContext.Current.CancellationToken);
            var to = folder[Guid.NewGuid().ToString("N")];
            await Cvat.WriteAsync(facts, AsyncEnumerable.Empty<Sample>(), DatasetTarget.Folder(to), FormatOptions.Default, TestContext.Current.CancellationToken);
            Assert.Equal(JsonSerializer.Serialize(facts), JsonSerializer.Serialize(await Cvat.FactsAsync(DatasetSource.Open(to), FormatOptions.Default, TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public async Task The_mask_of_the_vector_is_the_same_in_COCOs_runs()
    {
        var samples = await ReadTextAsync("""<image id="0" name="a.png" width="5" height="4"><mask label="road" source="auto" occluded="0" rle="0, 5, 1" left="1" top="1" width="3" height="2" z_order="0"/></image>""");
        var mask = Assert.IsType<PixelMask>(samples.Single().Opinions[0].Objects.Single().Mark).Mask;
        Assert.Equal([5u, 2, 2, 2, 2, 1, 6], mask.Counts.ToArray());
        Assert.Equal("52200O4", mask.ToString());
        using var folder = new TemporaryFolder();
        await Cvat.WriteAsync(new DatasetFacts(), samples.ToAsyncEnumerable(), DatasetTarget.Folder(folder.Path), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Contains("""rle="0, 5, 1" left="1" top="1" width="3" height="2" """, await File.ReadAllTextAsync(folder["annotations.xml"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        _ = RunLengthMask.Parse(4, 5, "52200O4");
    }

    [Fact]
    public async Task A_turned_box_turns_clockwise_about_its_centre()
    {
        var samples = await ReadTextAsync("""<image id="0" name="a.png" width="50" height="40"><box label="car" occluded="0" xtl="10" ytl="20" xbr="30" ybr="24" rotation="90.00" z_order="0"/><ellipse label="hole" occluded="0" cx="5" cy="6" rx="3" ry="2" rotation="350"/></image>""");
        var box = Assert.IsType<RotatedBox>(((Outline)samples[0].Opinions[0].Objects[0].Mark).Geometry);
        Assert.Equal((20d, 22d, 20d, 4d), (box.CentreX, box.CentreY, box.Width, box.Height));
        Assert.Equal(Math.PI / 2, box.Angle, 1e-12);
        Assert.Equal((22d, 12d), (Math.Round(box.Corners()[0].X, 9), Math.Round(box.Corners()[0].Y, 9)));   // what was top left is top right now
        Assert.Equal(new Ellipse(5, 6, 3, 2, -10 * Math.PI / 180), samples[0].Opinions[0].Objects[1].Mark);
    }

    [Fact]
    public async Task Tags_and_skeletons_keep_what_is_said_of_them()
    {
        const string Head = """
            <meta><task><labels><label><name>person</name><type>skeleton</type><attributes></attributes>
            <svg>&lt;line x1="1" y1="1" x2="2" y2="2" data-type="edge" data-node-from="1" data-node-to="2"&gt;&lt;/line&gt;&lt;circle data-node-id="1" data-label-name="left"&gt;&lt;/circle&gt;&lt;circle data-node-id="2" data-label-name="nose"&gt;&lt;/circle&gt;</svg></label>
            <label><name>nose</name><type>points</type><attributes><attribute><name>wet</name><input_type>checkbox</input_type></attribute></attributes><parent>person</parent></label>
            <label><name>left</name><type>points</type><attributes></attributes><parent>person</parent></label>
            <label><name>night</name></label></labels></task></meta>
            """;
        const string Body = """
            <image id="4" name="a.png" width="50" height="40">
            <skeleton label="person" z_order="2"><points label="left" outside="1" occluded="0" points="9,9"/><points label="nose" outside="0" occluded="1" points="5.5,6.5"><attribute name="wet">true</attribute></points></skeleton>
            <tag label="night" source="manual"><attribute name="lamps">3 or 4</attribute></tag><tag label="rain"/></image>
            """;
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.xml"], $"<annotations><version>1.1</version>{Head}{Body}</annotations>", TestContext.Current.CancellationToken);
        var facts = await Cvat.FactsAsync(DatasetSource.Open(folder.Path), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(["nose", "left"], facts.Classes[0].Keypoints);
        Assert.Equal([(1, 0)], facts.Classes[0].Skeleton);
        var sample = (await Exchanges.ReadAsync(Cvat, folder.Path)).Single();
        Assert.Equal(new Outline(new Keypoints([new(5.5, 6.5, Visibility.Hidden), new(0, 0, Visibility.NotLabelled)])), sample.Opinions[0].Objects.Single().Mark);
        Assert.Equal("""{"z_order":2,"nose.wet":true}""", JsonSerializer.Serialize(sample.Opinions[0].Objects[0].Attributes));
        Assert.Equal("""{"tags.night.lamps":"3 or 4","tags":["night","rain"]}""", JsonSerializer.Serialize(sample.Opinions[0].Answers));
        await Exchanges.AssertRoundTripAsync(Cvat, folder.Path);
        var again = folder["again"];
        await Cvat.WriteAsync(facts, AsyncEnumerable.Empty<Sample>(), DatasetTarget.Folder(again), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(JsonSerializer.Serialize(facts), JsonSerializer.Serialize(await Cvat.FactsAsync(DatasetSource.Open(again), FormatOptions.Default, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Samples_of_every_kind_survive()
    {
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new RandomSamples(seed, Cvat.Traits.Marks);
            List<Sample> samples = [.. Enumerable.Range(0, 4).Select(i => random.Image(i, i == 0 ? null : "train"))];
            var facts = new DatasetFacts { Classes = [new ObjectClass("person") { Keypoints = ["nose", "left", "right"], Skeleton = [(0, 1)] }] };
            var (after, losses) = await Exchanges.ThroughAsync(Cvat, samples, folder, facts);
            Assert.True(losses.IsEmpty, $"seed {seed}: {string.Join('\n', losses.Losses)}");
            Exchanges.AssertSame(samples, after, 1e-6);
        }
    }

    [Fact]
    public async Task A_bad_record_is_told_with_its_line_and_the_others_are_read()
    {
        var faults = new FaultLog();
        var samples = await ReadTextAsync("<meta/>\n<image id=\"0\" name=\"a.png\" width=\"5\" height=\"4\">\n<box label=\"car\" xtl=\"1\" ytl=\"x\" xbr=\"3\" ybr=\"4\"/>\n<mask label=\"car\" rle=\"1, 6\" left=\"1\" top=\"1\" width=\"3\" height=\"2\"/>\n<box label=\"car\" xtl=\"1\" ytl=\"1\" xbr=\"3\" ybr=\"4\"/>\n<polygon label=\"car\" points=\"1,2;3\"/>\n<cuboid label=\"car\"/></image>\n<image width=\"3\"/><image name=\"b.png\"/><image name=\"c.png\"", faults);
        Assert.Equal(["a.png", "b.png"], samples.Select(s => s.Name));
        Assert.Equal(new Outline(new Box(1, 1, 2, 3)), samples[0].Opinions[0].Objects.Single().Mark);
        Assert.Equal(
            [
                "a.xml: line 3: <box> has ytl \"x\"; a number within 1000000000 was expected.",
                "a.xml: line 4: rle has \" 6\" as run 2; whole numbers that cover 6 pixels were expected.",
                "a.xml: line 6: point 2 is \"3\"; \"x,y\" was expected.",
                "a.xml: line 7: a cuboid drawn in a picture is not read: nothing here stands for it.",
                "a.xml: line 8: <image> has no name.",
            ],
            faults.Kept.Take(5).Select(f => f.ToString()));
        Assert.StartsWith("a.xml: line 8: this is no XML that can be read:", faults.Kept[5].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        await Mutations.OfFileAsync(Cvat, await File.ReadAllBytesAsync(Path.Combine(Project, "annotations.xml"), TestContext.Current.CancellationToken), "a.xml", seed: 1, cases: 1_200);
        await Mutations.OfFileAsync(Cvat, await File.ReadAllBytesAsync(Path.Combine(Hundred, "annotations.xml"), TestContext.Current.CancellationToken), "a.xml", seed: 2, cases: 300);
        var masks = """<annotations><meta/><image id="0" name="a.png" width="5" height="4"><mask label="road" rle="0, 5, 1" left="1" top="1" width="3" height="2"/><box label="a" rotation="4.5" xtl="1" ytl="1" xbr="2" ybr="2"/><ellipse label="a" cx="1" cy="1" rx="1" ry="1"/><skeleton label="p"><points label="n" points="1,2"/></skeleton><tag label="x"><attribute name="y">[1]</attribute></tag></image></annotations>"""u8.ToArray();
        await Mutations.OfFileAsync(Cvat, masks, "a.xml", seed: 3, cases: 1_000);
    }

    [Fact]
    public void It_is_recognised_and_claims_no_other_format()
    {
        var interop = DatasetSource.Open(TestData.Find(Assert.Skip, "interop"));
        Assert.Equal(
            ["datumaro/cvat_dataset/for_images/export_project/annotations.xml", "datumaro/cvat_dataset/for_images/export_task/train.xml", "same_100_images/cvat_format/annotations.xml"],
            Cvat.Recognise(interop).Select(r => r.Place));
        Assert.Equal("cvat", FormatRegistry.Recognise(DatasetSource.Open(Hundred))[0].Format);
        Assert.Empty(Cvat.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "driving", "voc_street"))));
    }

    private static async Task<List<Sample>> ReadTextAsync(string body, FaultLog? faults = null)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.xml"], $"<annotations>{(body.Contains("<meta", StringComparison.Ordinal) ? "" : "<meta/>")}{body}{(faults is null ? "</annotations>" : "")}", TestContext.Current.CancellationToken);
        return await Exchanges.ReadAsync(Cvat, folder.Path, faults: faults);
    }
}
