using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Interchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Scale;

/// <summary>Annotations and cuboids of a response.</summary>
/// <remarks>
/// docs.scale.com/reference: pixels from the top left corner. A turned box has a rotation in radians clockwise, left and top of the box as it is upright about the same centre, and its four corners,
/// which are taken where they are there. An ellipse has the ends of its axes, opposite ends two apart. Cuboids of LiDAR stand in metres in the world's frame (x east, y north, z up) by their centre;
/// yaw is 0 along +y and runs counter-clockwise, and the length, along the heading, is <c>dimensions.y</c>. What Scale has no member for stands in members of our own, which other readers pass over.
/// </remarks>
internal static class ScaleAnnotations
{
    private static readonly string[] CuboidFacts = ["stationary", "camera_used", "numberOfPoints", "distance_to_device"];

    /// <returns>Null where it is no annotation that is known, which is told.</returns>
    public static LabelledObject? Read(JsonElement value, int? frame, JsonPlace place)
    {
        var type = value.Text("type") ?? value.Text("geometry");
        Mark? mark = type switch
        {
            "box" => Box(value, place),
            "polygon" => Vertices(value, 3, place) is { } ring ? new Outline(new Polygon(ring)) : null,
            "line" => Vertices(value, 2, place) is { } line ? new Outline(new Polyline(line)) : null,
            "point" => PointOf(value, place),
            "ellipse" => EllipseOf(value, place),
            _ => Unknown(value, place),
        };
        return mark is null ? null : Object(value, mark, value.Member("attributes").Values(), frame, place);
    }

    /// <returns>Null where it is no cuboid, which is told.</returns>
    public static LabelledObject? ReadCuboid(JsonElement value, int? frame, JsonPlace place)
    {
        if (place.Below("position").Numbers(value.Member("position") ?? default, "x", "y", "z") is not [var x, var y, var z]
            || place.Below("dimensions").Numbers(value.Member("dimensions") ?? default, "x", "y", "z") is not [var width, var length, var height]) return null;
        if (Rotation(value, place) is not { } rotation) return null;
        Dictionary<string, JsonElement> attributes = new(value.Member("attributes").Values(), StringComparer.Ordinal);
        foreach (var name in CuboidFacts)
            if (value.Member(name) is { } fact) attributes[name] = fact;
        return Object(value, new Cuboid(x, y, z, length, width, height, rotation, value.Text("frame") ?? "world"), attributes.Count == 0 ? Sample.Empty : attributes, frame, place);
    }

    private static Quaternion? Rotation(JsonElement value, JsonPlace place)
    {
        if (value.Member("quaternion") is { } full) return place.Below("quaternion").List(full, 4, 4) is [var x, var y, var z, var w] ? new Quaternion(x, y, z, w) : null;
        if (value.Number("pitch") is { } pitch && pitch != 0 || value.Number("roll") is { } roll && roll != 0)
        {
            place.Tell("pitch and roll are not read: in which order they turn is not documented.");
            return null;
        }

        return place.Numbers(value, "yaw") is [var yaw] ? Quaternion.AboutZ(yaw + Math.PI / 2) : null;
    }

    private static LabelledObject? Object(JsonElement value, Mark mark, IReadOnlyDictionary<string, JsonElement> attributes, int? frame, JsonPlace place)
    {
        if (value.Text("label") is not { } label)
        {
            place.Below("label").Tell($"a label was expected; {value.Member("label").Found()} found.");
            return null;
        }

        var id = value.Id("uuid");
        return new LabelledObject(label, mark) { Id = id, Track = value.Text("track") ?? (frame is null ? null : id), Frame = frame, Attributes = attributes };
    }

    private static Mark? Unknown(JsonElement value, JsonPlace place)
    {
        place.Below("type").Tell($"one of box, polygon, line, point, ellipse was expected; {value.Member("type").Found()} found.");
        return null;
    }

    private static Outline? Box(JsonElement value, JsonPlace place)
    {
        if (place.Numbers(value, "left", "top", "width", "height") is not [var left, var top, var width, var height]) return null;
        var rotation = value.Number("rotation") ?? 0;
        if (rotation == 0) return new Outline(new Box(left, top, width, height));
        var (x, y) = (left + width / 2, top + height / 2);
        if (value.Items("vertices").Count() == 4)
        {
            if (Vertices(value, 4, place) is not { } corners) return null;
            (x, y) = (corners.Average(c => c.X), corners.Average(c => c.Y));
        }

        return new Outline(new RotatedBox(x, y, width, height, rotation));
    }

