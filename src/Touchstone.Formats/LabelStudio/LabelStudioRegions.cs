using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.LabelStudio;

/// <summary>Marks of regions. Places are in percent of the picture's width and height.</summary>
/// <remarks>
/// A rectangle's x and y are the top left corner of the box as it is before it is turned, and it is turned about that corner, in degrees clockwise; an ellipse is turned about its
/// centre, and its radii are percents of width and height. labelstud.io: tags/rectanglelabels, guide/export, "Units of image annotations".
/// </remarks>
internal static class LabelStudioRegions
{
    /// <summary>Types of results that mark a place, without "labels" at the end.</summary>
    private static readonly Dictionary<string, Func<JsonElement, (int Width, int Height), ResultPlace, Mark?>> Readers = new(StringComparer.Ordinal)
    {
        ["rectangle"] = Rectangle,
        ["polygon"] = (value, size, place) => Line(value, "points", isClosedByDefault: true, size, place),
        ["polyline"] = (value, size, place) => Line(value, "points", isClosedByDefault: false, size, place),
        ["vector"] = (value, size, place) => Line(value, "vertices", isClosedByDefault: false, size, place),
        ["keypoint"] = Keypoint,
        ["ellipse"] = EllipseOf,
        ["brush"] = Brush,
    };

    /// <summary>"rectangle" of "rectanglelabels"; null where the type marks no place in a picture.</summary>
    public static string? ShapeOf(string type)
    {
        var shape = type.EndsWith("labels", StringComparison.Ordinal) ? type[..^"labels".Length] : type;
        return Readers.ContainsKey(shape) ? shape : null;
    }

    /// <returns>Null where the value is no such mark, which is told.</returns>
    public static Mark? Read(string shape, JsonElement value, (int Width, int Height)? size, ResultPlace place)
    {
        if (size is { } known) return Readers[shape](value, known, place);
        place.Tell($"percents of a {shape} need original_width and original_height, and neither the result nor the picture tells them.");
        return null;
    }

    public static Outline? Rectangle(JsonElement value, (int Width, int Height) size, ResultPlace place)
    {
        if (Numbers(value, place, "x", "y", "width", "height") is not [var x, var y, var width, var height]) return null;
        if (width < 0 || height < 0)
        {
            place.Tell(FormattableString.Invariant($"width {width} and height {height} must not be negative."));
            return null;
        }

        var (left, top, w, h) = (x / 100 * size.Width, y / 100 * size.Height, width / 100 * size.Width, height / 100 * size.Height);
        var angle = (value.Number("rotation") ?? 0) * Math.PI / 180;
        if (angle == 0) return new Outline(new Box(left, top, w, h));
        var (sin, cos) = Math.SinCos(angle);
        return new Outline(new RotatedBox(left + (w * cos - h * sin) / 2, top + (w * sin + h * cos) / 2, w, h, angle));
    }

    private static Ellipse? EllipseOf(JsonElement value, (int Width, int Height) size, ResultPlace place)
    {
        if (Numbers(value, place, "x", "y", "radiusX", "radiusY") is not [var x, var y, var radiusX, var radiusY]) return null;
        return new Ellipse(x / 100 * size.Width, y / 100 * size.Height, radiusX / 100 * size.Width, radiusY / 100 * size.Height, (value.Number("rotation") ?? 0) * Math.PI / 180);
    }

    private static Outline? Keypoint(JsonElement value, (int Width, int Height) size, ResultPlace place) =>
        Numbers(value, place, "x", "y") is [var x, var y] ? new Outline(new Keypoints([new Keypoint(x / 100 * size.Width, y / 100 * size.Height, Visibility.Visible)])) : null;

    private static Outline? Line(JsonElement value, string member, bool isClosedByDefault, (int Width, int Height) size, ResultPlace place)
    {
        List<Point> points = [];
        foreach (var point in value.Items(member))
        {
            if (PointOf(point) is not { } found || point.Flag("isBezier") == true)
            {
                place.Below("value").Below(member).Below(points.Count).Tell($"a corner was expected, two numbers; {((JsonElement?)point).Found()} found{(point.Flag("isBezier") == true ? ", a curve" : "")}.");
                return null;
            }

            points.Add(new Point(found.X / 100 * size.Width, found.Y / 100 * size.Height));
        }

        var isClosed = value.Flag("closed") ?? isClosedByDefault;
        if (points.Count >= (isClosed ? 3 : 2)) return isClosed ? new Outline(new Polygon(points)) : new Outline(new Polyline(points));
        place.Below("value").Below(member).Tell($"{(isClosed ? "3 corners or more make a polygon" : "2 points or more make a line")}; {points.Count} found.");
        return null;
    }

    private static Point? PointOf(JsonElement point)
    {
        if (point.ValueKind == JsonValueKind.Array && point.GetArrayLength() == 2 && point[0].AsNumber() is { } first && point[1].AsNumber() is { } second) return new Point(first, second);
        return point.Number("x") is { } x && point.Number("y") is { } y ? new Point(x, y) : null;
    }

    private static PixelMask? Brush(JsonElement value, (int Width, int Height) size, ResultPlace place)
    {
        if (value.Member("rle") is not { ValueKind: JsonValueKind.Array } rle)
        {
            place.Below("value").Tell($"a brush has a list \"rle\"; {value.Member("rle").Found()} found.");
            return null;
        }

        var bytes = new byte[rle.GetArrayLength()];
        var at = 0;
        foreach (var item in rle.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetByte(out bytes[at]))
            {
                place.Below("value").Below("rle").Below(at).Tell($"a byte was expected; {((JsonElement?)item).Found()} found.");
                return null;
            }

            at++;
        }

        try
        {
            return new PixelMask(BrushRle.Decode(bytes, size.Height, size.Width));
        }
        catch (FormatException fault)
        {
            place.Below("value").Below("rle").Tell(fault.Message);
            return null;
        }
    }

    /// <summary>A stretch of text. Offsets are code points, as selection-tools.js counts them; where the result brings the words themselves and only UTF-16 units fit them, as older programs wrote, those are taken.</summary>
    public static TextSpan? Span(JsonElement value, string? text, ResultPlace place)
    {
        var offsets = value.Member("globalOffsets") ?? value;
        if (offsets.Number("start") is not { } from || offsets.Number("end") is not { } to || from < 0 || to < from || from != Math.Floor(from) || to != Math.Floor(to) || to > int.MaxValue)
        {
            place.Below("value").Tell($"start and end of a stretch of text were expected; {offsets.Member("start").Found()} and {offsets.Member("end").Found()} found.");
            return null;
        }

        var span = new TextSpan((long)from, (long)to);
        if (text is null) return span;
        var words = value.Text("text");
        if (words is not null && CodePoints.Between(text, span.Start, span.End) != words && to <= text.Length && text.AsSpan((int)from, (int)(to - from)).SequenceEqual(words))
            return new TextSpan(CodePoints.Count(text.AsSpan(0, (int)from)), CodePoints.Count(text.AsSpan(0, (int)to)));
        if (CodePoints.Units(text, span.End) is not null) return span;
        place.Below("value").Tell($"end {to} lies behind the text, which has {CodePoints.Count(text)} code points.");
        return null;
    }

    private static double[]? Numbers(JsonElement value, ResultPlace place, params ReadOnlySpan<string> names)
    {
        var numbers = new double[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            if (value.Number(names[i]) is { } number)
            {
                numbers[i] = number;
                continue;
            }

            place.Below("value").Below(names[i]).Tell($"a number was expected; {value.Member(names[i]).Found()} found.");
            return null;
        }

        return numbers;
    }
}
