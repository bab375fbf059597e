using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Datumaro;

/// <summary>The member <c>categories</c>: labels with parents, and names of points with the lines between them.</summary>
internal static class DatumaroCategories
{
    public static IReadOnlyList<ObjectClass> Read(JsonElement categories, string file, FaultLog faults)
    {
        if (!JsonTexts.AreUnicode(categories))
        {
            faults.Add(file, "/categories", "a text in it is no Unicode.");
            return [];
        }

        List<ObjectClass> classes = [];
        foreach (var label in List(Member(Member(categories, "label"), "labels")))
        {
            var name = Text(label, "name");
            if (name.Length == 0) faults.Add(file, FormattableString.Invariant($"/categories/label/labels/{classes.Count}"), "a label with a name was expected.");
            classes.Add(new ObjectClass(name) { Parent = Text(label, "parent") });
        }

        foreach (var points in List(Member(Member(categories, "points"), "items")))
        {
            if (Whole(Member(points, "label_id")) is not { } at || at < 0 || at >= classes.Count) continue;
            List<(int, int)> joints = [];
            foreach (var joint in List(Member(points, "joints")))
                if (joint.ValueKind == JsonValueKind.Array && joint.GetArrayLength() == 2 && Whole(joint[0]) is { } from && Whole(joint[1]) is { } to) joints.Add((from - 1, to - 1));
            classes[at] = classes[at] with { Keypoints = [.. List(Member(points, "labels")).Select(l => l.ToString())], Skeleton = joints };
        }

        return classes;
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyList<ObjectClass> classes)
    {
        json.WriteStartObject("categories");
        json.WriteStartObject("label");
        json.WriteStartArray("labels");
        foreach (var each in classes)
        {
            json.WriteStartObject();
            json.WriteString("name", each.Name);
            json.WriteString("parent", each.Parent);
            json.WriteStartArray("attributes");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("attributes");
        json.WriteEndArray();
        json.WriteEndObject();
        if (classes.Any(c => c.Keypoints.Count > 0)) WritePoints(json, classes);
        json.WriteEndObject();
    }

    public static JsonElement Member(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;

    public static IEnumerable<JsonElement> List(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    public static string Text(JsonElement value, string name) => Member(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    public static int? Whole(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static void WritePoints(Utf8JsonWriter json, IReadOnlyList<ObjectClass> classes)
    {
        json.WriteStartObject("points");
        json.WriteStartArray("items");
        for (var i = 0; i < classes.Count; i++)
        {
            if (classes[i].Keypoints.Count == 0) continue;
            json.WriteStartObject();
            json.WriteNumber("label_id", i);
            json.WriteStartArray("labels");
            foreach (var point in classes[i].Keypoints) json.WriteStringValue(point);
            json.WriteEndArray();
            json.WriteStartArray("joints");
            foreach (var (from, to) in classes[i].Skeleton)
            {
                json.WriteStartArray();
                json.WriteNumberValue(from + 1);
                json.WriteNumberValue(to + 1);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
