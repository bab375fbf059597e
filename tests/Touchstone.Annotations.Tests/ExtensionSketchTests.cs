using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Kinds;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;

namespace Touchstone.Annotations.Tests;

/// <summary>Masks, cuboids and tracks, and the inputs that are not pictures, sketched to show that they fit: each is a record and a row, nothing is rebuilt.</summary>
public sealed class ExtensionSketchTests
{
    private const GeometryKind MaskKind = (GeometryKind)100;
    private const GeometryKind CuboidKind = (GeometryKind)101;
    private const GeometryKind TrackKind = (GeometryKind)102;

    private static readonly GeometryRegistry Extended = new(
    [
        .. GeometryRegistry.Shipped.Forms,
        new(MaskKind, "mask", GeometryNature.Area, CheckMask, ReadMask, WriteMask, MaskIou),
        new(CuboidKind, "cuboid", GeometryNature.Volume, CheckCuboid, ReadCuboid, WriteCuboid, CuboidIou),
        new(TrackKind, "track", GeometryNature.Time, CheckTrack, ReadTrack, WriteTrack, TrackIou),
    ]);

    /// <summary>Runs of an image's pixels, row by row, beginning with background.</summary>
    private sealed record Mask(int WidthPx, int HeightPx, IReadOnlyList<int> Runs) : ShapeGeometry
    {
        public override GeometryKind Kind => MaskKind;

        public override Box Bounds => new(0, 0, WidthPx, HeightPx);

        public IEnumerable<int> Pixels()
        {
            var (at, inside) = (0, false);
            foreach (var run in Runs)
            {
                for (var i = 0; inside && i < run; i++) yield return at + i;
                (at, inside) = (at + run, !inside);
            }
        }
    }

    /// <summary>Metres in a named frame; not in the image at all.</summary>
    private sealed record Cuboid(double X, double Y, double Z, double Length, double Width, double Height) : ShapeGeometry
    {
        public override GeometryKind Kind => CuboidKind;

        public override Box Bounds => new(X - Length / 2, Y - Width / 2, Length, Width);
    }

    /// <summary>One thing over the frames of a clip.</summary>
    private sealed record Track(IReadOnlyList<(long Frame, Box Box)> Keyframes) : ShapeGeometry
    {
        public override GeometryKind Kind => TrackKind;

        public override Box Bounds => Keyframes[0].Box;
    }

