using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Files.Images;
using Touchstone.Files.Png;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.LabelMe;

/// <summary>LabelMe's shapes.</summary>
internal static class LabelMeShapes
{
    /// <summary>No picture is so large.</summary>
    public const int PixelsMax = 1_000_000_000;

    private const string Description = "description", Visibilities = "visibility";

    private static readonly string[] Own = ["label", "points", "shape_type", "group_id", "flags", Description, "mask", "score", "attributes", Visibilities, "difficult"];

    public static LabelledObject? Read(JsonElement shape, string pointer, (int WidthPx, int HeightPx) size, string file, FaultLog faults)
    {
        if (shape.ValueKind != JsonValueKind.Object)
        {
            faults.Add(file, pointer, $"a shape was expected, {LabelMeFile.Kind(shape)} found.");
            return null;
        }

        if (!JsonTexts.AreUnicode(shape))
        {
            faults.Add(file, pointer, "a text in it is no Unicode.");
            return null;
        }

        if (!shape.TryGetProperty("label", out var label) || label.ValueKind != JsonValueKind.String)
        {
            faults.Add(file, pointer + "/label", $"a text was expected, {LabelMeFile.Kind(label)} found.");
            return null;
        }

        if (Points(shape, pointer, file, faults) is not { } points) return null;
        var type = shape.TryGetProperty("shape_type", out var stated) && stated.ValueKind == JsonValueKind.String ? stated.GetString()! : "polygon";
        if (MarkOf(type, points, shape, pointer, size, file, faults) is not { } mark) return null;
        return new LabelledObject(label.GetString()!, mark)
        {
            Attributes = Attributes(shape),
            Score = shape.TryGetProperty("score", out var score) && score.ValueKind == JsonValueKind.Number && score.TryGetDouble(out var sure) && double.IsFinite(sure) ? sure : null,
        };
    }

