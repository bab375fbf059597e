using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Coco;

/// <summary>One annotation of a COCO file as an object of the exchange.</summary>
/// <remarks>
/// Coordinates are COCO's own: real pixels from 0 at the corner of the first pixel, so nothing is moved. A box with <c>attributes.rotation</c> (degrees clockwise, as CVAT writes them) is a rotated box, whether
/// its <c>bbox</c> is the box before it is turned (no segmentation: CVAT) or its extent, with its corners as segmentation (ours). Members that COCO does not know are attributes.
/// </remarks>
internal sealed class CocoObjectReader
{
    /// <summary>The attribute of a box that is stated and is not quite the extent of the outline: x, y, width and height. One that is farther from it is a mark of its own.</summary>
    public const string StatedBox = "bbox";

    /// <summary>What boxes and areas differ by where programs computed them from the same outline, pixels and share: numbers are written with two or three decimals.</summary>
    private const double RoundingPx = 1e-3, RoundingShare = 1e-3;

    private const double SameBoxPx = 1;

    private readonly JsonValues _values = new();

    public LabelledObject Read(CocoFields fields, JsonElement record, string name)
    {
        Dictionary<string, JsonElement>? attributes = null;
        string? id = null, track = null;
        double? score = null, area = null;
        foreach (var member in record.EnumerateObject())
        {
            // The places of every annotation are looked up below; their names need not become texts here.
            if (member.NameEquals("segmentation"u8) || member.NameEquals("bbox"u8) || member.NameEquals("image_id"u8) || member.NameEquals("category_id"u8)) continue;
            var value = member.Value;
            if (value.ValueKind == JsonValueKind.Null) continue;
            switch (member.Name)
            {
                case "keypoints" or "num_keypoints" or "video_id":
                    break;
                case "id":
                    id = Text(fields, "id", value);
                    break;
                case "instance_id" or "track_id":
                    track = Text(fields, member.Name, value);
                    break;
                case "score":
                    score = fields.Number("score", 0);
                    break;
                case "area":
                    area = fields.Number("area", 0);
                    break;
                case "iscrowd":
                    if (Flag(fields, "iscrowd", value)) (attributes ??= New())[CommonAttributes.Crowd] = JsonValues.True;
                    break;
                case "ignore":
                    if (Flag(fields, "ignore", value)) (attributes ??= New())["ignore"] = JsonValues.True;
                    break;
                case "attributes":
                    if (value.ValueKind != JsonValueKind.Object) throw fields.Fault("attributes", "an object");
                    foreach (var each in value.EnumerateObject()) (attributes ??= New())[each.Name] = _values.Keep(each.Value);
                    break;
                default:
                    (attributes ??= New()).TryAdd(member.Name, _values.Keep(value));
                    break;
            }
        }

        var marks = Marks(fields, ref attributes);
        if (area is { } stated && IsOtherArea(stated, AreaOf(marks[0]))) (attributes ??= New())["area"] = JsonValues.Of(stated);
        return new LabelledObject(name, marks[0])
        {
            OtherMarks = marks.Count == 1 ? [] : marks[1..],
            Id = id,
            Track = track,
            Score = score,
            Attributes = attributes is { Count: > 0 } ? attributes : Sample.Empty,
        };
    }

    private static Dictionary<string, JsonElement> New() => new(StringComparer.Ordinal);

    private static string Text(CocoFields fields, string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        _ => throw fields.Fault(name, "a number"),
    };

    private static bool Flag(CocoFields fields, string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.TryGetDouble(out var flag) && flag is 0 or 1 => flag == 1,
        _ => throw fields.Fault(name, "0 or 1"),
    };