    [Fact]
    public void A_mask_a_cuboid_and_a_track_are_each_a_row()
    {
        var ontology = OntologyJson.Parse(
            JsonElement.Parse("""
                {"questions": [{"kind": "shapes", "id": "objects", "classes": [
                  {"id": "road", "geometries": ["mask"]}, {"id": "car", "geometries": ["cuboid", "track", "box"]}]}]}
                """), Extended).ValueOrThrow();
        var clip = new InputExtent(InputKind.Clip, 4, 2, Length: 10);
        var answers = JsonElement.Parse("""
            {"objects":[{"id":"a","class":"road","mask":{"size":[4,2],"runs":[2,4,2]}},
              {"id":"b","class":"car","cuboid":[10,0,1,4,2,1.5]},
              {"id":"c","class":"car","track":[[0,0,0,2,1],[9,1,0,2,1]]},
              {"id":"d","class":"car","box":{"x":0,"y":0,"width":2,"height":2}}]}
            """);

        Assert.Empty(AnswerChecker.Check(ontology, answers, clip, Extended));
        var set = AnswerSet.Parse(ontology, answers, Extended);
        Assert.Equal([MaskKind, CuboidKind, TrackKind, GeometryKind.Box], ((ShapesAnswer)set.ByQuestion["objects"]).Shapes.Select(s => s.Geometry.Kind));
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) set.Write(writer, Extended);
        Assert.True(JsonElement.DeepEquals(answers, JsonElement.Parse(stream.ToArray())));
    }

    [Fact]
    public void Their_faults_have_pointers_like_all_others()
    {
        var ontology = OntologyJson.Parse(JsonElement.Parse("""{"questions": [{"kind": "shapes", "id": "o", "classes": [{"id": "c", "geometries": ["mask", "track"]}]}]}"""), Extended).ValueOrThrow();
        var clip = new InputExtent(InputKind.Clip, 4, 2, Length: 10);
        var faults = AnswerChecker.Check(
            ontology,
            JsonElement.Parse("""{"o": [{"id": "a", "class": "c", "mask": {"size": [4, 2], "runs": [2]}}, {"id": "b", "class": "c", "track": [[12, 0, 0, 1, 1]]}]}"""),
            clip, Extended);
        Assert.Equal([new Fault("/o/0/mask", "runs of 8 pixels in all", "2"), new Fault("/o/1/track/0", "a frame of the clip", "12")], faults);
    }

    [Fact]
    public void They_are_compared_by_their_own_nature()
    {
        double Between(ShapeGeometry one, ShapeGeometry other) => Similarity.Between(one, other, SimilarityScale.Default, Extended);
        Assert.Equal(1.0 / 3, Between(new Mask(4, 1, [0, 2, 2]), new Mask(4, 1, [1, 2, 1])), 12);
        Assert.Equal(1.0 / 3, Between(new Cuboid(0, 0, 0, 2, 2, 2), new Cuboid(1, 0, 0, 2, 2, 2)), 12);
        Assert.Equal(0.5, Between(new Track([(0, new Box(0, 0, 1, 1)), (1, new Box(0, 0, 1, 1))]), new Track([(0, new Box(0, 0, 1, 1))])), 12);
        Assert.Equal(0, Between(new Cuboid(0, 0, 0, 2, 2, 2), new Box(0, 0, 2, 2)));
    }

    [Theory]
    [InlineData(InputKind.Image, "{\"region\":{\"box\":{\"x\":1,\"y\":1,\"width\":5,\"height\":5}}}")]
    [InlineData(InputKind.Clip, "{\"frames\":[0,9]}")]
    [InlineData(InputKind.Scene, "{\"points\":[0,4,9]}")]
    [InlineData(InputKind.Scene, "{\"frames\":[3,3]}")]
    [InlineData(InputKind.Text, "{\"code_points\":[2,10]}")]
    [InlineData(InputKind.Conversation, "{\"turn\":9}")]
    public void Every_kind_of_input_has_a_way_to_point_into_it(InputKind kind, string json)
    {
        var input = new InputExtent(kind, 100, 100, Length: 10);
        var selector = SelectorJson.Parse(JsonElement.Parse(json), input).ValueOrThrow();
        Assert.Contains(kind, selector.Inputs);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) SelectorJson.Write(selector, writer);
        Assert.Equal(json, System.Text.Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(selector, SelectorJson.Parse(JsonElement.Parse(stream.ToArray()), input).ValueOrThrow());
    }

    [Theory]
    [InlineData(InputKind.Text, "{\"frames\":[0,1]}", "/frames", "a way to point into a text")]
    [InlineData(InputKind.Clip, "{\"frames\":[0,10]}", "/frames", "a place within the input")]
    [InlineData(InputKind.Clip, "{\"frames\":[1]}", "/frames", "a list of two whole numbers")]
    [InlineData(InputKind.Scene, "{\"points\":[3,3]}", "/points", "a place within the input")]
    [InlineData(InputKind.Text, "{\"code_points\":[5,5]}", "/code_points", "a place within the input")]
    [InlineData(InputKind.Conversation, "{\"turn\":-1}", "/turn", "a place within the input")]
    [InlineData(InputKind.Image, "{\"region\":{\"box\":{}}}", "/region", "an object with one valid geometry")]
    [InlineData(InputKind.Image, "{\"area\":1}", "/area", "an object with one of region, frames, points, code_points, turn")]
    [InlineData(InputKind.Image, "[]", "", "an object with one of region, frames, points, code_points, turn")]
    public void A_selector_that_points_nowhere_is_a_fault(InputKind kind, string json, string pointer, string expected)
    {
        var fault = Assert.Single(SelectorJson.Parse(JsonElement.Parse(json), new InputExtent(kind, 100, 100, Length: 10)).Faults);
        Assert.Equal((pointer, expected), (fault.Pointer, fault.Expected));
    }

    private static void CheckMask(JsonElement value, ShapeClass shapeClass, ref CheckRun run)
    {
        var total = value.GetProperty("runs").EnumerateArray().Sum(r => r.GetInt32());
        if (total != run.Input.WidthPx * run.Input.HeightPx) run.Report($"runs of {run.Input.WidthPx * run.Input.HeightPx} pixels in all", $"{total}");
    }

    private static Mask ReadMask(JsonElement value) =>
        new Mask(value.GetProperty("size")[0].GetInt32(), value.GetProperty("size")[1].GetInt32(), [.. value.GetProperty("runs").EnumerateArray().Select(r => r.GetInt32())]);

    private static void WriteMask(Utf8JsonWriter writer, ShapeGeometry geometry)
    {
        var mask = (Mask)geometry;
        JsonSerializer.Serialize(writer, new { size = new[] { mask.WidthPx, mask.HeightPx }, runs = mask.Runs });
    }

    private static double MaskIou(ShapeGeometry first, ShapeGeometry second, SimilarityScale scale)
    {
        if (first is not Mask one || second is not Mask other) return Similarity.Iou(first.Bounds, second.Bounds);
        return (double)one.Pixels().Intersect(other.Pixels()).Count() / one.Pixels().Union(other.Pixels()).Count();
    }

    private static void CheckCuboid(JsonElement value, ShapeClass shapeClass, ref CheckRun run)
    {
        if (value.GetArrayLength() != 6) run.Report("x, y, z, length, width, height", value);
    }

    private static Cuboid ReadCuboid(JsonElement value) =>
        new Cuboid(value[0].GetDouble(), value[1].GetDouble(), value[2].GetDouble(), value[3].GetDouble(), value[4].GetDouble(), value[5].GetDouble());

    private static void WriteCuboid(Utf8JsonWriter writer, ShapeGeometry geometry)
    {
        var c = (Cuboid)geometry;
        JsonSerializer.Serialize(writer, new[] { c.X, c.Y, c.Z, c.Length, c.Width, c.Height });
    }

    private static double CuboidIou(ShapeGeometry first, ShapeGeometry second, SimilarityScale scale)
    {
        var (one, other) = ((Cuboid)first, (Cuboid)second);
        static double Shared(double a, double la, double b, double lb) => Math.Max(0, Math.Min(a + la / 2, b + lb / 2) - Math.Max(a - la / 2, b - lb / 2));
        var shared = Shared(one.X, one.Length, other.X, other.Length) * Shared(one.Y, one.Width, other.Y, other.Width) * Shared(one.Z, one.Height, other.Z, other.Height);
        return shared / (one.Length * one.Width * one.Height + other.Length * other.Width * other.Height - shared);
    }

    private static void CheckTrack(JsonElement value, ShapeClass shapeClass, ref CheckRun run)
    {
        var i = 0;
        foreach (var keyframe in value.EnumerateArray())
        {
            run.Enter(i++);
            if (keyframe[0].GetInt64() >= run.Input.Length) run.Report("a frame of the clip", keyframe[0]);
            run.Leave();
        }
    }

    private static Track ReadTrack(JsonElement value) => new Track(
        [.. value.EnumerateArray().Select(k => (k[0].GetInt64(), new Box(k[1].GetDouble(), k[2].GetDouble(), k[3].GetDouble(), k[4].GetDouble())))]);

    private static void WriteTrack(Utf8JsonWriter writer, ShapeGeometry geometry) =>
        JsonSerializer.Serialize(writer, ((Track)geometry).Keyframes.Select(k => new[] { k.Frame, k.Box.X, k.Box.Y, k.Box.Width, k.Box.Height }));

    private static double TrackIou(ShapeGeometry first, ShapeGeometry second, SimilarityScale scale)
    {
        var (one, other) = ((Track)first, (Track)second);
        var frames = one.Keyframes.Concat(other.Keyframes).Select(k => k.Frame).Distinct().ToList();
        return frames.Average(frame =>
        {
            var (a, b) = (one.Keyframes.FirstOrDefault(k => k.Frame == frame).Box, other.Keyframes.FirstOrDefault(k => k.Frame == frame).Box);
            return a is null || b is null ? 0 : Similarity.Iou(a, b);
        });
    }
}
