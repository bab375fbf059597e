using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Cityscapes;

/// <summary>A <c>_gtFine_polygons.json</c>: what annotators drew, from the farthest to the nearest.</summary>
internal static class CityscapesPolygons
{
    private const int FileMaxBytes = 1 << 28;

    /// <summary>The size and the objects; null where the file is none of these, which is told. Objects that were deleted are not there.</summary>
    public static (int WidthPx, int HeightPx, List<LabelledObject> Objects)? Read(DatasetSource source, string file, FaultLog faults)
    {
        if (Parse(source, file, faults) is not { } root) return null;
        var place = new JsonPlace(file, "", "", faults);
        int Side(string name)
        {
            if (root.Whole(name) is { } side and > 0) return side;
            place.Below(name).Tell($"a whole number above 0 was expected; {root.Member(name).Found()} found.");
            return 0;
        }

        var (width, height) = (Side("imgWidth"), Side("imgHeight"));
        List<LabelledObject> objects = [];
        if (root.Member("objects") is not { ValueKind: JsonValueKind.Array } list) place.Below("objects").Tell($"a list was expected; {root.Member("objects").Found()} found.");
        else
        {
            var index = 0;
            foreach (var each in list.EnumerateArray())
                if (Object(each, index, place.Below("objects").Below(index++)) is { } one) objects.Add(one);
        }

        return (width, height, objects);
    }

    private static JsonElement? Parse(DatasetSource source, string file, FaultLog faults)
    {
        using var stream = source.OpenRead(file);
        if (stream.Length > FileMaxBytes)
        {
            faults.Add(file, "", $"the file has {stream.Length} bytes; at most {FileMaxBytes} were expected.");
            return null;
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        try
        {
            if (JsonText.IsUnicode(bytes) && JsonElement.Parse(bytes) is { ValueKind: JsonValueKind.Object } root) return root;
            faults.Add(file, "", "an object in Unicode was expected.");
        }
        catch (JsonException fault)
        {
            faults.Add(file, $"line {fault.LineNumber + 1}", $"this is no JSON ({fault.Message.Split(" LineNumber")[0].TrimEnd('.')}), at byte {fault.BytePositionInLine + 1}.");
        }

        return null;
    }

    private static LabelledObject? Object(JsonElement each, int index, JsonPlace place)
    {
        if (each.Flag("deleted") == true || each.Number("deleted") is not null and not 0) return null;
        if (each.Text("label") is not { Length: > 0 } label)
        {
            place.Below("label").Tell($"the name of a class was expected; {each.Member("label").Found()} found.");
            return null;
        }

        if (each.Member("polygon") is not { ValueKind: JsonValueKind.Array } corners || corners.GetArrayLength() < 3)
        {
            place.Below("polygon").Tell($"a list of 3 or more corners was expected; {each.Member("polygon").Found()} found.");
            return null;
        }

        List<Point> points = new(corners.GetArrayLength());
        foreach (var corner in corners.EnumerateArray())
        {
            if (place.Below("polygon").Below(points.Count).List(corner, 2, 2) is not [var x, var y]) return null;
            points.Add(new Point(x, y));
        }

        var (name, isGroup) = CityscapesClasses.Parse(label);
        return new LabelledObject(name, new Outline(new Polygon(points)))
        {
            Id = each.Id("id") ?? index.ToString(CultureInfo.InvariantCulture),
            Attributes = isGroup ? new Dictionary<string, JsonElement> { [CommonAttributes.Crowd] = JsonValues.True } : Sample.Empty,
        };
    }

    /// <summary>Writes the objects in their order.</summary>
    public static async Task WriteAsync(DatasetTarget target, string file, int width, int height, IReadOnlyList<LabelledObject> objects, CancellationToken cancellationToken)
    {
        await using var stream = target.Create(file);
        await using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("imgHeight"u8, height);
        json.WriteNumber("imgWidth"u8, width);
        json.WriteStartArray("objects"u8);
        foreach (var each in objects)
        {
            json.WriteStartObject();
            json.WriteString("label"u8, IsGroup(each) ? each.Class + "group" : each.Class);
            json.WriteStartArray("polygon"u8);
            foreach (var point in ((Polygon)((Outline)each.Mark).Geometry).Points)
            {
                json.WriteStartArray();
                json.WriteNumberValue(point.X);
                json.WriteNumberValue(point.Y);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }

    /// <summary>Whether it is a region of many that nobody told apart, of a class that is told apart elsewhere.</summary>
    public static bool IsGroup(LabelledObject each) =>
        each.Attributes.TryGetValue(CommonAttributes.Crowd, out var crowd) && crowd.ValueKind == JsonValueKind.True && CityscapesClasses.NumberOf(each.Class) is { } number && CityscapesClasses.HasInstances(number);
}
