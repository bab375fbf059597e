using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Formats.Coco;

namespace Touchstone.Formats.Tests.Coco;

public class CocoRoundTripTests
{
    private static readonly Ontology Street = new(
    [
        new ShapesQuestion("objects", null,
        [
            new ShapeClass("car", null, "#112233", [GeometryKind.Box, GeometryKind.RotatedBox, GeometryKind.Polygon]) { Supercategory = "vehicle" },
            new ShapeClass("lane", null, "#112233", [GeometryKind.Polyline]),
            new ShapeClass("person", null, "#112233", [GeometryKind.Keypoints]) { Keypoints = new KeypointLayout(["head", "hip", "foot"], [new KeypointLimb(0, 1), new KeypointLimb(1, 2)]) },
        ]),
        new ShapesQuestion("signs", null, [new ShapeClass("lane", null, "#112233", [GeometryKind.Box])]),
        new ChoiceQuestion("weather", null, [new ChoiceOption("sun"), new ChoiceOption("rain")]),
    ]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_bytes_are_those_of_the_format_in_a_fixed_order()
    {
        var (text, losses) = await Write(Sample());
        Assert.Equal("""
            {
            "info":{"description":"Straße","version":"1","contributor":"","date_created":""},
            "licenses":[],
            "categories":[
            {"id":1,"name":"car","supercategory":"vehicle"},
            {"id":2,"name":"objects/lane","supercategory":""},
            {"id":3,"name":"person","supercategory":"","keypoints":["head","hip","foot"],"skeleton":[[1,2],[2,3]]},
            {"id":4,"name":"signs/lane","supercategory":""}
            ],
            "images":[
            {"id":1,"width":640,"height":480,"file_name":"images/a.png","sha256":"ab"},
            {"id":2,"width":10,"height":20,"file_name":"empty.png"}
            ],
            "annotations":[
            {"id":1,"image_id":1,"category_id":1,"bbox":[1.235,2,10.5,20],"area":210,"segmentation":[],"iscrowd":0,"score":0.9876,"attributes":{"occluded":true,"state":"red"}},
            {"id":2,"image_id":1,"category_id":1,"bbox":[95,90,10,20],"area":200,"segmentation":[[105,90,105,110,95,110,95,90]],"iscrowd":0,"attributes":{"rotation":90}},
            {"id":3,"image_id":1,"category_id":1,"bbox":[0,0,4,3],"area":6,"segmentation":[[0,0,4,0,0,3]],"iscrowd":0},
            {"id":4,"image_id":1,"category_id":2,"bbox":[1,2,5,6],"area":0,"segmentation":[],"iscrowd":0,"attributes":{"polyline":[[1,2],[6,8]]}},
            {"id":5,"image_id":1,"category_id":3,"bbox":[5,6,2,2],"area":4,"segmentation":[],"keypoints":[5,6,2,0,0,0,7,8,1],"num_keypoints":2,"iscrowd":0}
            ]
            }

            """.ReplaceLineEndings("\n"), text);
        Assert.Equal([("geometry:polyline", 1L), ("image_answer:weather", 1L)], losses.Losses.Select(l => (l.Kind, l.Count)));
    }

    [Fact]
    public async Task Nothing_at_all_is_a_file_too()
    {
        var (text, losses) = await Write([]);
        using var parsed = JsonDocument.Parse(text);
        Assert.Equal(0, parsed.RootElement.GetProperty("images").GetArrayLength() + parsed.RootElement.GetProperty("annotations").GetArrayLength());
        Assert.True(losses.IsEmpty);
        Assert.Empty((await Read(text)).Images);
    }

    [Fact]
    public async Task What_is_written_is_read_again()
    {
        var sample = Sample();
        var read = await Read((await Write(sample)).Text);
        Assert.Empty(read.Faults);
        Assert.Equal(sample.Select(i => (i.FileName, i.WidthPx, i.HeightPx)), read.Images.Select(i => (i.FileName, i.WidthPx, i.HeightPx)));
        var annotations = read.Images[0].Annotations;
        Assert.Equal(["car", "car", "car", "objects/lane", "person"], annotations.Select(a => a.Category.Name));
        Assert.Equal(sample[0].Shapes.Skip(1).Select(s => s.Shape.Geometry), annotations.Skip(1).Select(a => a.Geometry));
        Assert.Equal(new Box(1.235, 2, 10.5, 20), annotations[0].Geometry);
        Assert.Equal(["occluded", "state"], annotations[0].Attributes.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(annotations[1].Attributes);
        Assert.Equal(0.9876, annotations[0].Score);
        Assert.Equal([(1, 2), (2, 3)], read.Categories[2].Skeleton);
    }

    [Fact]
    public void Any_boxes_come_back_within_half_a_thousandth_of_a_pixel() =>
        Prop.ForAll(Gen.Choose(-100_000, 4_000_000).Select(i => i / 997.0).Four().ArrayOf(20).ToArbitrary(), boxes =>
        {
            var shapes = boxes.Select((b, i) => new LabelledShape("objects", new Shape($"s{i}", "car", new Box(b.Item1, b.Item2, Math.Abs(b.Item3), Math.Abs(b.Item4)), Shape.NoAttributes))).ToArray();
            var text = Write([new LabelledImage("a", 5000, 5000, shapes)]).GetAwaiter().GetResult().Text;
            var read = Read(text).GetAwaiter().GetResult();
            foreach (var (box, found) in shapes.Select(s => s.Shape.Geometry.Bounds).Zip(read.Images[0].Annotations.Select(a => a.Bounds)))
            {
                Assert.Equal(box.X, found.X, 0.000501);
                Assert.Equal(box.Right, found.Right, 0.00051);
                Assert.Equal(box.Bottom, found.Bottom, 0.00051);
            }

            Assert.DoesNotMatch(@"\.\d{4}", text);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task An_attribute_in_the_place_of_the_geometry_is_kept_and_the_loss_told()
    {
        var shape = new Shape("s", "car", new RotatedBox(10, 10, 4, 2, 0.5), new Dictionary<string, JsonElement> { ["rotation"] = JsonElement.Parse("\"left\"") });
        var (text, losses) = await Write([new LabelledImage("a", 20, 20, [new LabelledShape("objects", shape)])]);
        Assert.Contains("\"rotation\":\"left\"", text, StringComparison.Ordinal);
        Assert.Equal("geometry:rotation", Assert.Single(losses.Losses).Kind);
        Assert.IsType<Polygon>((await Read(text)).Images[0].Annotations[0].Geometry);
    }

    [Fact]
    public async Task A_class_that_the_ontology_does_not_have_is_a_mistake_of_the_program() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Write([new LabelledImage("a", 5, 5, [new LabelledShape("objects", new Shape("s", "tank", new Box(0, 0, 1, 1), Shape.NoAttributes))])]));

    private static LabelledImage[] Sample()
    {
        var attributes = new Dictionary<string, JsonElement> { ["state"] = JsonElement.Parse("\"red\""), ["occluded"] = JsonElement.Parse("true") };
        LabelledShape Labelled(string id, string shapeClass, ShapeGeometry geometry) => new("objects", new Shape(id, shapeClass, geometry, Shape.NoAttributes));
        return
        [
            new LabelledImage("images/a.png", 640, 480,
            [
                new LabelledShape("objects", new Shape("1", "car", new Box(1.2345678, 2, 10.5, 20), attributes), 0.98764),
                Labelled("2", "car", new RotatedBox(100, 100, 20, 10, Math.PI / 2)),
                Labelled("3", "car", new Polygon([new Point(0, 0), new Point(4, 0), new Point(0, 3)])),
                Labelled("4", "lane", new Polyline([new Point(1, 2), new Point(6, 8)])),
                Labelled("5", "person", new Keypoints([new Keypoint(5, 6, Visibility.Visible), new Keypoint(0, 0, Visibility.NotLabelled), new Keypoint(7, 8, Visibility.Hidden)])),
            ]) { Sha256 = "ab", OtherAnswers = new Dictionary<string, JsonElement> { ["weather"] = JsonElement.Parse("\"sun\"") } },
            new LabelledImage("empty.png", 10, 20, []),
        ];
    }

    private static async Task<(string Text, LossReport Losses)> Write(IEnumerable<LabelledImage> images)
    {
        var stream = new MemoryStream();
        var losses = await CocoWriter.WriteAsync(stream, new CocoInfo("Straße", "1"), new CocoCategories(Street), images, Cancel);
        return (Encoding.UTF8.GetString(stream.ToArray()), losses);
    }

    private static Task<CocoDataset> Read(string text) => CocoReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), cancellationToken: Cancel);
}