    /// <summary>The outline first, or else the box; then a box that says something else than the outline's extent; then keypoints.</summary>
    private static List<Mark> Marks(CocoFields fields, ref Dictionary<string, JsonElement>? attributes)
    {
        List<Mark> marks = new(1);
        var box = BoxOf(fields);
        var outline = OutlineOf(fields);
        if ((Rotated(box, outline, attributes) ?? outline ?? Line(attributes)) is { } drawn)
        {
            marks.Add(drawn);
            // Of a box that CVAT turned, its bbox is the box before that.
            var isStated = box is not null && (outline is not null || drawn.Kind == MarkKind.Polyline);
            var stated = isStated ? Compare(box!, drawn.Bounds!) : Stated.Extent;
            if (stated == Stated.Other) marks.Add(new Outline(box!));
            else if (stated == Stated.Near) (attributes ??= New())[StatedBox] = ValueOf(new(box!.X, box.Y), new(box.Width, box.Height));
        }
        else if (box is not null) marks.Add(new Outline(box));
        if (KeypointsOf(fields) is { } points) marks.Add(points);
        if (marks.Count == 0 && attributes is not null && attributes.TryGetValue(CocoCuboid.Member, out var value) && CocoCuboid.Read(value, isOld: false) is { } cuboid)
        {
            marks.Add(cuboid);
            attributes.Remove(CocoCuboid.Member);
        }

        if (marks.Count == 0) throw fields.Fault("bbox", "a bbox, a segmentation or keypoints");
        return marks;
    }

    private static Box? BoxOf(CocoFields fields)
    {
        if (fields.Numbers("bbox") is not { } sides) return null;
        if (sides.Length != 4 || sides[2] < 0 || sides[3] < 0) throw fields.Fault("bbox", "x, y, width and height, the last two not below 0");
        return new Box(sides[0], sides[1], sides[2], sides[3]);
    }

    /// <summary>Whether an area that is stated says something else than the mark does.</summary>
    internal static bool IsOtherArea(double stated, double area) => Math.Abs(stated - area) > RoundingShare * Math.Max(stated, 1);

    /// <summary>How a box that is stated stands to the extent of the outline.</summary>
    internal enum Stated
    {
        /// <summary>It is the extent, but for rounding.</summary>
        Extent,

        /// <summary>It is within a pixel of it: said beside the outline and no mark of its own.</summary>
        Near,

        /// <summary>It is another box.</summary>
        Other,
    }

    /// <summary>How a box stands to an extent, each by its corner and its sides.</summary>
    internal static Stated Compare(Point corner, Point sides, Point extentCorner, Point extentSides)
    {
        bool IsWithin(double most) => Math.Abs(corner.X - extentCorner.X) <= most && Math.Abs(corner.Y - extentCorner.Y) <= most
            && Math.Abs(corner.X + sides.X - (extentCorner.X + extentSides.X)) <= most && Math.Abs(corner.Y + sides.Y - (extentCorner.Y + extentSides.Y)) <= most;
        return IsWithin(RoundingPx) ? Stated.Extent : IsWithin(SameBoxPx) ? Stated.Near : Stated.Other;
    }

    /// <summary>How a box stands to the extent of an outline.</summary>
    internal static Stated Compare(Box box, Box extent) => Compare(new(box.X, box.Y), new(box.Width, box.Height), new(extent.X, extent.Y), new(extent.Width, extent.Height));

    /// <summary>A box as the attribute has it.</summary>
    internal static JsonElement ValueOf(Point corner, Point sides) => JsonSerializer.SerializeToElement((double[])[corner.X, corner.Y, sides.X, sides.Y]);

