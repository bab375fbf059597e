using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.OpenLabel;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Formats.Tests.Json;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.OpenLabel;

public sealed class OpenLabelFormatTests
{
    private const string Absolute = "openlabel-3-MmXdwhyIQhtb4-8NqHQ_instances_MODE_POLY2D_ABSOLUTE.json", Chained = "openlabel-3-MmXdwhyIQhtb4-8NqHQ_instances_MODE_POLY2D_SRF6DCC.json";

    private static readonly OpenLabelFormat Format = new();

    private static readonly MarkKind[] Kinds = [MarkKind.Box, MarkKind.RotatedBox, MarkKind.Polygon, MarkKind.Polygons, MarkKind.Polyline, MarkKind.Keypoints, MarkKind.Cuboid];

    private static string Folder => TestData.Find(Assert.Skip, "interop", "openlabel");

    public static TheoryData<string, int, int> Files => new()
    {
        { Absolute, 0, 254 }, { Chained, 0, 254 }, { "openlabel100_kitti_tracking_0012.json", 78, 931 }, { "openlabel100_test_actions_a.json", 0, 0 }, { "openlabel100_test_bbox_simple.json", 0, 7 },
        { "openlabel100_test_bbox_simple_attributes.json", 0, 7 }, { "openlabel100_test_contours.json", 0, 5 }, { "openlabel100_test_create_mesh.json", 0, 0 }, { "openlabel100_test_create_streams_simple.json", 10, 0 },
        { "openlabel100_test_cuboids.json", 0, 2 }, { "openlabel100_test_intrinsics.json", 0, 0 }, { "openlabel100_test_metadata.json", 0, 0 }, { "openlabel100_test_multi_value_attributes.json", 0, 0 },
        { "openlabel100_test_ontology_list.json", 5, 3 }, { "openlabel100_test_openlabel_bounding_box_points.json", 0, 2 }, { "openlabel100_test_openlabel_tags_complex.json", 0, 0 },
        { "openlabel100_test_openlabel_tags_complex_2.json", 0, 0 }, { "openlabel100_test_polygon2D.json", 0, 2 }, { "openlabel100_test_poses.json", 0, 0 }, { "openlabel100_test_relations_1.json", 11, 0 },
        { "openlabel100_test_relations_3.json", 21, 0 }, { "openlabel100_test_scene_KITTI_Tracking_3.json", 144, 1782 }, { "openlabel100_test_semantics.json", 12, 0 }, { "openlabel100_test_transforms.json", 12, 0 },
        { "openlabel100_test_uid_types.json", 0, 0 }, { "openlabel100_test_utf.json", 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Each_file_of_the_program_has_its_geometries_and_is_the_same_after_writing(string file, int frames, int marks)
    {
        var path = Path.Combine(Folder, file);
        var before = await Exchanges.ReadAsync(Format, path);
        Assert.Equal((frames, marks), (before.Single().FrameCount, before[0].Opinions[0].Objects.Count));
        using var folder = new TemporaryFolder();
        var (after, losses) = await Exchanges.ThroughAsync(Format, before, folder);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        Exchanges.AssertSame(before, after, 1e-9);
        AssertSame(before[0].Facts, after[0].Facts);
        Assert.Equal(before[0].Opinions[0].Relations, after[0].Opinions[0].Relations);

        // What fits the schema fits it after writing. Some of the files do not themselves: their streams have a description.
        var schema = await SchemaAsync();
        if (schema.Faults(await DocumentAsync(path)).Count == 0) Assert.Equal([], schema.Faults(await DocumentAsync(Directory.GetFiles(folder.Path, "*.json", SearchOption.AllDirectories).Single())));
    }

    [Fact]
    public async Task Boxes_cuboids_and_attributes_are_where_the_file_says()
    {
        var kitti = (await Exchanges.ReadAsync(Format, Path.Combine(Folder, "openlabel100_kitti_tracking_0012.json"))).Single();
        Assert.Equal((InputKind.Scene, 1242, 375), (kitti.Kind, kitti.WidthPx, kitti.HeightPx));
        Assert.Equal(6, kitti.Opinions[0].Objects.Select(o => o.Track).Distinct().Count());
        var cyclist = kitti.Opinions[0].Objects.Where(o => o is { Track: "0", Frame: 0 }).ToList();
        Assert.True(Exchanges.Distance(new Outline(new Box(610.215 - 111.47 / 2, 219.11 - 105.38 / 2, 111.47, 105.38)), cyclist[0].Mark) < 1e-9);
        Assert.Equal(("Cyclist", "CAM_LEFT", "CAM_RIGHT", -0.1), (cyclist[0].Class, cyclist[0].Attributes["coordinate_system"].GetString(), cyclist[1].Attributes["coordinate_system"].GetString(), cyclist[0].Attributes["alpha"].GetDouble()));
        Assert.True(Exchanges.Distance(new Cuboid(-0.05, 0.76, 12.34, 1.83, 1.72, 0.61, Quaternion.AboutY(-0.11), "CAM_LEFT"), cyclist[2].Mark) < 1e-12);

        var cars = (await Exchanges.ReadAsync(Format, Path.Combine(Folder, "openlabel100_test_bbox_simple_attributes.json"))).Single().Opinions[0].Objects;
        Assert.Equal((new Outline(new Box(410, 280, 52, 47)), 0.99, "white", "car1"), ((Outline)cars[0].Mark, cars[0].Score, cars[0].Attributes["color"].GetString(), cars[0].Attributes["object_name"].GetString()));
        var tags = (await Exchanges.ReadAsync(Format, Path.Combine(Folder, "openlabel100_test_openlabel_tags_complex_2.json"))).Single().Opinions[0].Answers;
        Assert.Equal("""{"motorway":true,"number-of-lanes":["2","3"],"rainfall":1.2}""", JsonSerializer.Serialize(tags.Where(t => t.Key is "motorway" or "number-of-lanes" or "rainfall").ToDictionary()));
        Assert.Equal(new ObjectRelation("0", "1", "isNear"), (await Exchanges.ReadAsync(Format, Path.Combine(Folder, "openlabel100_test_relations_3.json"))).Single().Opinions[0].Relations.Single());
    }

    [Fact]
    public async Task A_chain_code_has_the_corners_of_the_same_picture_in_plain_numbers()
    {
        var plain = (await Exchanges.ReadAsync(Format, Path.Combine(Folder, Absolute))).Single();
        var chained = (await Exchanges.ReadAsync(Format, Path.Combine(Folder, Chained))).Single();
        Assert.Equal(("-3-MmXdwhyIQhtb4-8NqHQ.png", 2048, 1536), (plain.Name, plain.WidthPx, plain.HeightPx));
        foreach (var (first, second) in plain.Opinions[0].Objects.Zip(chained.Opinions[0].Objects)) Assert.Equal(Steps(first.Mark), Steps(second.Mark));
        var polygons = (await Exchanges.ReadAsync(Format, Path.Combine(Folder, "openlabel100_test_polygon2D.json"))).Single().Opinions[0].Objects;
        Assert.Equal(Steps(polygons[1].Mark), Steps(polygons[0].Mark));
    }

    [Fact]
    public async Task Whatever_is_marked_is_the_same_after_writing_and_fits_the_schema()
    {
        using var folder = new TemporaryFolder();
        var samples = Enumerable.Range(0, 60).Select(seed => new GeneratedSamples(seed).Image(Kinds) with { Kind = InputKind.Scene }).ToList();
        samples.Add(samples[0] with
        {
            Name = "clip.mp4",
            FrameCount = 8,
            Facts = new Dictionary<string, JsonElement> { ["weather"] = JsonElement.Parse("\"rain\""), ["objects"] = JsonElement.Parse("3"), ["frames"] = JsonElement.Parse("{\"one\":1}") },
            Opinions = [new Opinion
            {
                Objects = [new LabelledObject("bus", new Cuboid(1, 2, 3, 4, 5, 6, Quaternion.Identity, "lidar")) { Frame = 0 }, .. Enumerable.Range(0, 8).Where(f => f != 3).Select(f => new LabelledObject("car", new Outline(new Box(f, 2, 3, 4))) { Id = $"x{f}", Track = "left car", Frame = f, Score = 0.5 })],
                Answers = new Dictionary<string, JsonElement> { ["night"] = JsonElement.Parse("true"), ["lanes"] = JsonElement.Parse("[\"a\",\"b\"]"), ["n"] = JsonElement.Parse("2.5") },
                Relations = [new ObjectRelation("x1", "x2", "follows", "bi")],
            }],
        });
        var (after, losses) = await Exchanges.ThroughAsync(Format, samples, folder);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        Exchanges.AssertSame(samples, after, 1e-6);
        AssertSame(samples[^1].Facts, after.Single(s => s.Name == "clip.mp4").Facts.Where(f => f.Key != "coordinate_systems").ToDictionary());         // which a cuboid's frame has to stand in
        var schema = await SchemaAsync();
        foreach (var file in Directory.GetFiles(folder.Path, "*.json", SearchOption.AllDirectories)) Assert.Equal([], schema.Faults(await DocumentAsync(file)));
    }

    [Fact]
    public void It_is_recognised_and_does_not_claim_other_formats()
    {
        Assert.Equal("openlabel", FormatRegistry.Recognise(DatasetSource.Open(Folder))[0].Format);
        foreach (var other in (string[])["datumaro", "same_100_images", "cocovid", "label_studio"]) Assert.Empty(Format.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "interop", other))));
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_its_place_and_the_rest_is_read()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.json"], """
            {"openlabel":{"metadata":{"schema_version":"1.0.0"},"objects":{"0":{"name":"a","type":"car","object_data":{"bbox":[{"name":"s","val":[1,2,3]},{"name":"t","val":[1,2,"3",4]},{"name":"u","val":[1,2,2,4]}],
             "poly2d":[{"name":"p","mode":"MODE_X","val":[1,2],"closed":true},{"name":"q","mode":"MODE_POLY2D_SRF6DCC","val":["1","2","0","!"],"closed":true}]}}},"frames":{"x":{}}}}
            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["b.json"], """{"openlabel":{"metadata":{},"metadata":{}}}""", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        var samples = await Exchanges.ReadAsync(Format, folder.Path, faults: faults);
        Assert.Equal(new Outline(new Box(0, 0, 2, 4)), samples.Single().Opinions[0].Objects.Single().Mark);
        Assert.Equal(
            [
                "a.json: /openlabel/frames/x: a frame's name is its number.",
                "a.json: /openlabel/objects/0/object_data/bbox/0/val: a list of 4 numbers was expected; a list of 3 found.",
                "a.json: /openlabel/objects/0/object_data/bbox/1/val/2: a number was expected; the text \"3\" found.",
                "a.json: /openlabel/objects/0/object_data/poly2d/0/mode: MODE_POLY2D_ABSOLUTE, _RELATIVE, _SRF6DCC or _RS6FCC was expected; the text \"MODE_X\" found.",
                "a.json: /openlabel/objects/0/object_data/poly2d/1/val: \"!\" is no character of a chain code.",
                "b.json: line 1",
            ],
            faults.Kept.Select(f => f.File == "b.json" ? f.ToString()[..14] : f.ToString()));
    }

    [Fact]
    public async Task Ids_and_tracks_that_are_numbers_are_read_as_texts()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.json"], """
            {"openlabel":{"metadata":{"schema_version":"1.0.0"},"objects":{"0":{"name":"a","type":"car","object_data":{"bbox":[{"name":"s","val":[1,2,3,4],
             "attributes":{"num":[{"name":"touchstone_id","val":7},{"name":"touchstone_track","val":1.5}]}}]}}}}}
            """, TestContext.Current.CancellationToken);
        var car = (await Exchanges.ReadAsync(Format, folder.Path)).Single().Opinions[0].Objects.Single();
        Assert.Equal(("7", "1.5"), (car.Id, car.Track));
    }

    [Fact]
    public async Task No_damage_to_a_file_ends_in_anything_but_faults()
    {
        using var folder = new TemporaryFolder();
        await Exchanges.ThroughAsync(Format, [.. Enumerable.Range(0, 2).Select(seed => new GeneratedSamples(seed).Image(Kinds) with { Kind = InputKind.Scene })], folder);
        var small = Directory.GetFiles(Folder, "*.json").Where(f => new FileInfo(f).Length < 10_000);
        await Mutations.OfEachAsync(Format, [.. small, .. Directory.GetFiles(folder.Path, "*.json", SearchOption.AllDirectories)], cases: 2_000, seed: 5);
    }

    /// <summary>Every pixel that the line goes through, so that corners on straight lines do not matter.</summary>
    private static List<(long X, long Y)> Steps(Mark mark)
    {
        IReadOnlyList<Point> points = mark switch { Outline { Geometry: Polygon p } => p.Points, Outline { Geometry: Polyline l } => l.Points, Outline { Geometry: Keypoints k } => [new(k.Points[0].X, k.Points[0].Y)], _ => [] };
        List<(long, long)> steps = [((long)points[0].X, (long)points[0].Y)];
        for (var i = 1; i < points.Count; i++)
        {
            var (dx, dy) = ((long)(points[i].X - points[i - 1].X), (long)(points[i].Y - points[i - 1].Y));
            var count = Math.Max(Math.Abs(dx), Math.Abs(dy));
            for (var n = 1; n <= count; n++) steps.Add(((long)points[i - 1].X + dx * n / count, (long)points[i - 1].Y + dy * n / count));
        }

        return steps;
    }

    private static async Task<SchemaCheck> SchemaAsync() => new(await DocumentAsync(Path.Combine(Folder, "schema", "openlabel_json_schema-v1.0.0.json")));

    private static async Task<JsonElement> DocumentAsync(string path) => JsonElement.Parse(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));

    /// <summary>The same facts, whatever the order of members.</summary>
    private static void AssertSame(IReadOnlyDictionary<string, JsonElement> expected, IReadOnlyDictionary<string, JsonElement> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, value) in expected) Assert.True(JsonElement.DeepEquals(value, actual[name]), name);
    }
}
