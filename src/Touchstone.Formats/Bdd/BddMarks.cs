using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Bdd;

/// <summary>Where a label is: an outline (poly2d), a mask (rle) and a box (box2d).</summary>
/// <remarks>
/// A box names its first and its last pixel: its width is x2 - x1 + 1, as Scalabel's own conversions have it (scalabel/label/transforms.py, box2d_to_bbox). Vertices of an outline are points as they stand. A vertex of type C begins a cubic Bezier curve: it and the next are the
/// controls, the one after them is the end (matplotlib's CURVE4, by which Scalabel draws); curves are read as <see cref="CurvePieces"/> straight pieces.
/// </remarks>
internal static class BddMarks
{
    private const int CurvePieces = 12;

    /// <summary>The marks of a label, the outline first; none where it has none that can be read. Faults are told.</summary>
    public static List<Mark> Read(JsonElement label, JsonPlace place)
    {
        List<Mark> marks = [];
        if (label.Member("poly2d") is { } outline) marks.AddRange(Outlines(outline, place.Below("poly2d")));
        if (label.Member("rle") is { } rle && Mask(rle, place.Below("rle")) is { } mask) marks.Add(mask);
        if (label.Member("box2d") is { } box && BoxOf(box, place.Below("box2d")) is { } bounds) marks.Add(bounds);
        return marks;
    }

    private static Outline? BoxOf(JsonElement box, JsonPlace place)
    {
        if (place.Numbers(box, "x1", "y1", "x2", "y2") is not { } sides) return null;
        var (width, height) = (sides[2] - sides[0] + 1, sides[3] - sides[1] + 1);
        if (width >= 0 && height >= 0) return new Outline(new Box(sides[0], sides[1], width, height));
        place.Tell(FormattableString.Invariant($"x2 {sides[2]} and y2 {sides[3]} must not lie before x1 {sides[0]} and y1 {sides[1]}."));
        return null;
    }

    private static PixelMask? Mask(JsonElement rle, JsonPlace place)
    {
        if (place.Below("size").List(rle.Member("size"), 2, 2) is not { } size) return null;
        if (size.Any(s => s < 1 || s != Math.Floor(s)) || size[0] * size[1] > int.MaxValue)
        {
            place.Below("size").Tell("height and width in whole pixels above 0 were expected.");
            return null;
        }

        if (rle.Text("counts") is not { } counts)
        {
            place.Below("counts").Tell($"COCO's runs as a text were expected; {rle.Member("counts").Found()} found.");
            return null;
        }

        try
        {
            return new PixelMask(RunLengthMask.Parse((int)size[0], (int)size[1], counts));
        }
        catch (FormatException fault)
        {
            place.Below("counts").Tell($"runs that cover the picture were expected ({fault.Message}).");
            return null;
        }
    }

    /// <summary>Closed ones together, since they are parts of one thing; then open ones.</summary>
    private static List<Mark> Outlines(JsonElement list, JsonPlace place)
    {
        List<IReadOnlyList<Point>> rings = [];
        List<Mark> lines = [];
        if (list.ValueKind != JsonValueKind.Array)
        {
            place.Tell($"a list of outlines was expected; {((JsonElement?)list).Found()} found.");
            return [];
        }

        var index = 0;
        foreach (var each in list.EnumerateArray())
        {
            var at = place.Below(index++);
            var isClosed = each.Flag("closed") ?? true;
            if (Points(each, isClosed, at) is not { } points) continue;
            if (isClosed) rings.Add(points);
            else lines.Add(new Outline(new Polyline(points)));
        }

        if (rings.Count > 0) lines.Insert(0, rings.Count == 1 ? new Outline(new Polygon(rings[0])) : new Rings(rings));
        return lines;
    }

