using System.Text.Json;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Scale;

/// <summary>Writes one record as a GenAI task of one thread.</summary>
internal static class ScaleGenAiWriter
{
    public static void Write(Utf8JsonWriter json, TrainingRecord record)
    {
        json.WriteStartObject();
        json.WriteString("task_id", record.Id ?? record.Name);
        foreach (var name in ScaleGenAi.OfTask)
            if (record.Facts.TryGetValue(name, out var value)) MessageJson.Member(json, name, value);
        WriteMetadata(json, record);
        json.WriteStartArray("threads");
        json.WriteStartObject();
        json.WriteString("id", Text(record, ScaleGenAi.ThreadId) ?? "thread_0");
        json.WriteStartArray("turns");
        WriteTurns(json, record);
        json.WriteEndArray();
        WriteAll(json, Fact(record, ScaleGenAi.ThreadAnnotations));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static JsonElement? Fact(TrainingRecord record, string name) => record.Facts.TryGetValue(name, out var value) ? value : null;

    private static string? Text(TrainingRecord record, string name) => Fact(record, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static void WriteMetadata(Utf8JsonWriter json, TrainingRecord record)
    {
        var others = record.Facts.Where(f => !ScaleGenAi.OfTask.Contains(f.Key) && f.Key is not (ScaleGenAi.ThreadId or ScaleGenAi.TurnId or ScaleGenAi.TurnAnnotations or ScaleGenAi.ThreadAnnotations)).ToList();
        if (others.Count == 0) return;
        json.WriteStartObject("metadata");
        foreach (var (name, value) in others)
            MessageJson.Member(json, name.StartsWith(ScaleGenAi.Metadata, StringComparison.Ordinal) ? name[ScaleGenAi.Metadata.Length..] : name, value);
        json.WriteEndObject();
    }

    /// <summary>A turn ends with the assistant's message, so that each before the last has one at most: several in a turn are compared.</summary>
    private static void WriteTurns(Utf8JsonWriter json, TrainingRecord record)
    {
        List<List<Turn>> turns = [[]];
        foreach (var message in record.Prompt)
        {
            if (turns[^1] is [.., { Role: "assistant" }]) turns.Add([]);
            turns[^1].Add(message);
        }

        if (turns[^1] is [.., { Role: "assistant" }]) turns.Add([]);
        for (var i = 0; i < turns.Count; i++)
        {
            var isLast = i == turns.Count - 1;
            json.WriteStartObject();
            json.WriteString("id", isLast && Text(record, ScaleGenAi.TurnId) is { } id ? id : $"turn_{i}");
            json.WriteStartArray("messages");
            foreach (var message in turns[i]) WriteMessage(json, message, message.Role, source: null, ratings: null);
            for (var c = 0; isLast && c < record.Completions.Count; c++) WriteCompletion(json, record.Completions[c], c);
            json.WriteEndArray();
            if (isLast) WriteTurnAnnotations(json, record);
            else WriteAll(json, null);
            json.WriteEndObject();
        }
    }

    private static void WriteCompletion(Utf8JsonWriter json, Completion completion, int index)
    {
        var turn = completion.Turns.Count > 0 ? completion.Turns[0] : Turn.Of("assistant", completion.Text);
        WriteMessage(json, turn, "assistant", completion.Model ?? NameOf(index), completion.Ratings, isUnnamed: completion.Model is null);
    }

    private static string NameOf(int index) => $"response_{index + 1}";

    private static void WriteMessage(Utf8JsonWriter json, Turn turn, string role, string? source, IReadOnlyDictionary<string, double>? ratings, bool isUnnamed = false)
    {
        json.WriteStartObject();
        json.WriteStartObject("content");
        if (turn.Content.ValueKind != JsonValueKind.Null) json.WriteString("text", turn.Text);
        if (turn.Content.ValueKind == JsonValueKind.Array) MessageJson.Member(json, ScaleGenAi.Own, turn.Content);
        foreach (var name in ScaleGenAi.OfContent)
            if (turn.Others.TryGetValue(name, out var value)) MessageJson.Member(json, name, value);
        json.WriteEndObject();
        json.WriteString("role", role);
        if (source is not null) json.WriteString("source_id", source);
        if (isUnnamed)
        {
            json.WriteStartObject(ScaleGenAi.Own);
            json.WriteBoolean("unnamed", true);
            json.WriteEndObject();
        }

        foreach (var (name, value) in turn.Others)
            if (name != "annotations" && !ScaleGenAi.OfContent.Contains(name)) MessageJson.Member(json, name, value);
        var known = turn.Others.TryGetValue("annotations", out var annotations) && annotations.ValueKind == JsonValueKind.Array ? annotations : (JsonElement?)null;
        json.WriteStartArray("annotations");
        WriteItems(json, known);
        foreach (var (key, rating) in ratings ?? Completion.NoRatings)
        {
            if (Has(known, key)) continue;
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteNumber("value", rating);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static bool Has(JsonElement? annotations, string key) => annotations is { } list && list.EnumerateArray().Any(a => a.ValueKind == JsonValueKind.Object && a.Text("key") == key);

    private static void WriteTurnAnnotations(Utf8JsonWriter json, TrainingRecord record)
    {
        var known = Fact(record, ScaleGenAi.TurnAnnotations) is { ValueKind: JsonValueKind.Array } list ? list : (JsonElement?)null;
        json.WriteStartArray("annotations");
        WriteItems(json, known);
        if (record.Completions is [{ Rank: { } first }, { Rank: { } second }] && first != second && !Has(known, ScaleGenAi.Selected) && !record.Judgements.Any(j => j.Answers.ContainsKey(ScaleGenAi.Selected)))
        {
            var best = first < second ? 0 : 1;
            WriteAnnotation(json, ScaleGenAi.Selected, JsonFields.Of(record.Completions[best].Model ?? NameOf(best)), () => json.WriteNumber("response", best));
        }

        for (var i = 0; i < record.Judgements.Count; i++) WriteJudgement(json, record.Judgements[i], i, known, isPlain: record.Judgements.Count == 1);
        json.WriteEndArray();
    }

    private static void WriteJudgement(Utf8JsonWriter json, Judgement judgement, int number, JsonElement? known, bool isPlain)
    {
        isPlain &= judgement is { Contributor: null, IsModel: false };
        void Own(string? kind)
        {
            json.WriteNumber("judgement", number);
            if (judgement.Contributor is { } who) json.WriteString("contributor", who);
            if (judgement.IsModel) json.WriteBoolean("is_model", true);
            if (kind is not null) json.WriteBoolean(kind, true);
        }

        foreach (var (key, value) in judgement.Answers)
            if (!isPlain || !Has(known, key)) WriteAnnotation(json, key, value, isPlain ? null : () => Own(null));
        if (judgement.Preference is { } preference) WriteAnnotation(json, "preference", JsonFields.Of(preference), () => Own("preference"));
        else if (judgement.Answers.Count == 0) WriteAnnotation(json, "judgement", JsonFields.Null, () => Own("empty"));
    }

    private static void WriteAnnotation(Utf8JsonWriter json, string key, JsonElement value, Action? own)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        MessageJson.Member(json, "value", value);
        if (own is not null)
        {
            json.WriteStartObject("metadata");
            json.WriteStartObject(ScaleGenAi.Own);
            own();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter json, JsonElement? annotations)
    {
        json.WriteStartArray("annotations");
        WriteItems(json, annotations);
        json.WriteEndArray();
    }

    private static void WriteItems(Utf8JsonWriter json, JsonElement? annotations)
    {
        if (annotations is not { ValueKind: JsonValueKind.Array } list) return;
        foreach (var annotation in list.EnumerateArray()) annotation.WriteTo(json);
    }
}
