using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Interchange;

/// <summary>Reads what <see cref="SampleJsonWriter"/> writes.</summary>
internal static class SampleJsonReader
{
    private static readonly Dictionary<string, InputKind> Inputs = Words<InputKind>();
    private static readonly Dictionary<string, OpinionKind> Opinions = Words<OpinionKind>();
    private static readonly Dictionary<string, AttributeInput> AttributeInputs = Words<AttributeInput>();
    private static readonly Dictionary<string, MarkKind> MarkKinds = Words<MarkKind>();

    /// <summary>Whether a line is the first one, with facts.</summary>
    public static bool IsFacts(JsonElement line) => line.Member("touchstone") is { ValueKind: JsonValueKind.Number };

    public static DatasetFacts Facts(JsonElement line) => new()
    {
        Title = line.Text("title") ?? "",
        Classes = [.. line.Items("classes").Where(c => c.Text("name") is not null).Select(Class)],
        Marks = Marks(line),
        Statements = line.Member("statements").Values(),
    };

    private static Dictionary<MarkKind, long> Marks(JsonElement line)
    {
        Dictionary<MarkKind, long> marks = [];
        foreach (var (word, count) in line.Member("marks").Values())
            if (MarkKinds.TryGetValue(word, out var kind) && count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out var number)) marks[kind] = number;
        return marks;
    }

    private static ObjectClass Class(JsonElement each) => new(each.Text("name")!)
    {
        Parent = each.Text("parent") ?? "",
        Colour = each.Text("colour"),
        Keypoints = [.. each.Items("keypoints").Where(k => k.ValueKind == JsonValueKind.String).Select(k => k.GetString()!)],
        Skeleton = [.. each.Items("skeleton").Where(IsEdge).Select(e => (e[0].GetInt32(), e[1].GetInt32()))],
        Number = each.Member("number") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var known) ? known : null,
        IsStuff = each.Flag("is_stuff") ?? false,
        Key = each.Text("key") ?? "",
        Words = each.Text("words") ?? "",
        Attributes = [.. each.Items("attributes").Where(a => a.Text("name") is not null).Select(Attribute)],
    };

    private static AttributeDefinition Attribute(JsonElement each) => new(each.Text("name")!, AttributeInputs.GetValueOrDefault(each.Text("input") ?? ""))
    {
        IsMutable = each.Flag("is_mutable") ?? false,
        Default = each.Text("default") ?? "",
        Values = [.. each.Items("values").Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)],
    };

    private static bool IsEdge(JsonElement edge) => edge.ValueKind == JsonValueKind.Array && edge.GetArrayLength() == 2 && edge.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out _));

    /// <returns>Null where the line is no sample, which is told.</returns>
    public static Sample? Read(JsonElement line, JsonPlace place)
    {
        if (line.Text("name") is not { Length: > 0 } name)
        {
            place.Below("name").Tell($"a sample has a name; {line.Member("name").Found()} found.");
            return null;
        }

        place.TellOthers(line, "name", "kind", "width_px", "height_px", "frame_count", "frames_per_second", "interpolation_step", "split", "scene", "address", "text", "facts", "opinions");
        if (Kind(line, Inputs, place) is not { } kind) return null;
        List<Opinion> opinions = [];
        var index = 0;
        foreach (var opinion in line.Items("opinions"))
            if (ReadOpinion(opinion, place.Below("opinions").Below(index++)) is { } read) opinions.Add(read);
        return new Sample
        {
            Name = name,
            Kind = kind,
            WidthPx = line.Whole("width_px") ?? 0,
            HeightPx = line.Whole("height_px") ?? 0,
            FrameCount = line.Whole("frame_count") ?? 0,
            FramesPerSecond = line.Number("frames_per_second"),
            InterpolationStep = line.Whole("interpolation_step") is >= 0 and var step ? step : 0,
            Split = line.Text("split"),
            Scene = line.Text("scene"),
            Address = line.Text("address"),
            Text = line.Text("text"),
            Facts = line.Member("facts").Values(),
            Opinions = opinions,
        };
    }

    private static Opinion? ReadOpinion(JsonElement value, JsonPlace place)
    {
        if (Kind(value, Opinions, place) is not { } kind) return null;
        place.TellOthers(value, "kind", "id", "contributor", "model", "at", "seconds", "score", "review", "answers", "objects", "relations");
        List<LabelledObject> objects = [];
        var index = 0;
        foreach (var each in value.Items("objects"))
            if (ReadObject(each, place.Below("objects").Below(index++)) is { } read) objects.Add(read);
        DateTimeOffset? at = null;
        if (value.Text("at") is { } text)
        {
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)) at = time;
            else place.Below("at").Tell($"a time was expected; \"{text}\" found.");
        }

        return new Opinion
        {
            Kind = kind,
            Id = value.Text("id"),
            Contributor = value.Text("contributor"),
            Model = value.Text("model"),
            At = at,
            Seconds = value.Number("seconds"),
            Score = value.Number("score"),
            Review = value.Text("review"),
            Answers = value.Member("answers").Values(),
            Objects = objects,
            Relations = [.. value.Items("relations").Select((r, i) => ReadRelation(r, place.Below("relations").Below(i))).OfType<ObjectRelation>()],
        };
    }

    private static ObjectRelation? ReadRelation(JsonElement value, JsonPlace place)
    {
        if (value.Text("from") is { } from && value.Text("to") is { } to) return new ObjectRelation(from, to, value.Text("label") ?? "", value.Text("direction") ?? "right") { FromRole = value.Text("from_role"), ToRole = value.Text("to_role") };
        place.Tell("a relation has from and to.");
        return null;
    }

    private static LabelledObject? ReadObject(JsonElement value, JsonPlace place)
    {
        if (value.Text("class") is not { } name)
        {
            place.Below("class").Tell($"an object has a class; {value.Member("class").Found()} found.");
            return null;
        }

        if (MarkJson.Read(value, place) is not { } mark) return null;
        place.TellOthers(value, ["class", "id", "other_marks", "attributes", "score", "track", "frame", "is_keyframe", "is_outside", .. MarkJson.Names]);
        return new LabelledObject(name, mark)
        {
            Id = value.Text("id"),
            OtherMarks = [.. value.Items("other_marks").Select((m, i) => MarkJson.Read(m, place.Below("other_marks").Below(i))).OfType<Mark>()],
            Attributes = value.Member("attributes").Values(),
            Score = value.Number("score"),
            Track = value.Text("track"),
            Frame = value.Whole("frame"),
            IsKeyframe = value.Flag("is_keyframe") ?? true,
            IsOutside = value.Flag("is_outside") ?? false,
        };
    }

    private static T? Kind<T>(JsonElement value, Dictionary<string, T> words, JsonPlace place) where T : struct
    {
        if (value.Text("kind") is not { } word) return words.Values.Min();
        if (words.TryGetValue(word, out var kind)) return kind;
        place.Below("kind").Tell($"one of {string.Join(", ", words.Keys)} was expected; \"{word}\" found.");
        return null;
    }

    private static Dictionary<string, T> Words<T>() where T : struct, Enum => Enum.GetValues<T>().ToDictionary(v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()), v => v, StringComparer.Ordinal);
}
