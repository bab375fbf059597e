using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Scale;

/// <summary>One task with its response, as the API returns it or a callback brings it (<c>task_id</c>, <c>response</c>, <c>task</c>).</summary>
internal static class ScaleTask
{
    private const int FramesMax = 1_000_000;

    /// <returns>Null where it is no task, which is told.</returns>
    public static Sample? Read(JsonElement value, int index, JsonPlace place)
    {
        var task = value.Member("task") is { ValueKind: JsonValueKind.Object } inner ? inner : value;
        var response = value.Member("response") ?? task.Member("response");
        if (value.Id("task_id") is null && task.Id("task_id") is null && response is null)
        {
            place.Tell("a task has a task_id and a response.");
            return null;
        }

        var parameters = task.Member("params") ?? default;
        if (Refusal(task) is { } refused)
        {
            place.Tell(refused);
            return null;
        }

        var address = parameters.Text("attachment");
        var id = value.Id("task_id") ?? task.Id("task_id");
        var type = task.Text("type") ?? "";
        var opinions = Opinions(response, parameters.Member("hypothesis"), place);
        var objects = opinions.SelectMany(o => o.Objects).ToList();
        var isFrames = response is { ValueKind: JsonValueKind.Array };
        var kind = type.Contains("lidar", StringComparison.Ordinal) ? InputKind.Scene : type.Contains("video", StringComparison.Ordinal) ? InputKind.Clip : !isFrames ? InputKind.Image : objects.Exists(o => o.Mark is Cuboid) ? InputKind.Scene : InputKind.Clip;
        var name = FileOf(address) ?? id ?? $"task-{index.ToString(CultureInfo.InvariantCulture)}";
        return new Sample
        {
            Name = name,
            Address = address == name ? null : address,
            Kind = kind,
            FrameCount = isFrames ? response!.Value.GetArrayLength() : 0,
            Opinions = opinions,
            Facts = Facts(task, parameters, id),
        };
    }

    /// <summary>A file that is the list of frames itself.</summary>
    public static Sample OfFrames(string title, int count, List<LabelledObject> objects) => new()
    {
        Name = title,
        Kind = objects.Exists(o => o.Mark is Cuboid) ? InputKind.Scene : InputKind.Clip,
        FrameCount = count,
        Opinions = [new Opinion { Objects = objects }],
    };

    /// <summary>Why a task is not read: what it holds is neither shapes nor cuboids.</summary>
    private static string? Refusal(JsonElement task)
    {
        if (task.Member("threads") is not null) return "a GenAI task, which has threads of messages and no shapes: it is read as scale-genai.";
        return task.Text("type") switch
        {
            "segmentannotation" or "videosegmentannotation" or "lidarsegmentation" or "lidarlinking" or "sensorfusion" => $"tasks of type \"{task.Text("type")}\" are not read: what they label stands in files that their response gives the addresses of.",
            "textcollection" or "categorization" or "comparison" or "transcription" or "documenttranscription" or "namedentityrecognition" or "audiotranscription" =>
                $"tasks of type \"{task.Text("type")}\" are not read: they mark nothing in a picture, a video or a cloud of points.",
            _ => null,
        };
    }

    /// <summary>The response, and the hypothesis that the labellers began with, which a model gave.</summary>
    private static List<Opinion> Opinions(JsonElement? response, JsonElement? hypothesis, JsonPlace place)
    {
        List<Opinion> opinions = [];
        if (response is not null) opinions.Add(Said(response.Value, place.Below("response")));
        if (hypothesis is { ValueKind: not JsonValueKind.Null } guessed) opinions.Add(Said(guessed, place.Below("params").Below("hypothesis")) with { Kind = OpinionKind.Prediction });
        return opinions;
    }

    private static Opinion Said(JsonElement value, JsonPlace place) => value.ValueKind switch
    {
        JsonValueKind.Array => new Opinion { Objects = Frames(value, place), Answers = Answers(value.EnumerateArray().FirstOrDefault()) },
        JsonValueKind.Object => new Opinion { Objects = Annotations(value, null, place), Answers = Answers(value) },
        _ => new Opinion(),
    };

    private static IReadOnlyDictionary<string, JsonElement> Answers(JsonElement of) => of.ValueKind == JsonValueKind.Object && of.Member("global_attributes").Values() is { Count: > 0 } answers ? answers : Sample.Empty;

    private static List<LabelledObject> Frames(JsonElement frames, JsonPlace place)
    {
        List<LabelledObject> objects = [];
        var index = 0;
        foreach (var frame in frames.EnumerateArray())
        {
            var at = place.Below(index);
            if (index > 0 && Answers(frame).Count > 0) at.Below("global_attributes").Tell("attributes of a frame as a whole are read of the first one alone: here they are about the whole clip.");
            objects.AddRange(Annotations(frame, index++, at));
        }

        return objects;
    }

