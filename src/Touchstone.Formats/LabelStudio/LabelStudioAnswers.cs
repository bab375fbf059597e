using System.Text.Json;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.LabelStudio;

/// <summary>Results that answer something: about the whole input, or about a region of the same id.</summary>
/// <remarks>
/// A single choice or text is a text, several are a list; a path of a taxonomy is its steps with <c>/</c> between them, where a step's own / is %2F and its % is %25. What the
/// editor has no control for, such as a truth value, is written as a choice with the value itself in <c>meta.json</c>, which our reader takes.
/// </remarks>
internal static class LabelStudioAnswers
{
    private static readonly string[] Types = ["choices", "taxonomy", "rating", "number", "textarea", "pairwise", "datetime"];

    public static bool IsAnswer(string type) => Array.IndexOf(Types, type) >= 0;

    /// <summary>Whether the type has to be kept beside the answer so that it is written as it was.</summary>
    public static bool IsNamed(string type) => type is not ("choices" or "number");

    /// <returns>Null where the value is none of its type, which is told.</returns>
    public static JsonElement? Read(string type, JsonElement result, ResultPlace place)
    {
        if (result.Member("meta") is { } meta && meta.ValueKind == JsonValueKind.Object && meta.TryGetProperty("json", out var exact)) return exact;
        var value = result.Member("value") ?? default;
        var answer = type switch
        {
            "rating" => value.Number("rating") is { } rating ? JsonFields.Of(rating) : (JsonElement?)null,
            "number" => value.Number("number") is { } number ? JsonFields.Of(number) : null,
            "pairwise" => value.Text("selected") is { } selected ? JsonFields.Of(selected) : null,
            "datetime" => value.Text("datetime") is { } time ? JsonFields.Of(time) : null,
            "textarea" => value.Text("text") is { } text ? JsonFields.Of(text) : Texts(value.Items("text"), static item => item.ValueKind == JsonValueKind.String ? item.GetString() : null),
            "taxonomy" => Texts(value.Items("taxonomy"), Path),
            _ => value.Text("choices") is { } choice ? JsonFields.Of(choice) : Texts(value.Items("choices"), static item => item.ValueKind == JsonValueKind.String ? item.GetString() : null),
        };
        if (answer is null) place.Below("value").Tell($"no {type} in it; {result.Member("value").Found()} found.");
        return answer;
    }

    private static JsonElement? Texts(IEnumerable<JsonElement> items, Func<JsonElement, string?> textOf)
    {
        List<string> texts = [];
        foreach (var item in items)
        {
            if (textOf(item) is not { } text) return null;
            texts.Add(text);
        }

        return texts.Count switch { 0 => null, 1 => JsonFields.Of(texts[0]), _ => JsonFields.Of(texts) };
    }

    private static string? Path(JsonElement steps)
    {
        if (steps.ValueKind != JsonValueKind.Array || steps.EnumerateArray().Any(s => s.ValueKind != JsonValueKind.String)) return null;
        return string.Join('/', steps.EnumerateArray().Select(s => s.GetString()!.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal)));
    }

    /// <summary>The type of result that an answer is written as.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="named">The type that the file named, where it did.</param>
    public static string TypeOf(JsonElement answer, string? named)
    {
        var type = named is not null && IsAnswer(named) ? named : "choices";
        if (answer.AsNumber() is not null) return type == "rating" ? type : "number";
        return type is "rating" or "number" || IsTexts(answer) && type is "pairwise" or "datetime" ? "choices" : type;
    }

    /// <summary>Members of the result's value.</summary>
    /// <returns>Whether a reader would find the same answer again; if not, the answer has to stand in <c>meta.json</c> too.</returns>
    public static bool Write(Utf8JsonWriter json, string type, JsonElement answer)
    {
        switch (type)
        {
            case "number" or "rating":
                json.WritePropertyName(type);
                answer.WriteTo(json);
                return true;
            case "pairwise" or "datetime":
                json.WriteString(type == "pairwise" ? "selected" : type, answer.ToString());
                return answer.ValueKind == JsonValueKind.String;
            default:
                var texts = IsTexts(answer) ? [.. answer.EnumerateArray().Select(t => t.GetString()!)] : (string[])[answer.ToString()];
                json.WriteStartArray(type == "textarea" ? "text" : type);
                foreach (var text in texts)
                {
                    if (type == "taxonomy") WritePath(json, text);
                    else json.WriteStringValue(text);
                }

                json.WriteEndArray();
                return answer.ValueKind == JsonValueKind.String || IsTexts(answer) && texts.Length > 1;
        }
    }

    private static bool IsTexts(JsonElement answer) => answer.ValueKind == JsonValueKind.Array && answer.EnumerateArray().All(t => t.ValueKind == JsonValueKind.String);

    private static void WritePath(Utf8JsonWriter json, string path)
    {
        json.WriteStartArray();
        foreach (var step in path.Split('/')) json.WriteStringValue(step.Replace("%2F", "/", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal));
        json.WriteEndArray();
    }
}
