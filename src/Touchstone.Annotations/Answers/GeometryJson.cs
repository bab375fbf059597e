using System.Text.Json;
using Touchstone.Annotations.Geometry;

namespace Touchstone.Annotations.Answers;

/// <summary>Reads geometries from JSON that was found valid, and writes them in canonical form.</summary>
internal static class GeometryJson
{
    private const int PixelDecimals = 3;
    private const int AngleDecimals = 6;

    public static ShapeGeometry ReadBox(JsonElement value) => new Box(Number(value, "x"u8), Number(value, "y"u8), Number(value, "width"u8), Number(value, "height"u8));

    public static void WriteBox(Utf8JsonWriter writer, ShapeGeometry geometry)
    {
        var box = (Box)geometry;
        writer.WriteStartObject();
        WritePixels(writer, "x"u8, box.X);
        WritePixels(writer, "y"u8, box.Y);
        WritePixels(writer, "width"u8, box.Width);
        WritePixels(writer, "height"u8, box.Height);
        writer.WriteEndObject();
    }

    public static ShapeGeometry ReadRotatedBox(JsonElement value) =>
        new RotatedBox(Number(value, "cx"u8), Number(value, "cy"u8), Number(value, "width"u8), Number(value, "height"u8), Number(value, "angle"u8));

    public static void WriteRotatedBox(Utf8JsonWriter writer, ShapeGeometry geometry)
    {
        var box = (RotatedBox)geometry;
        writer.WriteStartObject();
        WritePixels(writer, "cx"u8, box.CentreX);
        WritePixels(writer, "cy"u8, box.CentreY);
        WritePixels(writer, "width"u8, box.Width);
        WritePixels(writer, "height"u8, box.Height);
        writer.WriteNumber("angle"u8, Rounded(box.Angle, AngleDecimals));
        writer.WriteEndObject();
    }

    public static ShapeGeometry ReadPolygon(JsonElement value) => new Polygon(ReadPoints(value));

    public static void WritePolygon(Utf8JsonWriter writer, ShapeGeometry geometry) => WritePoints(writer, ((Polygon)geometry).Points);

    public static ShapeGeometry ReadPolyline(JsonElement value) => new Polyline(ReadPoints(value));

    public static void WritePolyline(Utf8JsonWriter writer, ShapeGeometry geometry) => WritePoints(writer, ((Polyline)geometry).Points);

    public static ShapeGeometry ReadKeypoints(JsonElement value)
    {
        var points = new Keypoint[value.GetArrayLength()];
        var i = 0;
        foreach (var item in value.EnumerateArray()) points[i++] = new Keypoint(item[0].GetDouble(), item[1].GetDouble(), (Visibility)item[2].GetDouble());
        return new Keypoints(points);
    }

    public static void WriteKeypoints(Utf8JsonWriter writer, ShapeGeometry geometry)
    {
        writer.WriteStartArray();
        foreach (var point in ((Keypoints)geometry).Points)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(Rounded(point.X, PixelDecimals));
            writer.WriteNumberValue(Rounded(point.Y, PixelDecimals));
            writer.WriteNumberValue((int)point.Visibility);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static Point[] ReadPoints(JsonElement value)
    {
        var points = new Point[value.GetArrayLength()];
        var i = 0;
        foreach (var item in value.EnumerateArray()) points[i++] = new Point(item[0].GetDouble(), item[1].GetDouble());
        return points;
    }

    private static void WritePoints(Utf8JsonWriter writer, IReadOnlyList<Point> points)
    {
        writer.WriteStartArray();
        foreach (var point in points)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(Rounded(point.X, PixelDecimals));
            writer.WriteNumberValue(Rounded(point.Y, PixelDecimals));
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static double Number(JsonElement value, ReadOnlySpan<byte> name) => value.GetProperty(name).GetDouble();

    private static void WritePixels(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double value) => writer.WriteNumber(name, Rounded(value, PixelDecimals));

    /// <summary>Rounded, with no negative zero, so that equal numbers have equal bytes.</summary>
    private static double Rounded(double value, int decimals) => Math.Round(value, decimals) + 0.0;
}
