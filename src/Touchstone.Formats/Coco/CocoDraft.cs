using System.Text.Json;
using Touchstone.Annotations.Geometry;

namespace Touchstone.Formats.Coco;

/// <summary>An annotation whose image and category are still numbers.</summary>
internal sealed record CocoDraft(long Id, long ImageId, long CategoryId, Box Bounds, ShapeGeometry Geometry, double Area, bool IsCrowd, CocoOutline Outline,
    double? Score, IReadOnlyDictionary<string, JsonElement> Attributes)
{
    public CocoAnnotation ToAnnotation(CocoCategory category) =>
        new(Id, category, Bounds, Geometry, Area, IsCrowd) { Outline = Outline, Score = Score, Attributes = Attributes };

    public static CocoDraft Read(CocoFields fields)
    {
        var (outline, rings) = ReadOutline(fields);
        var bounds = ReadBounds(fields, rings);
        var attributes = ReadAttributes(fields);
        var geometry = ReadGeometry(fields, bounds, outline, rings, attributes);
        var score = fields.Number("score", double.NaN);
        return new CocoDraft(
            fields.Integer("id"), fields.Integer("image_id"), fields.Integer("category_id"), bounds, geometry,
            fields.Number("area", bounds.Area), ReadCrowd(fields), outline, double.IsNaN(score) ? null : score,
            attributes.Count == 0 ? Shape.NoAttributes : attributes);
    }

    private static Box ReadBounds(CocoFields fields, IReadOnlyList<Point[]> rings)
    {
        if (fields.Numbers("bbox") is not { } sides)
        {
            // Keypoint and panoptic tools leave the box out; a polygon's extent is the same thing.
            return rings.Count > 0 ? new Polygon([.. rings.SelectMany(r => r)]).Bounds : throw fields.Fault("bbox", "a list of four numbers");
        }

        if (sides.Length != 4 || sides[2] < 0 || sides[3] < 0) throw fields.Fault("bbox", "x, y, width and height, the last two not below 0");
        return new Box(sides[0], sides[1], sides[2], sides[3]);
    }

    private static bool ReadCrowd(CocoFields fields) => fields.Find("iscrowd") switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var flag) && flag is 0 or 1 => flag == 1,
        _ => throw fields.Fault("iscrowd", "0 or 1"),
    };

    private static (CocoOutline Outline, IReadOnlyList<Point[]> Rings) ReadOutline(CocoFields fields)
    {
        if (fields.Find("segmentation") is not { } value) return (CocoOutline.None, []);
        if (value.ValueKind == JsonValueKind.Object) return (CocoOutline.Mask, []);
        if (value.ValueKind != JsonValueKind.Array) throw fields.Fault("segmentation", "polygons or a run-length mask");
        var rings = new List<Point[]>();
        foreach (var ring in value.EnumerateArray())
        {
            var name = $"segmentation/{rings.Count}";
            if (ring.ValueKind != JsonValueKind.Array) throw fields.Fault(name, "a list of x and y", ring);
            var numbers = fields.Numbers(ring, name);
            if (numbers.Length < 6 || numbers.Length % 2 != 0) throw fields.Fault(name, "an even count of at least six numbers", ring);
            rings.Add([.. Enumerable.Range(0, numbers.Length / 2).Select(i => new Point(numbers[2 * i], numbers[2 * i + 1]))]);
        }

        return (rings.Count switch { 0 => CocoOutline.None, 1 => CocoOutline.Polygon, _ => CocoOutline.Polygons }, rings);
    }

    private static Dictionary<string, JsonElement> ReadAttributes(CocoFields fields)
    {
        var attributes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (fields.Find("attributes") is not { } value) return attributes;
        if (value.ValueKind != JsonValueKind.Object) throw fields.Fault("attributes", "an object");
        foreach (var member in value.EnumerateObject()) attributes[member.Name] = member.Value;
        return attributes;
    }

    private static ShapeGeometry ReadGeometry(CocoFields fields, Box bounds, CocoOutline outline, IReadOnlyList<Point[]> rings, Dictionary<string, JsonElement> attributes)
    {
        if (fields.Numbers("keypoints") is { Length: > 0 } numbers)
        {
            if (numbers.Length % 3 != 0) throw fields.Fault("keypoints", "three numbers a point");
            return new Keypoints([.. Enumerable.Range(0, numbers.Length / 3).Select(i => ReadKeypoint(fields, numbers, i))]);
        }

        if (outline == CocoOutline.Polygon)
            return ReadRotated(rings[0], attributes) is { } rotated ? rotated : new Polygon(rings[0]);
        return ReadLine(attributes) is { } line ? line : bounds;
    }

    private static Keypoint ReadKeypoint(CocoFields fields, double[] numbers, int i) => numbers[3 * i + 2] is 0 or 1 or 2
        ? new Keypoint(numbers[3 * i], numbers[3 * i + 1], (Visibility)numbers[3 * i + 2])
        : throw fields.Fault($"keypoints/{3 * i + 2}", "visibility 0, 1 or 2", fields.Find("keypoints")!.Value[3 * i + 2]);

    /// <summary>Four corners with a rotation are a rotated box, if they form one; the attribute then is geometry.</summary>
    private static RotatedBox? ReadRotated(Point[] ring, Dictionary<string, JsonElement> attributes)
    {
        if (ring.Length != 4 || !attributes.TryGetValue(CocoWriter.RotationAttribute, out var rotation) || rotation.ValueKind != JsonValueKind.Number) return null;
        double Length(Point a, Point b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));
        var angle = rotation.GetDouble() * Math.PI / 180;
        var box = new RotatedBox(ring.Average(p => p.X), ring.Average(p => p.Y), Length(ring[0], ring[1]), Length(ring[1], ring[2]), angle > Math.PI ? angle - 2 * Math.PI : angle);
        if (box.Corners().Zip(ring).Any(pair => Length(pair.First, pair.Second) > 0.01)) return null;
        attributes.Remove(CocoWriter.RotationAttribute);
        return box;
    }

    private static Polyline? ReadLine(Dictionary<string, JsonElement> attributes)
    {
        if (!attributes.TryGetValue(CocoWriter.PolylineAttribute, out var value) || value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < 2) return null;
        var points = new List<Point>();
        foreach (var pair in value.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2 || pair[0].ValueKind != JsonValueKind.Number || pair[1].ValueKind != JsonValueKind.Number) return null;
            points.Add(new Point(pair[0].GetDouble(), pair[1].GetDouble()));
        }

        attributes.Remove(CocoWriter.PolylineAttribute);
        return new Polyline(points);
    }
}
