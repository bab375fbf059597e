using System.IO.Compression;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Files.Png;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Supervisely;

/// <summary>Supervisely's figures: rectangle, polygon, line, point and bitmap.</summary>
/// <remarks>A bitmap is a PNG, deflated once more (zlib) and in base64; its first pixel lies at <c>origin</c>. What is not black and not transparent is inside.</remarks>
internal static class SuperviselyFigures
{
    /// <summary>No picture has longer sides.</summary>
    public const int SideMaxPx = 1 << 20;

    private const int BitmapPixelsMax = 1 << 26;
    private const int TimesPacked = 64;                     // a PNG hardly grows by packing it again: what unpacks to more is no bitmap

    /// <returns>Null where it cannot be read, which is told.</returns>
    public static Mark? Read(JsonElement figure, (int WidthPx, int HeightPx) size, JsonPlace place)
    {
        switch (figure.Text("geometryType"))
        {
            case "rectangle":
                return Corners(figure, place) is { } box ? new Outline(box) : null;
            case "polygon":
                return Points(figure, place, 3) is { } ring ? new Outline(new Polygon(Cut(ring, figure, place))) : null;
            case "line" or "polyline":
                return Points(figure, place, 2) is { } line ? new Outline(new Polyline(line)) : null;
            case "point":
                return Points(figure, place, 1) is { } point ? new Outline(new Keypoints([new Keypoint(point[0].X, point[0].Y, Visibility.Visible)])) : null;
            case "bitmap":
                return Bitmap(figure, size, place);
            default:
                place.Below("geometryType").Tell($"rectangle, polygon, line, point or bitmap was expected; {figure.Member("geometryType").Found()} found.");
                return null;
        }
    }

    private static Box? Corners(JsonElement figure, JsonPlace place)
    {
        if (Points(figure, place, 2) is not { } corners) return null;
        var (left, width) = Side(corners, p => p.X);
        var (top, height) = Side(corners, p => p.Y);
        return new Box(left, top, width, height);
    }

    /// <summary>Of two corners the second is the last pixel, which lies before the first one's where a box is narrower than a pixel. Corners in another order, or four, are taken by their extent.</summary>
    private static (double First, double Length) Side(Point[] corners, Func<Point, double> of)
    {
        var (first, last) = (of(corners[0]), of(corners[1]));
        if (corners.Length > 2 || last < first - 1) (first, last) = (corners.Min(of), corners.Max(of));
        return (first, last - first + 1);
    }

    private static Point[]? Points(JsonElement figure, JsonPlace place, int least) =>
        PointsOf(figure.Member("points")?.Member("exterior"), place.Below("points").Below("exterior"), least);

    private static Point[]? PointsOf(JsonElement? value, JsonPlace place, int least)
    {
        if (value is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() < least)
        {
            place.Tell($"a list of {least} points or more was expected; {value.Found()} found.");
            return null;
        }

        var points = new Point[list.GetArrayLength()];
        var at = 0;
        foreach (var each in list.EnumerateArray())
        {
            if (place.Below(at).List(each, 2, 2) is not { } xy) return null;
            points[at++] = new Point(xy[0], xy[1]);
        }

        return points;
    }

    /// <summary>One ring of an outline and its holes, each joined to it by a cut of no width. Holes run the other way around, so that they are outside by either rule of filling.</summary>
    private static List<Point> Cut(Point[] ring, JsonElement figure, JsonPlace place)
    {
        List<Point> all = [.. ring];
        var (index, isClockwise) = (0, IsClockwise(ring));
        foreach (var interior in figure.Member("points")?.Items("interior") ?? [])
        {
            if (PointsOf(interior, place.Below("points").Below("interior").Below(index++), 3) is not { } hole) continue;
            if (IsClockwise(hole) == isClockwise) Array.Reverse(hole);
            var (from, nearest) = (0, double.PositiveInfinity);
            for (var i = 0; i < all.Count; i++)
            {
                var (dx, dy) = (all[i].X - hole[0].X, all[i].Y - hole[0].Y);
                if (dx * dx + dy * dy < nearest) (from, nearest) = (i, dx * dx + dy * dy);
            }

            all.InsertRange(from + 1, [.. hole, hole[0], all[from]]);
        }

        return all;
    }

