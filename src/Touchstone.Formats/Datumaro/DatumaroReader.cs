using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;
using Touchstone.Files.Images;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using static Touchstone.Formats.Datumaro.DatumaroCategories;

namespace Touchstone.Formats.Datumaro;

/// <summary>Reads the items of one file.</summary>
internal sealed class DatumaroReader(DatasetSource source, string file, IReadOnlyList<ObjectClass> classes, FaultLog faults)
{
    private const double NumberMax = 1e9;

    private readonly string? _split = Path.GetFileNameWithoutExtension(file) is var name && name == DatumaroFormat.NoSplit ? null : name;

    public Sample? Read(JsonElement item, int index)
    {
        var pointer = FormattableString.Invariant($"/items/{index}");
        if (item.ValueKind != JsonValueKind.Object || !JsonTexts.AreUnicode(item))
        {
            faults.Add(file, pointer, "an item whose texts are Unicode was expected.");
            return null;
        }

        var image = Member(item, "image") is { ValueKind: JsonValueKind.Object } old ? old : Member(item, "media");
        var path = Text(image, "path");
        var picture = path.Length > 0 ? path : Text(item, "id");
        if (picture.Length == 0)
        {
            faults.Add(file, pointer + "/id", "an id or the path of an image was expected.");
            return null;
        }

        var size = List(Member(image, "size")).Select(Whole).ToList() is [{ } height and > 0, { } width and > 0, ..] ? (width, height) : source.SizeOf(picture) ?? (0, 0);
        Dictionary<string, JsonElement> answers = new(StringComparer.Ordinal);
        List<string> labels = [];
        List<LabelledObject> objects = [];
        var position = 0;
        foreach (var annotation in List(Member(item, "annotations")))
        {
            var at = FormattableString.Invariant($"{pointer}/annotations/{position++}");
            switch (Text(annotation, "type"))
            {
                case "label":
                    if (Class(annotation, at) is not { } label) break;
                    if (!labels.Contains(label)) labels.Add(label);
                    foreach (var (attribute, value) in Members(Member(annotation, "attributes"))) answers[$"{DatumaroFormat.Labels}.{label}.{attribute}"] = value;
                    break;
                case "caption":
                    answers[DatumaroFormat.Caption] = JsonSerializer.SerializeToElement(Text(annotation, "caption"));
                    break;
                default:
                    if (Object(annotation, at, size) is { } each) objects.Add(each);
                    break;
            }
        }

        if (labels.Count > 0) answers.Add(DatumaroFormat.Labels, JsonSerializer.SerializeToElement(labels));
        return new Sample { Name = picture, Split = _split, WidthPx = size.Item1, HeightPx = size.Item2, Facts = Members(Member(item, "attr")), Opinions = [new Opinion { Objects = objects, Answers = answers }] };
    }

    private LabelledObject? Object(JsonElement annotation, string pointer, (int WidthPx, int HeightPx) size)
    {
        if (MarkOf(annotation, pointer, size) is not { } mark || Class(annotation, pointer) is not { } label) return null;
        var attributes = Members(Member(annotation, "attributes"));
        double? score = attributes.TryGetValue("score", out var stated) && stated.ValueKind == JsonValueKind.Number && stated.TryGetDouble(out var sure) && double.IsFinite(sure) ? sure : null;
        if (score is not null) attributes.Remove("score");
        if (Whole(Member(annotation, "z_order")) is { } order and not 0) attributes[CommonAttributes.Order] = JsonSerializer.SerializeToElement(order);
        if (Whole(Member(annotation, "group")) is { } group and not 0) attributes[CommonAttributes.Group] = JsonSerializer.SerializeToElement(group);
        return new LabelledObject(label, mark) { Attributes = attributes, Score = score, Id = Whole(Member(annotation, "id")) is { } id and not 0 ? FormattableString.Invariant($"{id}") : null };
    }

