using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Interchange;

/// <summary>Marks as members of an object's JSON, in the words that answers use: <c>"box": {"x", "y", "width", "height"}</c> and so on. Numbers are written in full.</summary>
internal static class MarkJson
{
    private static readonly Dictionary<string, Func<JsonElement, JsonPlace, Mark?>> Readers = new(StringComparer.Ordinal)
    {
        ["box"] = static (value, place) => place.Numbers(value, "x", "y", "width", "height") is [var x, var y, var w, var h] ? new Outline(new Box(x, y, w, h)) : null,
        ["rotated_box"] = static (value, place) => place.Numbers(value, "cx", "cy", "width", "height", "angle") is [var x, var y, var w, var h, var angle] ? new Outline(new RotatedBox(x, y, w, h, angle)) : null,
        ["polygon"] = static (value, place) => Points(value, place) is { } points ? new Outline(new Polygon(points)) : null,
        ["polygons"] = ReadRings,
        ["polyline"] = static (value, place) => Points(value, place) is { } points ? new Outline(new Polyline(points)) : null,
        ["keypoints"] = ReadKeypoints,
        ["ellipse"] = static (value, place) => place.Numbers(value, "cx", "cy", "radius_x", "radius_y", "angle") is [var x, var y, var rx, var ry, var angle] ? new Ellipse(x, y, rx, ry, angle) : null,
        ["mask"] = ReadMask,
        ["cuboid"] = ReadCuboid,
        ["text_span"] = static (value, place) => place.List(value, 2, 2) is [var start, var end] && start >= 0 && end >= start && end < long.MaxValue ? new TextSpan((long)start, (long)end) : null,
    };

    /// <summary>Names of the members that are marks.</summary>
    public static IReadOnlyCollection<string> Names => Readers.Keys;

    /// <returns>Null where there is no mark, or one that cannot be, which is told.</returns>
    public static Mark? Read(JsonElement value, JsonPlace place)
    {
        foreach (var member in ((JsonElement?)value).Members())
            if (Readers.TryGetValue(member.Name, out var read)) return read(member.Value, place.Below(member.Name));
        place.Tell($"one of {string.Join(", ", Names)} was expected.");
        return null;
    }

