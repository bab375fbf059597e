using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.OpenLabel;

/// <summary>Geometries of object data.</summary>
/// <remarks>
/// ASAM OpenLABEL 1.0.0: a bbox is its centre, width and height; an rbbox has the angle from x towards y in radians after them, which is clockwise on screen; a cuboid is its centre, its rotation as a
/// quaternion x, y, z, w or as angles about x, y and z that are applied in the order z, y, x, and its extents along its own axes. Everything is in the coordinate system that is named.
/// </remarks>
internal static class OpenLabelShapes
{
    private static readonly Dictionary<string, Func<JsonElement, JsonPlace, Mark?>> Readers = new(StringComparer.Ordinal)
    {
        ["bbox"] = static (e, place) => place.Below("val").List(e.Member("val"), 4, 4) is [var x, var y, var w, var h] ? new Outline(new Box(x - w / 2, y - h / 2, w, h)) : null,
        ["rbbox"] = static (e, place) => place.Below("val").List(e.Member("val"), 5, 5) is [var x, var y, var w, var h, var angle] ? new Outline(new RotatedBox(x, y, w, h, angle)) : null,
        ["point2d"] = static (e, place) => place.Below("val").List(e.Member("val"), 2, 2) is [var x, var y] ? new Outline(new Keypoints([new Keypoint(x, y, (Visibility)Math.Clamp(e.Whole("visibility") ?? 2, 0, 2))])) : null,
        ["poly2d"] = Line,
        ["cuboid"] = CuboidOf,
    };

    /// <summary>The members of object data that are geometries, in the order in which they are read.</summary>
    public static IReadOnlyCollection<string> Kinds => Readers.Keys;

    /// <returns>Null where it is no such geometry, which is told.</returns>
    public static Mark? Read(string kind, JsonElement element, JsonPlace place) => Readers[kind](element, place);

    private static Outline? Line(JsonElement element, JsonPlace place)
    {
        if (Points(element, place) is not { } points) return null;
        if (points.Count == 1) return new Outline(new Keypoints([new Keypoint(points[0].X, points[0].Y, Visibility.Visible)]));
        return element.Flag("closed") == true && points.Count > 2 ? new Outline(new Polygon(points)) : new Outline(new Polyline(points));
    }

    private static List<Point>? Points(JsonElement element, JsonPlace place)
    {
        var mode = element.Text("mode");
        if (mode is "MODE_POLY2D_SRF6DCC" or "MODE_POLY2D_RS6FCC") return Chain(element, mode == "MODE_POLY2D_RS6FCC", place);
        if (mode is not ("MODE_POLY2D_ABSOLUTE" or "MODE_POLY2D_RELATIVE"))
        {
            place.Below("mode").Tell($"MODE_POLY2D_ABSOLUTE, _RELATIVE, _SRF6DCC or _RS6FCC was expected; {element.Member("mode").Found()} found.");
            return null;
        }

        if (place.Below("val").List(element.Member("val"), 2) is not { } values) return null;
        if (values.Length % 2 != 0)
        {
            place.Below("val").Tell($"x and y in turn were expected; {values.Length} numbers found.");
            return null;
        }

        List<Point> points = [];
        for (var i = 0; i < values.Length; i += 2)
            points.Add(mode == "MODE_POLY2D_RELATIVE" && i > 0 ? new Point(values[0] + values[i], values[1] + values[i + 1]) : new Point(values[i], values[i + 1]));
        return points;
    }

    private static List<Point>? Chain(JsonElement element, bool hasSteps, JsonPlace place)
    {
        var values = element.Items("val").Select(v => v.ValueKind == JsonValueKind.String ? v.GetString()! : v.GetRawText()).ToArray();
        var count = hasSteps ? 6 : 4;
        var numbers = new int[Math.Max(0, values.Length - 1)];
        var fit = values.Length == count;
        for (var i = 0; fit && i < count - 1; i++) fit = int.TryParse(values[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]);
        if (!fit || numbers[^1] is < 0 or > 1)
        {
            place.Below("val").Tell($"the first point, {(hasSteps ? "two steps, " : "")}how many digits fill the end, and a chain code were expected.");
            return null;
        }

        try
        {
            return hasSteps ? ChainCode.Decode(numbers[0], numbers[1], numbers[4], values[5], numbers[2], numbers[3]) : ChainCode.Decode(numbers[0], numbers[1], numbers[2], values[3]);
        }
        catch (FormatException fault)
        {
            place.Below("val").Tell(fault.Message);
            return null;
        }
    }

    private static Cuboid? CuboidOf(JsonElement element, JsonPlace place)
    {
        var frame = element.Text("coordinate_system") ?? "";
        if (element.Member("val") is null && element.Member("size") is { } size)
        {
            if ((place.Below("size").List(size, 3, 3), place.Below("quaternion").List(element.Member("quaternion"), 4, 4), place.Below("translation").List(element.Member("translation") ?? element.Member("traslation"), 3, 3))
                is not ([var length, var width, var height], [var qx, var qy, var qz, var qw], [var cx, var cy, var cz])) return null;
            return new Cuboid(cx, cy, cz, length, width, height, new Quaternion(qx, qy, qz, qw), frame);
        }

        return place.Below("val").List(element.Member("val"), 9, 10) switch
        {
            [var x, var y, var z, var rx, var ry, var rz, var sx, var sy, var sz] => new Cuboid(x, y, z, sx, sy, sz, Quaternion.AboutZ(rz) * Quaternion.AboutY(ry) * new Quaternion(Math.Sin(rx / 2), 0, 0, Math.Cos(rx / 2)), frame),
            [var x, var y, var z, var a, var b, var c, var d, var sx, var sy, var sz] => new Cuboid(x, y, z, sx, sy, sz, new Quaternion(a, b, c, d), frame),
            _ => null,
        };
    }

    /// <summary>Members of the geometry besides name and attributes.</summary>
    /// <returns>The kind of object data that it is.</returns>
    public static string KindOf(Mark mark, bool isLine) => mark switch
    {
        Outline { Geometry: Box } => "bbox",
        Outline { Geometry: RotatedBox } => "rbbox",
        Outline { Geometry: Keypoints } when !isLine => "point2d",
        Cuboid => "cuboid",
        _ => "poly2d",
    };

    /// <summary>The numbers of a geometry.</summary>
    public static double[] Values(Mark mark) => mark switch
    {
        Outline { Geometry: Box b } => [b.X + b.Width / 2, b.Y + b.Height / 2, b.Width, b.Height],
        Outline { Geometry: RotatedBox r } => [r.CentreX, r.CentreY, r.Width, r.Height, r.Angle],
        Outline { Geometry: Polygon polygon } => Flat(polygon.Points),
        Outline { Geometry: Polyline line } => Flat(line.Points),
        Outline { Geometry: Keypoints { Points: [var point, ..] } } => [point.X, point.Y],
        Cuboid c => [c.X, c.Y, c.Z, c.Rotation.X, c.Rotation.Y, c.Rotation.Z, c.Rotation.W, c.Length, c.Width, c.Height],
        _ => throw new InvalidOperationException($"OpenLABEL has no {mark.Kind}: narrow samples before they are written."),
    };

    private static double[] Flat(IReadOnlyList<Point> points) => [.. points.SelectMany(p => (double[])[p.X, p.Y])];
}
