using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.LabelStudio;

/// <summary>Writes the values of regions; the other way round than <see cref="LabelStudioRegions"/>.</summary>
internal static class LabelStudioRegionWriter
{
    /// <summary>The member of a result's <c>meta</c> for what Label Studio has no place for; its editor keeps it.</summary>
    public const string Own = "touchstone";

    /// <summary>The type without "labels", and whether the mark stands in a text.</summary>
    public static string ShapeOf(Mark mark) => mark switch
    {
        Outline { Geometry: Box or RotatedBox } => "rectangle",
        Outline { Geometry: Polygon } => "polygon",
        Outline { Geometry: Polyline } => "vector",
        Outline { Geometry: Keypoints } => "keypoint",
        Ellipse => "ellipse",
        PixelMask => "brush",
        TextSpan => "",
        _ => throw new InvalidOperationException($"Label Studio has no {mark.Kind}: narrow samples before they are written."),
    };

    public static void Write(Utf8JsonWriter json, Mark mark, (int Width, int Height) size, string? text)
    {
        switch (mark)
        {
            case Outline { Geometry: Box or RotatedBox }:
                WriteRectangle(json, mark, size);
                break;
            case Outline { Geometry: Polygon polygon }:
                WriteRing(json, polygon.Points, size);
                break;
            case Outline { Geometry: Polyline line }:
                WriteLine(json, line.Points, size);
                break;
            case Outline { Geometry: Keypoints { Points: [var point] } }:
                WriteKeypoint(json, point, size);
                break;
            case Ellipse ellipse:
                json.WriteNumber("x", ellipse.CentreX / size.Width * 100);
                json.WriteNumber("y", ellipse.CentreY / size.Height * 100);
                json.WriteNumber("radiusX", ellipse.RadiusX / size.Width * 100);
                json.WriteNumber("radiusY", ellipse.RadiusY / size.Height * 100);
                json.WriteNumber("rotation", ellipse.Angle * 180 / Math.PI);
                break;
            case PixelMask mask:
                json.WriteString("format", "rle");
                json.WriteStartArray("rle");
                foreach (var value in BrushRle.Encode(mask.Mask)) json.WriteNumberValue(value);
                json.WriteEndArray();
                break;
            case TextSpan span:
                json.WriteNumber("start", span.Start);
                json.WriteNumber("end", span.End);
                if (text is not null && CodePoints.Between(text, span.Start, span.End) is { } words) json.WriteString("text", words);
                break;
        }
    }

    public static void WriteRectangle(Utf8JsonWriter json, Mark mark, (int Width, int Height) size)
    {
        var (left, top, width, height, angle) = ((Outline)mark).Geometry switch
        {
            RotatedBox box when box.Corners()[0] is var corner => (corner.X, corner.Y, box.Width, box.Height, box.Angle),
            Box box => (box.X, box.Y, box.Width, box.Height, 0.0),
            _ => throw new InvalidOperationException("Only boxes are rectangles."),
        };
        json.WriteNumber("x", left / size.Width * 100);
        json.WriteNumber("y", top / size.Height * 100);
        json.WriteNumber("width", width / size.Width * 100);
        json.WriteNumber("height", height / size.Height * 100);
        json.WriteNumber("rotation", angle * 180 / Math.PI);
    }

    public static void WriteKeypoint(Utf8JsonWriter json, Keypoint point, (int Width, int Height) size)
    {
        json.WriteNumber("x", point.X / size.Width * 100);
        json.WriteNumber("y", point.Y / size.Height * 100);
        json.WriteNumber("width", 0.2);
    }

    private static void WriteRing(Utf8JsonWriter json, IReadOnlyList<Point> points, (int Width, int Height) size)
    {
        json.WriteStartArray("points");
        foreach (var (x, y) in points)
        {
            json.WriteStartArray();
            json.WriteNumberValue(x / size.Width * 100);
            json.WriteNumberValue(y / size.Height * 100);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteBoolean("closed", true);
    }

    private static void WriteLine(Utf8JsonWriter json, IReadOnlyList<Point> points, (int Width, int Height) size)
    {
        json.WriteStartArray("vertices");
        for (var i = 0; i < points.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("id", $"v{i}");
            if (i == 0) json.WriteNull("prevPointId");
            else json.WriteString("prevPointId", $"v{i - 1}");
            json.WriteNumber("x", points[i].X / size.Width * 100);
            json.WriteNumber("y", points[i].Y / size.Height * 100);
            json.WriteBoolean("isBezier", false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("closed", false);
    }
}