    private static Rings? ReadRings(JsonElement value, JsonPlace place)
    {
        List<IReadOnlyList<Point>> rings = [];
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var ring in value.EnumerateArray())
            {
                if (Points(ring, place.Below(rings.Count)) is not { } points) return null;
                rings.Add(points);
            }
        }

        if (rings.Count > 0) return new Rings(rings);
        place.Tell("a list of rings was expected.");
        return null;
    }

    private static Outline? ReadKeypoints(JsonElement value, JsonPlace place)
    {
        List<Keypoint> points = [];
        foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default)
        {
            if (place.Below(points.Count).List(item, 3, 3) is not [var x, var y, var seen]) return null;
            if (seen is not (0 or 1 or 2))
            {
                place.Below(points.Count).Tell($"visibility is 0, 1 or 2; {item[2].GetRawText()} found.");
                return null;
            }

            points.Add(new Keypoint(x, y, (Visibility)seen));
        }

        return new Outline(new Keypoints(points));
    }

    private static PixelMask? ReadMask(JsonElement value, JsonPlace place)
    {
        if (place.Below("size").List(value.Member("size"), 2, 2) is not [> 0 and < 1 << 20 and var height, > 0 and < 1 << 20 and var width] || value.Text("counts") is not { } counts)
        {
            place.Tell("a mask has a size [height, width] and counts.");
            return null;
        }

        try
        {
            return new PixelMask(RunLengthMask.Parse((int)height, (int)width, counts));
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            place.Below("counts").Tell(fault.Message);
            return null;
        }
    }

    private static Cuboid? ReadCuboid(JsonElement value, JsonPlace place)
    {
        if (place.Numbers(value, "x", "y", "z", "length", "width", "height") is not [var x, var y, var z, var length, var width, var height]
            || place.Below("rotation").List(value.Member("rotation"), 4, 4) is not [var qx, var qy, var qz, var qw]) return null;
        if (value.Text("frame") is { } frame) return new Cuboid(x, y, z, length, width, height, new Quaternion(qx, qy, qz, qw), frame);
        place.Below("frame").Tell("the name of a coordinate frame was expected.");
        return null;
    }

    private static Point[]? Points(JsonElement value, JsonPlace place)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            place.Tell($"a list of points was expected; {((JsonElement?)value).Found()} found.");
            return null;
        }

        var points = new Point[value.GetArrayLength()];
        var at = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (place.Below(at).List(item, 2, 2) is not [var x, var y]) return null;
            points[at++] = new Point(x, y);
        }

        return points;
    }

    /// <summary>Writes the member.</summary>
    public static void Write(Utf8JsonWriter json, Mark mark)
    {
        switch (mark)
        {
            case Outline { Geometry: Box b }:
                WriteObject(json, "box", ("x", b.X), ("y", b.Y), ("width", b.Width), ("height", b.Height));
                break;
            case Outline { Geometry: RotatedBox r }:
                WriteObject(json, "rotated_box", ("cx", r.CentreX), ("cy", r.CentreY), ("width", r.Width), ("height", r.Height), ("angle", r.Angle));
                break;
            case Outline { Geometry: Polygon polygon }:
                json.WritePropertyName("polygon");
                WritePoints(json, polygon.Points);
                break;
            case Outline { Geometry: Polyline line }:
                json.WritePropertyName("polyline");
                WritePoints(json, line.Points);
                break;
            case Rings rings:
                json.WriteStartArray("polygons");
                foreach (var ring in rings.Parts) WritePoints(json, ring);
                json.WriteEndArray();
                break;
            case Outline { Geometry: Keypoints keypoints }:
                json.WriteStartArray("keypoints");
                foreach (var point in keypoints.Points) WriteList(json, point.X, point.Y, (int)point.Visibility);
                json.WriteEndArray();
                break;
            case Ellipse e:
                WriteObject(json, "ellipse", ("cx", e.CentreX), ("cy", e.CentreY), ("radius_x", e.RadiusX), ("radius_y", e.RadiusY), ("angle", e.Angle));
                break;
            case PixelMask mask:
                json.WriteStartObject("mask");
                json.WritePropertyName("size");
                WriteList(json, mask.Mask.Height, mask.Mask.Width);
                json.WriteString("counts", mask.Mask.ToString());
                json.WriteEndObject();
                break;
            case Cuboid c:
                WriteCuboid(json, c);
                break;
            case TextSpan span:
                json.WritePropertyName("text_span");
                WriteList(json, span.Start, span.End);
                break;
            default:
                throw new InvalidOperationException($"There is no JSON for {mark.Kind}.");
        }
    }

    private static void WriteCuboid(Utf8JsonWriter json, Cuboid c)
    {
        json.WriteStartObject("cuboid");
        foreach (var (name, value) in (ReadOnlySpan<(string, double)>)[("x", c.X), ("y", c.Y), ("z", c.Z), ("length", c.Length), ("width", c.Width), ("height", c.Height)]) json.WriteNumber(name, value);
        json.WritePropertyName("rotation");
        WriteList(json, c.Rotation.X, c.Rotation.Y, c.Rotation.Z, c.Rotation.W);
        json.WriteString("frame", c.Frame);
        json.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, double Value)> members)
    {
        json.WriteStartObject(name);
        foreach (var member in members) json.WriteNumber(member.Name, member.Value);
        json.WriteEndObject();
    }

    private static void WritePoints(Utf8JsonWriter json, IReadOnlyList<Point> points)
    {
        json.WriteStartArray();
        foreach (var (x, y) in points) WriteList(json, x, y);
        json.WriteEndArray();
    }

    private static void WriteList(Utf8JsonWriter json, params ReadOnlySpan<double> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