    private static bool IsClockwise(Point[] ring)
    {
        var twice = 0.0;
        for (var i = 0; i < ring.Length; i++)
        {
            var (a, b) = (ring[i], ring[(i + 1) % ring.Length]);
            twice += a.X * b.Y - b.X * a.Y;
        }

        return twice > 0;
    }

    private static PixelMask? Bitmap(JsonElement figure, (int WidthPx, int HeightPx) size, JsonPlace place)
    {
        var bitmap = figure.Member("bitmap") ?? default;
        var at = place.Below("bitmap");
        if (at.Below("origin").List(bitmap.Member("origin"), 2, 2) is not { } origin) return null;
        if (origin.Any(o => o < 0 || o != Math.Floor(o) || o > SideMaxPx) || size.WidthPx == 0 || size.HeightPx == 0)
        {
            at.Below("origin").Tell("a first pixel within a picture of known size was expected.");
            return null;
        }

        if (bitmap.Member("data") is not { ValueKind: JsonValueKind.String } data || !data.TryGetBytesFromBase64(out var packed))
        {
            at.Below("data").Tell($"a text in base64 was expected; {bitmap.Member("data").Found()} found.");
            return null;
        }

        try
        {
            using var png = new MemoryStream(Unpacked(packed));
            var crop = MaskPictures.Read(png, (int)origin[0], (int)origin[1], Math.Min(BitmapPixelsMax, (long)size.WidthPx * size.HeightPx));
            if (crop.FitsIn(size.WidthPx, size.HeightPx)) return new PixelMask(crop.InPicture(size.WidthPx, size.HeightPx));
            at.Tell(FormattableString.Invariant($"a bitmap of {crop.Width} x {crop.Height} pixels at {crop.Left}, {crop.Top} leaves the picture of {size.WidthPx} x {size.HeightPx}."));
        }
        catch (Exception fault) when (fault is PngFormatException or InvalidDataException)
        {
            at.Below("data").Tell($"a packed PNG was expected ({fault.Message}).");
        }

        return null;
    }

    /// <exception cref="InvalidDataException">It is no zlib stream, or unpacks to many times its size.</exception>
    private static byte[] Unpacked(byte[] packed)
    {
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        var buffer = new byte[Math.Max(1 << 10, 2 * packed.Length)];
        var length = 0;
        while (zlib.Read(buffer, length, buffer.Length - length) is > 0 and var got)
        {
            length += got;
            if (length < buffer.Length) continue;
            if (length > (1 << 12) + (long)TimesPacked * packed.Length) throw new InvalidDataException($"it unpacks to more than {TimesPacked} times its size");
            Array.Resize(ref buffer, 2 * length);
        }

        return buffer[..length];
    }

    /// <summary>Writes the members of a figure.</summary>
    /// <returns>Its type.</returns>
    public static string Write(Utf8JsonWriter json, Mark mark)
    {
        if (mark is PixelMask { Mask: var mask })
        {
            var crop = MaskCrop.Of(mask);
            json.WriteString("geometryType", "bitmap");
            json.WriteStartObject("bitmap");
            json.WriteString("data", Convert.ToBase64String(Packed(MaskPictures.Write(crop))));
            json.WriteStartArray("origin");
            json.WriteNumberValue(crop.Left);
            json.WriteNumberValue(crop.Top);
            json.WriteEndArray();
            json.WriteEndObject();
            return "bitmap";
        }

        var (type, points) = Drawn(((Outline)mark).Geometry);
        json.WriteString("geometryType", type);
        json.WriteStartObject("points");
        json.WriteStartArray("exterior");
        foreach (var (x, y) in points)
        {
            json.WriteStartArray();
            json.WriteNumberValue(x);
            json.WriteNumberValue(y);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("interior");
        json.WriteEndArray();
        json.WriteEndObject();
        return type;
    }

    private static byte[] Packed(byte[] png)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(png);
        return packed.ToArray();
    }

    private static (string Type, IReadOnlyList<Point> Points) Drawn(ShapeGeometry geometry) => geometry switch
    {
        Box b => ("rectangle", [new(b.X, b.Y), new(b.X + b.Width - 1, b.Y + b.Height - 1)]),
        Polygon polygon => ("polygon", polygon.Points),
        Polyline line => ("line", line.Points),
        Keypoints points => ("point", [new(points.Points[0].X, points.Points[0].Y)]),
        _ => throw new InvalidOperationException($"Supervisely has no {geometry.Kind}; it should have been narrowed away."),
    };
}
