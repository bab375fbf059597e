using System.Buffers;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Interchange;

namespace Touchstone.Formats.Exchange;

/// <summary>Marks as JSON for whoever draws them.</summary>
public static class MarkDrawing
{
    private const int PointsMax = 400;
    private const int RingsMax = 50;

    /// <summary>One member, named as in answers: <c>box</c>, <c>rotated_box</c>, <c>polygon</c>, <c>polyline</c> or <c>keypoints</c>; <c>polygons</c> for several rings. Masks and ellipses are given as the rings that they fill. Pixels.</summary>
    /// <remarks>Outlines of very many points are given by every so many of them: enough for a screen.</remarks>
    public static JsonElement ToJson(Mark mark)
    {
        mark = Thinned(mark is PixelMask or Ellipse && MarkShapes.RingsOf(mark) is { Count: > 0 } outline ? new Rings(outline) : mark);
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            MarkJson.Write(json, mark);
            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static Mark Thinned(Mark mark) => mark switch
    {
        Outline { Geometry: Polygon polygon } => new Outline(new Polygon(Thinned(polygon.Points))),
        Outline { Geometry: Polyline line } => new Outline(new Polyline(Thinned(line.Points))),
        Rings rings => new Rings([.. rings.Parts.Take(RingsMax).Select(Thinned)]),
        _ => mark,
    };

    private static IReadOnlyList<Point> Thinned(IReadOnlyList<Point> points)
    {
        if (points.Count <= PointsMax) return points;
        var step = (points.Count + PointsMax - 1) / PointsMax;
        return [.. points.Where((_, i) => i % step == 0)];
    }
}