    private static Mark? OutlineOf(CocoFields fields)
    {
        if (fields.Find("segmentation") is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Object) return new PixelMask(CocoRuns.Read(fields, value));
        if (value.ValueKind != JsonValueKind.Array) throw fields.Fault("segmentation", "polygons or a run-length mask");
        List<IReadOnlyList<Point>> rings = new(value.GetArrayLength());
        foreach (var ring in value.EnumerateArray())
        {
            var name = $"segmentation/{rings.Count}";
            if (ring.ValueKind != JsonValueKind.Array) throw fields.Fault(name, "a list of x and y", ring);
            var numbers = fields.Numbers(ring, name);
            if (numbers.Length < 6 || numbers.Length % 2 != 0) throw fields.Fault(name, "an even count of at least six numbers", ring);
            var points = new Point[numbers.Length / 2];
            for (var i = 0; i < points.Length; i++) points[i] = new Point(numbers[2 * i], numbers[2 * i + 1]);
            rings.Add(points);
        }

        return rings.Count switch { 0 => null, 1 => new Outline(new Polygon(rings[0])), _ => new Rings(rings) };
    }

    private static Outline? KeypointsOf(CocoFields fields)
    {
        if (fields.Numbers("keypoints") is not { Length: > 0 } numbers) return null;
        if (numbers.Length % 3 != 0) throw fields.Fault("keypoints", "three numbers a point");
        var points = new Keypoint[numbers.Length / 3];
        var any = false;
        for (var i = 0; i < points.Length; i++)
        {
            var seen = numbers[3 * i + 2];
            if (seen is not (0 or 1 or 2)) throw fields.Fault($"keypoints/{3 * i + 2}", "visibility 0, 1 or 2", fields.Find("keypoints")!.Value[3 * i + 2]);
            points[i] = seen == 0 ? default : new Keypoint(numbers[3 * i], numbers[3 * i + 1], (Visibility)seen);
            any |= seen != 0;
        }

        return any ? new Outline(new Keypoints(points)) : null;
    }

    private static Outline? Rotated(Box? box, Mark? outline, Dictionary<string, JsonElement>? attributes)
    {
        if (attributes is null || !attributes.TryGetValue(CocoWriter.RotationAttribute, out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var degrees) || !double.IsFinite(degrees)) return null;
        var angle = Math.IEEERemainder(degrees, 360) * Math.PI / 180;
        switch (outline)
        {
            case null when box is not null:
                attributes.Remove(CocoWriter.RotationAttribute);
                return angle == 0 ? new Outline(box) : new Outline(new RotatedBox(box.X + box.Width / 2, box.Y + box.Height / 2, box.Width, box.Height, angle));
            case Outline { Geometry: Polygon { Points: { Count: 4 } ring } }:
                var turned = new RotatedBox(ring.Average(p => p.X), ring.Average(p => p.Y), Length(ring[0], ring[1]), Length(ring[1], ring[2]), angle);
                if (turned.Corners().Zip(ring).Any(pair => !(Length(pair.First, pair.Second) <= 0.02))) return null;
                attributes.Remove(CocoWriter.RotationAttribute);
                return new Outline(turned);
            default:
                return null;
        }
    }

    private static double Length(Point a, Point b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));

    private static Outline? Line(Dictionary<string, JsonElement>? attributes)
    {
        if (attributes is null || !attributes.TryGetValue(CocoWriter.PolylineAttribute, out var value) || value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < 2) return null;
        List<Point> points = [];
        foreach (var pair in value.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2 || pair[0].ValueKind != JsonValueKind.Number || pair[1].ValueKind != JsonValueKind.Number) return null;
            points.Add(new Point(pair[0].GetDouble(), pair[1].GetDouble()));
            if (!double.IsFinite(points[^1].X) || !double.IsFinite(points[^1].Y)) return null;
        }

        attributes.Remove(CocoWriter.PolylineAttribute);
        return new Outline(new Polyline(points));
    }

    internal static double AreaOf(Mark mark) => mark switch
    {
        Outline { Geometry: RotatedBox box } => box.Width * box.Height,
        Outline { Geometry: Polygon polygon } => Pixels.Area(polygon.Points),
        Outline { Geometry: Polyline } => 0,
        Rings rings => rings.Parts.Sum(Pixels.Area),
        PixelMask mask => mask.Mask.Area,
        _ => mark.Bounds?.Area ?? 0,
    };
}
