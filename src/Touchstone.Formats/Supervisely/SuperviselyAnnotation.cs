using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Supervisely;

/// <summary>The labels of one picture.</summary>
internal static class SuperviselyAnnotation
{
    private const string Description = "description", LabelerLogin = "labelerLogin";

    /// <returns>Null where it is none, which is told.</returns>
    public static Sample? Read(JsonElement value, string name, JsonPlace place)
    {
        if (value.Member("objects") is not { ValueKind: JsonValueKind.Array } list)
        {
            place.Below("objects").Tell($"a list was expected; {value.Member("objects").Found()} found.");
            return null;
        }

        var size = value.Member("size") ?? default;
        var (width, height) = (Side(size, "width"), Side(size, "height"));
        List<LabelledObject> objects = [];
        var index = 0;
        foreach (var each in list.EnumerateArray())
            if (ReadObject(each, (width, height), place.Below("objects").Below(index++)) is { } read) objects.Add(read);
        var answers = Tags(value, place);
        if (value.Text(Description) is { Length: > 0 } description) answers.TryAdd(Description, JsonFields.Of(description));
        return new Sample { Name = name, WidthPx = width, HeightPx = height, Opinions = [new Opinion { Objects = objects, Answers = answers }] };
    }

    private static int Side(JsonElement size, string name) => size.Whole(name) is > 0 and <= SuperviselyFigures.SideMaxPx and var side ? side : 0;

    private static LabelledObject? ReadObject(JsonElement each, (int WidthPx, int HeightPx) size, JsonPlace place)
    {
        if (each.Text("classTitle") is not { } title)
        {
            place.Below("classTitle").Tell($"the title of a class was expected; {each.Member("classTitle").Found()} found.");
            return null;
        }

        if (SuperviselyFigures.Read(each, size, place) is not { } mark) return null;
        var attributes = Tags(each, place);
        foreach (var member in (ReadOnlySpan<string>)[Description, LabelerLogin])
            if (each.Text(member) is { Length: > 0 } text) attributes.TryAdd(member, JsonFields.Of(text));
        return new LabelledObject(title, mark) { Id = each.Id("id"), Attributes = attributes.Count == 0 ? Sample.Empty : attributes };
    }

    /// <summary>Tags with their values; of one name the last. Old exports have texts alone.</summary>
    public static Dictionary<string, JsonElement> Tags(JsonElement of, JsonPlace place)
    {
        Dictionary<string, JsonElement> tags = new(StringComparer.Ordinal);
        var index = 0;
        foreach (var tag in of.Items("tags"))
        {
            var at = place.Below("tags").Below(index++);
            if (tag.ValueKind == JsonValueKind.String) tags[tag.GetString()!] = JsonFields.True;
            else if (tag.Text("name") is { } name) tags[name] = tag.Member("value") ?? JsonFields.True;
            else at.Below("name").Tell($"the name of a tag was expected; {tag.Member("name").Found()} found.");
        }

        return tags;
    }

    /// <summary>Writes the labels of one picture.</summary>
    public static void Write(Utf8JsonWriter json, Sample sample, SuperviselyMeta meta)
    {
        var answers = sample.Opinions.SelectMany(o => o.Answers).DistinctBy(a => a.Key).ToList();
        json.WriteStartObject();
        json.WriteString(Description, TextOf(answers, Description));
        WriteTags(json, answers.Where(a => !IsPlace(a, Description)), meta);
        json.WriteStartObject("size");
        json.WriteNumber("height", sample.HeightPx);
        json.WriteNumber("width", sample.WidthPx);
        json.WriteEndObject();
        json.WriteStartArray("objects");
        foreach (var each in sample.Opinions.SelectMany(o => o.Objects))
        {
            json.WriteStartObject();
            if (each.Id is { } id)
            {
                if (long.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var number) && FormattableString.Invariant($"{number}") == id) json.WriteNumber("id", number);
                else json.WriteString("id", id);
            }

            json.WriteString(Description, TextOf(each.Attributes, Description));
            if (TextOf(each.Attributes, LabelerLogin) is { Length: > 0 } login) json.WriteString(LabelerLogin, login);
            WriteTags(json, each.Attributes.Where(a => !IsPlace(a, Description) && !IsPlace(a, LabelerLogin)), meta);
            json.WriteString("classTitle", each.Class);
            meta.Met(each.Class, SuperviselyFigures.Write(json, each.Mark));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static bool IsPlace(KeyValuePair<string, JsonElement> value, string name) => value.Key == name && value.Value.ValueKind == JsonValueKind.String && value.Value.GetString()!.Length > 0;

    private static string TextOf(IEnumerable<KeyValuePair<string, JsonElement>> values, string name)
    {
        foreach (var value in values)
            if (IsPlace(value, name)) return value.Value.GetString()!;
        return "";
    }

    private static void WriteTags(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, JsonElement>> tags, SuperviselyMeta meta)
    {
        json.WriteStartArray("tags");
        foreach (var (name, value) in tags)
        {
            meta.Met(name, value.ValueKind);
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WritePropertyName("value");
            if (value.ValueKind == JsonValueKind.True) json.WriteNullValue();
            else value.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