    public static void Write(Utf8JsonWriter json, LabelledObject each)
    {
        var (type, points) = Drawn(each.Mark);
        json.WriteStartObject();
        json.WriteString("label", each.Class);
        json.WriteStartArray("points");
        foreach (var (x, y) in points)
        {
            json.WriteStartArray();
            json.WriteNumberValue(x);
            json.WriteNumberValue(y);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        if (HasPlace(each, CommonAttributes.Group, JsonValueKind.Number)) WriteAttribute(json, CommonAttributes.Group, each);
        else json.WriteNull(CommonAttributes.Group);
        if (HasPlace(each, Description, JsonValueKind.String)) WriteAttribute(json, Description, each);
        else json.WriteString(Description, "");
        json.WriteString("shape_type", type);
        LabelMeFile.WriteMembers(json, "flags", each.Attributes.Where(a => a.Value.ValueKind is JsonValueKind.True or JsonValueKind.False));
        if (each.Mark is PixelMask mask) json.WriteBase64String("mask", MaskPictures.Write(MaskCrop.Of(mask.Mask)));
        else json.WriteNull("mask");
        if (each.Score is { } score) json.WriteNumber("score", score);
        var rest = each.Attributes.Where(a => a.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null)
            && !(a.Key == CommonAttributes.Group && HasPlace(each, a.Key, JsonValueKind.Number)) && !(a.Key == Description && HasPlace(each, a.Key, JsonValueKind.String))).ToList();
        if (rest.Count > 0) LabelMeFile.WriteMembers(json, "attributes", rest);
        if (each.Mark is Outline { Geometry: Keypoints keypoints } && keypoints.Points.Any(p => p.Visibility != Visibility.Visible))
        {
            json.WriteStartArray(Visibilities);
            foreach (var point in keypoints.Points) json.WriteNumberValue((int)point.Visibility);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static bool HasPlace(LabelledObject each, string name, JsonValueKind kind) => each.Attributes.TryGetValue(name, out var value) && value.ValueKind == kind;

    private static void WriteAttribute(Utf8JsonWriter json, string name, LabelledObject each)
    {
        json.WritePropertyName(name);
        each.Attributes[name].WriteTo(json);
    }

    private static (string Type, IReadOnlyList<Point> Points) Drawn(Mark mark)
    {
        switch (mark)
        {
            case Outline { Geometry: Box box }:
                return ("rectangle", [new(box.X, box.Y), new(box.Right, box.Bottom)]);
            case Outline { Geometry: Polygon polygon }:
                return ("polygon", polygon.Points);
            case Outline { Geometry: Polyline line }:
                return (line.Points.Count == 2 ? "line" : "linestrip", line.Points);
            case Outline { Geometry: Keypoints points }:
                return (points.Points.Count == 1 ? "point" : "points", [.. points.Points.Select(p => new Point(p.X, p.Y))]);
            case Ellipse circle:
                return ("circle", [new(circle.CentreX, circle.CentreY), new(circle.CentreX + circle.RadiusX, circle.CentreY)]);
            case PixelMask mask:
                var crop = mask.Mask.Area == 0 ? (X: 0, Y: 0, Width: 1, Height: 1) : mask.Mask.Bounds;
                return ("mask", [new(crop.X, crop.Y), new(crop.X + crop.Width - 1, crop.Y + crop.Height - 1)]);
            default:
                throw new InvalidOperationException($"LabelMe has no {mark.Kind}; it should have been narrowed away.");
        }
    }

    private static Mark? MarkOf(string type, List<Point> points, JsonElement shape, string pointer, (int WidthPx, int HeightPx) size, string file, FaultLog faults)
    {
        switch (type)
        {
            case "rectangle" when points.Count >= 2:
                return new Outline(new Polygon(points).Bounds);
            case "polygon" when points.Count >= 3:
                return new Outline(new Polygon(points));
            case "rotation" or "oriented_rectangle" when points.Count == 4:
                return new Outline(TurnedBox(points));
            case "line" or "linestrip" when points.Count >= 2:
                return new Outline(new Polyline(points));
            case "point" or "points" when points.Count >= 1:
                return new Outline(KeypointsOf(points, shape));
            case "circle" when points.Count == 2:
                var radius = Math.Sqrt(Math.Pow(points[1].X - points[0].X, 2) + Math.Pow(points[1].Y - points[0].Y, 2));
                return new Ellipse(points[0].X, points[0].Y, radius, radius);
            case "mask" when points.Count >= 1:
                return MaskOf(points, shape, pointer, size, file, faults);
            case "rectangle" or "polygon" or "rotation" or "oriented_rectangle" or "line" or "linestrip" or "point" or "points" or "circle" or "mask":
                faults.Add(file, pointer + "/points", string.Create(CultureInfo.InvariantCulture, $"a {type} of {points.Count} points is none."));
                return null;
            default:
                faults.Add(file, pointer + "/shape_type", $"rectangle, polygon, circle, line, linestrip, point, points, mask or rotation was expected, \"{(type.Length > 40 ? type[..40] : type)}\" found.");
                return null;
        }
    }

    /// <summary>A box given by its corners in order; a polygon where they are no box's within a pixel.</summary>
    private static ShapeGeometry TurnedBox(List<Point> corners)
    {
        var (a, b, c) = (corners[0], corners[1], corners[2]);
        var box = new RotatedBox(corners.Average(p => p.X), corners.Average(p => p.Y), Length(a, b), Length(b, c), Math.Atan2(b.Y - a.Y, b.X - a.X));
        return box.Corners().Zip(corners).All(p => Length(p.First, p.Second) <= 1) ? box : new Polygon(corners);

        static double Length(Point from, Point to) => Math.Sqrt((to.X - from.X) * (to.X - from.X) + (to.Y - from.Y) * (to.Y - from.Y));
    }

    private static Keypoints KeypointsOf(List<Point> points, JsonElement shape)
    {
        List<int> seen = shape.TryGetProperty(Visibilities, out var stated) && stated.ValueKind == JsonValueKind.Array
            ? [.. stated.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Number && v.TryGetInt32(out var number) && number is >= 0 and <= 2 ? number : 2)] : [];
        return new Keypoints([.. points.Select((p, i) => new Keypoint(p.X, p.Y, i < seen.Count ? (Visibility)seen[i] : Visibility.Visible))]);
    }

    private static PixelMask? MaskOf(List<Point> points, JsonElement shape, string pointer, (int WidthPx, int HeightPx) size, string file, FaultLog faults)
    {
        var pixels = (long)size.WidthPx * size.HeightPx;
        if (pixels == 0 || pixels > ImageLimits.Default.MaxPixels)
        {
            faults.Add(file, pointer, "a mask needs the width and height of its picture in imageWidth and imageHeight.");
            return null;
        }

        if (!shape.TryGetProperty("mask", out var stated) || stated.ValueKind != JsonValueKind.String || !stated.TryGetBytesFromBase64(out var png))
        {
            faults.Add(file, pointer + "/mask", $"a PNG in base64 was expected, {LabelMeFile.Kind(stated)} found.");
            return null;
        }

        try
        {
            using var stream = new MemoryStream(png);
            var crop = MaskPictures.Read(stream, (int)points.Min(p => p.X), (int)points.Min(p => p.Y), pixels);
            if (crop.FitsIn(size.WidthPx, size.HeightPx)) return new PixelMask(crop.InPicture(size.WidthPx, size.HeightPx));
            faults.Add(file, pointer + "/points", string.Create(CultureInfo.InvariantCulture, $"a mask of {crop.Width} x {crop.Height} at {crop.Left}, {crop.Top} must lie within its picture of {size.WidthPx} x {size.HeightPx}."));
        }
        catch (PngFormatException fault)
        {
            faults.Add(file, pointer + "/mask", fault.Message);
        }

        return null;
    }

    private static List<Point>? Points(JsonElement shape, string pointer, string file, FaultLog faults)
    {
        if (!shape.TryGetProperty("points", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            faults.Add(file, pointer + "/points", $"a list of points was expected, {LabelMeFile.Kind(list)} found.");
            return null;
        }

        List<Point> points = [];
        foreach (var pair in list.EnumerateArray())
        {
            if (pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2 && Pixels(pair[0]) is { } x && Pixels(pair[1]) is { } y)
            {
                points.Add(new Point(x, y));
                continue;
            }

            faults.Add(file, string.Create(CultureInfo.InvariantCulture, $"{pointer}/points/{points.Count}"), $"two numbers were expected, {LabelMeFile.Kind(pair)} found.");
            return null;
        }

        return points;
    }

    private static double? Pixels(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && Math.Abs(number) <= PixelsMax ? number : null;

    private static Dictionary<string, JsonElement> Attributes(JsonElement shape)
    {
        Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
        foreach (var member in (ReadOnlySpan<string>)["flags", "attributes"])
            if (shape.TryGetProperty(member, out var said) && said.ValueKind == JsonValueKind.Object)
                foreach (var each in said.EnumerateObject()) attributes[each.Name] = each.Value;
        if (shape.TryGetProperty(CommonAttributes.Group, out var group) && group.ValueKind != JsonValueKind.Null) attributes[CommonAttributes.Group] = group;
        if (shape.TryGetProperty(Description, out var words) && words.ValueKind == JsonValueKind.String && words.GetString()!.Length > 0) attributes[Description] = words;
        if (shape.TryGetProperty("difficult", out var difficult) && difficult.ValueKind == JsonValueKind.True) attributes[CommonAttributes.Difficult] = difficult;
        foreach (var other in shape.EnumerateObject())
            if (!Own.Contains(other.Name) && other.Value.ValueKind != JsonValueKind.Null && !(other.Value.ValueKind == JsonValueKind.Array && other.Value.GetArrayLength() == 0)) attributes.TryAdd(other.Name, other.Value);
        return attributes;
    }
}