    public static List<LabelledObject> Annotations(JsonElement response, int? frame, JsonPlace place)
    {
        List<LabelledObject> objects = [];
        if (response.Member("annotations") is { ValueKind: JsonValueKind.Object } elsewhere)
        {
            place.Below("annotations").Tell(elsewhere.Text("url") is { } url ? $"the annotations lie elsewhere, at \"{url}\"; fetch that file and read it." : "a list of annotations was expected; an object without an address found.");
            return objects;
        }

        var index = 0;
        foreach (var each in response.Items("annotations"))
            if (ScaleAnnotations.Read(each, frame, place.Below("annotations").Below(index++)) is { } read) objects.Add(read);
        index = 0;
        foreach (var each in response.Items("cuboids"))
            if (ScaleAnnotations.ReadCuboid(each, frame, place.Below("cuboids").Below(index++)) is { } read) objects.Add(read);
        return objects;
    }

    private static string? FileOf(string? address)
    {
        if (string.IsNullOrEmpty(address)) return null;
        var path = address;
        if (path.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme) path = path[(path.IndexOf('/', scheme + 3) + 1)..];
        if (path.IndexOfAny(['?', '#']) is > 0 and var query) path = path[..query];
        path = path.TrimStart('/');
        return path.Length == 0 ? null : path;
    }

    private static IReadOnlyDictionary<string, JsonElement> Facts(JsonElement task, JsonElement parameters, string? id)
    {
        Dictionary<string, JsonElement> facts = new((parameters.Member("metadata") ?? task.Member("metadata")).Values(), StringComparer.Ordinal);
        if (id is not null) facts["task_id"] = JsonFields.Of(id);
        if ((parameters.Text("unique_id") ?? task.Text("unique_id")) is { } unique) facts["unique_id"] = JsonFields.Of(unique);
        return facts.Count == 0 ? Sample.Empty : facts;
    }

    /// <exception cref="FileFormatFaultException">The clip is too long for a list of its frames.</exception>
    public static void Write(Utf8JsonWriter json, Sample sample, long number)
    {
        json.WriteStartObject();
        json.WriteString("task_id", Fact(sample, "task_id") ?? number.ToString(CultureInfo.InvariantCulture));
        json.WriteString("type", sample.Kind switch { InputKind.Scene => "lidarannotation", InputKind.Clip => "videoannotation", _ => "imageannotation" });
        var response = sample.Opinions.FirstOrDefault(o => o.Kind != OpinionKind.Prediction);
        json.WriteString("status", response is not null ? "completed" : "pending");
        WriteParameters(json, sample);
        if (response is not null) WriteOpinion(json, "response", sample, response);
        json.WriteEndObject();
    }

    private static string? Fact(Sample sample, string name) => sample.Facts.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void WriteParameters(Utf8JsonWriter json, Sample sample)
    {
        json.WriteStartObject("params");
        json.WriteString("attachment", sample.Address ?? sample.Name);
        if (sample.Kind == InputKind.Image) json.WriteString("attachment_type", "image");
        if (Fact(sample, "unique_id") is { } unique) json.WriteString("unique_id", unique);
        if (sample.Opinions.FirstOrDefault(o => o.Kind == OpinionKind.Prediction) is { } guessed) WriteOpinion(json, "hypothesis", sample, guessed);
        json.WriteStartObject("metadata");
        foreach (var (name, value) in sample.Facts)
        {
            if (name is "task_id" or "unique_id" && value.ValueKind == JsonValueKind.String) continue;
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Why a sample cannot be a task; null where it can.</summary>
    public static string? Refusal(Sample sample)
    {
        if (sample.Kind == InputKind.Image) return null;
        var count = Math.Max(sample.FrameCount, sample.Opinions.SelectMany(o => o.Objects).Select(o => (o.Frame ?? 0) + 1L).DefaultIfEmpty(0).Max());
        return count > FramesMax ? $"{count} frames; at most {FramesMax} can be listed one by one." : null;
    }

    private static void WriteOpinion(Utf8JsonWriter json, string member, Sample sample, Opinion opinion)
    {
        var objects = opinion.Objects;
        json.WritePropertyName(member);
        if (sample.Kind == InputKind.Image)
        {
            WriteFrame(json, objects, opinion.Answers);
            return;
        }

        var byFrame = objects.ToLookup(o => o.Frame ?? 0);
        var count = Math.Max(sample.FrameCount, objects.Count == 0 ? 0 : objects.Max(o => o.Frame ?? 0) + 1);
        if (count > FramesMax) throw new FileFormatFaultException($"{sample.Name} has {count} frames; at most {FramesMax} can be listed one by one.");
        json.WriteStartArray();
        for (var frame = 0; frame < count; frame++) WriteFrame(json, [.. byFrame[frame]], frame == 0 ? opinion.Answers : Sample.Empty);
        json.WriteEndArray();
    }

    private static void WriteFrame(Utf8JsonWriter json, IReadOnlyList<LabelledObject> objects, IReadOnlyDictionary<string, JsonElement> answers)
    {
        json.WriteStartObject();
        foreach (var (member, isCuboid) in (ReadOnlySpan<(string, bool)>)[("annotations", false), ("cuboids", true)])
        {
            if (isCuboid && !objects.Any(o => o.Mark is Cuboid)) continue;
            json.WriteStartArray(member);
            foreach (var each in objects)
                if (each.Mark is Cuboid == isCuboid) ScaleAnnotations.Write(json, each);
            json.WriteEndArray();
        }

        if (answers.Count > 0)
        {
            json.WriteStartObject("global_attributes");
            foreach (var (name, value) in answers)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