    private static List<Point>? Points(JsonElement outline, bool isClosed, JsonPlace place)
    {
        var least = isClosed ? 3 : 2;
        if (outline.Member("vertices") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() < least)
        {
            place.Below("vertices").Tell($"a list of {least} points or more was expected; {outline.Member("vertices").Found()} found.");
            return null;
        }

        var vertices = new Point[list.GetArrayLength()];
        var at = 0;
        foreach (var each in list.EnumerateArray())
        {
            if (place.Below("vertices").Below(at).List(each, 2, 2) is not { } xy) return null;
            vertices[at++] = new Point(xy[0], xy[1]);
        }

        var types = outline.Text("types") ?? new string('L', vertices.Length);
        if (types.Length == vertices.Length && types.AsSpan().IndexOfAnyExcept('L', 'C') < 0) return Straightened(vertices, types, isClosed);
        place.Below("types").Tell($"L or C for each of {vertices.Length} vertices was expected; {outline.Member("types").Found()} found.");
        return null;
    }

    private static List<Point> Straightened(Point[] vertices, string types, bool isClosed)
    {
        List<Point> points = [vertices[0]];
        for (var i = 1; i < vertices.Length; i++)
        {
            // A curve needs two controls and an end, which of a ring may be its beginning.
            var last = isClosed ? vertices.Length : vertices.Length - 1;
            if (types[i] == 'L' || i + 2 > last)
            {
                points.Add(vertices[i]);
                continue;
            }

            var (from, first, second, to) = (points[^1], vertices[i], vertices[i + 1], vertices[(i + 2) % vertices.Length]);
            var pieces = i + 2 == vertices.Length ? CurvePieces - 1 : CurvePieces;      // the ring closes itself
            for (var p = 1; p <= pieces; p++) points.Add(OnCurve(from, first, second, to, (double)p / CurvePieces));
            i += 2;
        }

        return points;
    }

    private static Point OnCurve(Point a, Point b, Point c, Point d, double t)
    {
        if (t == 1) return d;
        var (u, uu, tt) = (1 - t, (1 - t) * (1 - t), t * t);
        double Mix(double p, double q, double r, double s) => uu * u * p + 3 * uu * t * q + 3 * u * tt * r + tt * t * s;
        return new Point(Mix(a.X, b.X, c.X, d.X), Mix(a.Y, b.Y, c.Y, d.Y));
    }

    /// <summary>Writes the members of a label that say where it is.</summary>
    public static void Write(Utf8JsonWriter json, LabelledObject each)
    {
        IReadOnlyList<Mark> marks = [each.Mark, .. each.OtherMarks];
        foreach (var mark in marks)
        {
            switch (mark)
            {
                case Outline { Geometry: Box box }:
                    json.WriteStartObject("box2d");
                    json.WriteNumber("x1", box.X);
                    json.WriteNumber("y1", box.Y);
                    json.WriteNumber("x2", box.X + box.Width - 1);
                    json.WriteNumber("y2", box.Y + box.Height - 1);
                    json.WriteEndObject();
                    break;
                case PixelMask { Mask: var mask }:
                    json.WriteStartObject("rle");
                    json.WriteString("counts", mask.ToString());
                    json.WriteStartArray("size");
                    json.WriteNumberValue(mask.Height);
                    json.WriteNumberValue(mask.Width);
                    json.WriteEndArray();
                    json.WriteEndObject();
                    break;
            }
        }

        if (!marks.Any(m => m is Rings or Outline { Geometry: Polygon or Polyline })) return;
        json.WriteStartArray("poly2d");
        foreach (var mark in marks)
        {
            if (mark is Rings rings)
                foreach (var ring in rings.Parts) WriteOutline(json, ring, isClosed: true);
            else if (mark is Outline { Geometry: Polygon polygon }) WriteOutline(json, polygon.Points, isClosed: true);
            else if (mark is Outline { Geometry: Polyline line }) WriteOutline(json, line.Points, isClosed: false);
        }

        json.WriteEndArray();
    }

    private static void WriteOutline(Utf8JsonWriter json, IReadOnlyList<Point> points, bool isClosed)
    {
        json.WriteStartObject();
        json.WriteStartArray("vertices");
        foreach (var (x, y) in points)
        {
            json.WriteStartArray();
            json.WriteNumberValue(x);
            json.WriteNumberValue(y);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteString("types", new string('L', points.Count));
        json.WriteBoolean("closed", isClosed);
        json.WriteEndObject();
    }
}
