using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Bdd;

/// <summary>One frame with its labels.</summary>
internal static class BddFrame
{
    private const string Crowd = "crowd";

    private static readonly string[] Own = ["name", "videoName", "attributes", "size", "labels"];
    private static readonly string[] OwnOfLabel = ["id", "category", "attributes", "score", "box2d", "poly2d", "rle", "box3d", "graph"];

    /// <summary>Members of a label that are kept as attributes and written beside its own again.</summary>
    private static readonly string[] Beside = ["manualShape", "manualAttributes"];

    /// <returns>Null where it is none, which is told.</returns>
    public static Sample? Read(JsonElement frame, JsonPlace place)
    {
        if (frame.Text("name") is not { Length: > 0 } name)
        {
            place.Below("name").Tell($"the name of a picture was expected; {frame.Member("name").Found()} found.");
            return null;
        }

        var video = frame.Text("videoName") is { Length: > 0 } stated ? stated : null;
        var size = frame.Member("size") ?? default;
        List<LabelledObject> objects = [];
        var index = 0;
        if (frame.Member("labels") is { ValueKind: not JsonValueKind.Array } odd) place.Below("labels").Tell($"a list was expected; {((JsonElement?)odd).Found()} found.");
        foreach (var label in frame.Items("labels"))
            if (ReadLabel(label, video is not null, place.Below("labels").Below(index++)) is { } each) objects.Add(each);
        Dictionary<string, JsonElement> facts = new(StringComparer.Ordinal);
        foreach (var member in frame.EnumerateObject())
            if (!Own.Contains(member.Name) && member.Value.ValueKind != JsonValueKind.Null) facts[member.Name] = member.Value;
        return new Sample
        {
            Name = name,
            WidthPx = size.Whole("width") is > 0 and var width ? width : 0,
            HeightPx = size.Whole("height") is > 0 and var height ? height : 0,
            Scene = video,
            Facts = facts.Count == 0 ? Sample.Empty : facts,
            Opinions = [new Opinion { Objects = objects, Answers = Answers(frame, place) }],
        };
    }

    private static IReadOnlyDictionary<string, JsonElement> Answers(JsonElement frame, JsonPlace place)
    {
        Dictionary<string, JsonElement> answers = new(StringComparer.Ordinal);
        foreach (var (name, value) in frame.Member("attributes").Values())
        {
            if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False || value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String)) answers[name] = value;
            else if (value.ValueKind != JsonValueKind.Null) place.Below("attributes").Below(name).Tell($"a text, a number, true, false or a list of texts was expected; {((JsonElement?)value).Found()} found.");
        }

        return answers.Count == 0 ? Sample.Empty : answers;
    }

    private static LabelledObject? ReadLabel(JsonElement label, bool isOfVideo, JsonPlace place)
    {
        if (label.ValueKind != JsonValueKind.Object)
        {
            place.Tell($"a label was expected; {((JsonElement?)label).Found()} found.");
            return null;
        }

        foreach (var member in (ReadOnlySpan<string>)["box3d", "graph"])
            if (label.Member(member) is not null) place.Below(member).Tell("this is not read; what else the label says is.");
        var marks = BddMarks.Read(label, place);
        if (marks.Count == 0)
        {
            place.Tell("a label with a box2d, a poly2d or an rle was expected; none of them found.");
            return null;
        }

        var id = label.Id("id");
        return new LabelledObject(label.Text("category") ?? "", marks[0])
        {
            OtherMarks = marks.Count == 1 ? [] : marks[1..],
            Id = id,
            Track = isOfVideo ? id : null,
            Score = label.Number("score"),
            Attributes = Attributes(label),
        };
    }

    private static IReadOnlyDictionary<string, JsonElement> Attributes(JsonElement label)
    {
        Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
        foreach (var (name, value) in label.Member("attributes").Values())
            if (value.ValueKind != JsonValueKind.Null) attributes[name == Crowd ? CommonAttributes.Crowd : name] = value;
        foreach (var member in label.EnumerateObject())
            if (!OwnOfLabel.Contains(member.Name) && member.Value.ValueKind != JsonValueKind.Null) attributes.TryAdd(member.Name, member.Value);
        return attributes.Count == 0 ? Sample.Empty : attributes;
    }

    /// <summary>Writes one frame.</summary>
    public static void Write(Utf8JsonWriter json, Sample sample)
    {
        json.WriteStartObject();
        json.WriteString("name", sample.Name);
        if (sample.Scene is { } video) json.WriteString("videoName", video);
        if (sample is { WidthPx: > 0, HeightPx: > 0 })
        {
            json.WriteStartObject("size");
            json.WriteNumber("width", sample.WidthPx);
            json.WriteNumber("height", sample.HeightPx);
            json.WriteEndObject();
        }

        WriteMembers(json, "attributes", sample.Opinions.SelectMany(o => o.Answers).DistinctBy(a => a.Key));
        foreach (var (name, value) in sample.Facts)
        {
            if (Own.Contains(name)) continue;
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteStartArray("labels");
        var number = 0;
        foreach (var each in sample.Opinions.SelectMany(o => o.Objects)) WriteLabel(json, each, each.Track ?? each.Id ?? FormattableString.Invariant($"{++number}"));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLabel(Utf8JsonWriter json, LabelledObject each, string id)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("category", each.Class);
        foreach (var (name, value) in each.Attributes.Where(a => Beside.Contains(a.Key)))
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        WriteMembers(json, "attributes", each.Attributes.Where(a => !Beside.Contains(a.Key)).Select(a => KeyValuePair.Create(a.Key == CommonAttributes.Crowd ? Crowd : a.Key, a.Value)));
        if (each.Score is { } score) json.WriteNumber("score", score);
        BddMarks.Write(json, each);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        json.WriteStartObject(name);
        foreach (var (member, value) in members)
        {
            json.WritePropertyName(member);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