    private static Outline? PointOf(JsonElement value, JsonPlace place)
    {
        if (value.Member("keypoints") is { } several) return MarkJson.Read(JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { ["keypoints"] = several }), place) as Outline;
        return place.Numbers(value, "x", "y") is [var x, var y] ? new Outline(new Keypoints([new Keypoint(x, y, Visibility.Visible)])) : null;
    }

    private static Ellipse? EllipseOf(JsonElement value, JsonPlace place)
    {
        if (Vertices(value, 4, place) is not [var a, var b, var c, var d]) return null;
        var (x, y) = ((a.X + b.X + c.X + d.X) / 4, (a.Y + b.Y + c.Y + d.Y) / 4);
        return new Ellipse(x, y, Math.Sqrt((a.X - c.X) * (a.X - c.X) + (a.Y - c.Y) * (a.Y - c.Y)) / 2, Math.Sqrt((b.X - d.X) * (b.X - d.X) + (b.Y - d.Y) * (b.Y - d.Y)) / 2, Math.Atan2(a.Y - c.Y, a.X - c.X));
    }

    private static Point[]? Vertices(JsonElement value, int least, JsonPlace place)
    {
        List<Point> points = [];
        foreach (var vertex in value.Items("vertices"))
        {
            if (place.Below("vertices").Below(points.Count).Numbers(vertex, "x", "y") is not [var x, var y]) return null;
            points.Add(new Point(x, y));
        }

        if (points.Count >= least) return [.. points];
        place.Below("vertices").Tell($"{least} vertices or more were expected; {points.Count} found.");
        return null;
    }

    public static void Write(Utf8JsonWriter json, LabelledObject each)
    {
        json.WriteStartObject();
        if ((each.Frame is null ? each.Id : each.Track ?? each.Id) is { } id) json.WriteString("uuid", id);
        if (each.Track is { } track && (each.Frame is null || each.Id != track && each.Id is null)) json.WriteString("track", track);
        json.WriteString("label", each.Class);
        if (each.Mark is Cuboid cuboid) WriteCuboid(json, cuboid);
        else WriteMark(json, each.Mark);
        foreach (var (name, value) in each.Attributes)
        {
            if (each.Mark is not Cuboid || !CuboidFacts.Contains(name)) continue;
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteStartObject("attributes");
        foreach (var (name, value) in each.Attributes)
        {
            if (each.Mark is Cuboid && CuboidFacts.Contains(name)) continue;
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMark(Utf8JsonWriter json, Mark mark)
    {
        switch (mark)
        {
            case Outline { Geometry: Box box }:
                WriteBox(json, box.X, box.Y, box.Width, box.Height);
                break;
            case Outline { Geometry: RotatedBox box }:
                WriteBox(json, box.CentreX - box.Width / 2, box.CentreY - box.Height / 2, box.Width, box.Height);
                json.WriteNumber("rotation", box.Angle);
                WriteVertices(json, box.Corners());
                break;
            case Outline { Geometry: Polygon polygon }:
                json.WriteString("type", "polygon");
                WriteVertices(json, polygon.Points);
                break;
            case Outline { Geometry: Polyline line }:
                json.WriteString("type", "line");
                WriteVertices(json, line.Points);
                break;
            case Outline { Geometry: Keypoints keypoints }:
                var first = keypoints.Points.FirstOrDefault(p => p.Visibility != Visibility.NotLabelled);
                json.WriteString("type", "point");
                json.WriteNumber("x", first.X);
                json.WriteNumber("y", first.Y);
                if (keypoints.Points is not [{ Visibility: Visibility.Visible }]) MarkJson.Write(json, mark);
                break;
            case Ellipse e:
                var (sin, cos) = Math.SinCos(e.Angle);
                json.WriteString("type", "ellipse");
                WriteVertices(json, [new(e.CentreX + e.RadiusX * cos, e.CentreY + e.RadiusX * sin), new(e.CentreX - e.RadiusY * sin, e.CentreY + e.RadiusY * cos), new(e.CentreX - e.RadiusX * cos, e.CentreY - e.RadiusX * sin), new(e.CentreX + e.RadiusY * sin, e.CentreY - e.RadiusY * cos)]);
                break;
            default:
                throw new InvalidOperationException($"Scale has no {mark.Kind}: narrow samples before they are written.");
        }
    }

    private static void WriteBox(Utf8JsonWriter json, double left, double top, double width, double height)
    {
        json.WriteString("type", "box");
        json.WriteNumber("left", left);
        json.WriteNumber("top", top);
        json.WriteNumber("width", width);
        json.WriteNumber("height", height);
    }

    private static void WriteVertices(Utf8JsonWriter json, IReadOnlyList<Point> points)
    {
        json.WriteStartArray("vertices");
        foreach (var (x, y) in points)
        {
            json.WriteStartObject();
            json.WriteNumber("x", x);
            json.WriteNumber("y", y);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCuboid(Utf8JsonWriter json, Cuboid c)
    {
        WriteVector(json, "position", c.X, c.Y, c.Z);
        WriteVector(json, "dimensions", c.Width, c.Length, c.Height);
        var q = c.Rotation;
        var heading = Math.Atan2(2 * (q.W * q.Z + q.X * q.Y), 1 - 2 * (q.Y * q.Y + q.Z * q.Z));
        json.WriteNumber("yaw", Math.IEEERemainder(heading - Math.PI / 2, 2 * Math.PI));
        if (Math.Abs(q.X) > 1e-9 || Math.Abs(q.Y) > 1e-9)
        {
            json.WriteStartArray("quaternion");
            foreach (var part in (ReadOnlySpan<double>)[q.X, q.Y, q.Z, q.W]) json.WriteNumberValue(part);
            json.WriteEndArray();
        }

        if (c.Frame != "world") json.WriteString("frame", c.Frame);
    }

    private static void WriteVector(Utf8JsonWriter json, string name, double x, double y, double z)
    {
        json.WriteStartObject(name);
        json.WriteNumber("x", x);
        json.WriteNumber("y", y);
        json.WriteNumber("z", z);
        json.WriteEndObject();
    }
}