    private Mark? MarkOf(JsonElement annotation, string pointer, (int WidthPx, int HeightPx) size)
    {
        switch (Text(annotation, "type"))
        {
            case "bbox" when Numbers(annotation, "bbox") is [var x, var y, var width and >= 0, var height and >= 0]:
                return new Outline(new Box(x, y, width, height));
            case "rotated_bbox" when (Numbers(annotation, "rotated_bbox") ?? Numbers(annotation, "bbox")) is [var x, var y, var width and >= 0, var height and >= 0, var degrees]:
                return new Outline(new RotatedBox(x, y, width, height, degrees * Math.PI / 180));
            case "polygon" when Points(annotation) is { Count: >= 3 } ring:
                return new Outline(new Polygon(ring));
            case "polyline" when Points(annotation) is { Count: >= 2 } line:
                return new Outline(new Polyline(line));
            case "points" when Points(annotation) is { Count: >= 1 } points:
                var seen = List(Member(annotation, "visibility")).Select(Whole).ToList();
                return new Outline(new Keypoints([.. points.Select((p, i) => new Keypoint(p.X, p.Y, i < seen.Count && seen[i] is { } v and >= 0 and <= 2 ? (Visibility)v : Visibility.Visible))]));
            case "ellipse" when Numbers(annotation, "points") is [var left, var top, var right, var bottom] && right >= left && bottom >= top:
                return new Ellipse((left + right) / 2, (top + bottom) / 2, (right - left) / 2, (bottom - top) / 2);
            case "mask":
                return Mask(Member(annotation, "rle"), pointer, size);
            case "bbox" or "rotated_bbox" or "polygon" or "polyline" or "points" or "ellipse":
                faults.Add(file, pointer, $"the numbers of a {Text(annotation, "type")} were expected.");
                return null;
            default:
                faults.Add(file, pointer + "/type", $"label, caption, bbox, rotated_bbox, polygon, polyline, points, ellipse or mask was expected, \"{(Text(annotation, "type") is { Length: > 40 } text ? text[..40] : Text(annotation, "type"))}\" found.");
                return null;
        }
    }

    private PixelMask? Mask(JsonElement rle, string pointer, (int WidthPx, int HeightPx) size)
    {
        if (List(Member(rle, "size")).Select(Whole).ToList() is not [{ } height and > 0, { } width and > 0] || (long)width * height > ImageLimits.Default.MaxPixels || size.WidthPx > 0 && size != (width, height))
        {
            faults.Add(file, pointer + "/rle/size", "the height and width of the picture were expected.");
            return null;
        }

        try
        {
            return new PixelMask(RunLengthMask.Parse(height, width, Text(rle, "counts")));
        }
        catch (FormatException fault)
        {
            faults.Add(file, pointer + "/rle/counts", fault.Message);
            return null;
        }
    }

    /// <summary>The class by its position; an object without one has the class "".</summary>
    private string? Class(JsonElement annotation, string pointer)
    {
        var stated = Member(annotation, "label_id");
        if (stated.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return "";
        if (Whole(stated) is { } at && at >= 0 && at < classes.Count) return classes[at].Name;
        faults.Add(file, pointer + "/label_id", $"the position of one of {classes.Count} labels was expected.");
        return null;
    }

    private static List<Point>? Points(JsonElement annotation)
    {
        if (Numbers(annotation, "points") is not { } numbers || numbers.Count % 2 != 0) return null;
        List<Point> points = new(numbers.Count / 2);
        for (var i = 0; i < numbers.Count; i += 2) points.Add(new Point(numbers[i], numbers[i + 1]));
        return points;
    }

    private static List<double>? Numbers(JsonElement annotation, string name)
    {
        if (Member(annotation, name) is not { ValueKind: JsonValueKind.Array } list) return null;
        List<double> numbers = new(list.GetArrayLength());
        foreach (var each in list.EnumerateArray())
        {
            if (each.ValueKind != JsonValueKind.Number || !each.TryGetDouble(out var number) || !(Math.Abs(number) <= NumberMax)) return null;
            numbers.Add(number);
        }

        return numbers;
    }

    private static Dictionary<string, JsonElement> Members(JsonElement value)
    {
        Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
        if (value.ValueKind == JsonValueKind.Object)
            foreach (var each in value.EnumerateObject()) members[each.Name] = each.Value;
        return members;
    }
}
