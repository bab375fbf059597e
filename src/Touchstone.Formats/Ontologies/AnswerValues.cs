using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Formats.Ontologies;

/// <summary>Values of other tools as answers to a question: options by id or title, numbers and truth also where they stand as text.</summary>
internal static class AnswerValues
{
    /// <summary>The value as an answer; null where it cannot be one.</summary>
    public static JsonNode? Of(Question question, JsonElement value) => question switch
    {
        ChoiceQuestion { Boolean: true } => Truth(value) is { } truth ? JsonValue.Create(truth) : null,
        ChoiceQuestion { Taxonomy: true } choice => Path(choice, value),
        ChoiceQuestion { Multiple: true } choice => Several(choice, value),
        ChoiceQuestion choice => One(value) is { } one && OntologyTarget.FindOption(choice, one) is { } option ? JsonValue.Create(option.Id) : null,
        RatingQuestion => Number(value) is { } number && number == Math.Floor(number) && Math.Abs(number) < int.MaxValue ? JsonValue.Create((int)number) : null,
        NumberQuestion => Number(value) is { } number ? JsonValue.Create(number) : null,
        TextQuestion => Text(value) is { } text ? JsonValue.Create(text) : null,
        _ => null,
    };

    private static JsonArray? Several(ChoiceQuestion choice, JsonElement value)
    {
        List<string> ids = [];
        foreach (var name in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(Text) : [Text(value)])
        {
            if (name is null || OntologyTarget.FindOption(choice, name) is not { } option) return null;
            if (!ids.Contains(option.Id)) ids.Add(option.Id);
        }

        return [.. ids.Select(id => (JsonNode)id)];
    }

    /// <summary>A path as a list of names, or as one text with <c>/</c> between them; of several paths a question that takes one has no place for the others.</summary>
    private static JsonArray? Path(ChoiceQuestion choice, JsonElement value)
    {
        var paths = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().Any(v => v.ValueKind == JsonValueKind.Array || Text(v)?.Contains('/') == true)
            ? value.EnumerateArray().ToList()
            : [value];
        if (!choice.Multiple) return paths is [var only] ? OnePath(choice, only) : null;
        JsonArray all = [];
        foreach (var path in paths)
        {
            if (OnePath(choice, path) is not { } found) return null;
            all.Add((JsonNode)found);
        }

        return all;
    }

    private static JsonArray? OnePath(ChoiceQuestion choice, JsonElement value)
    {
        var names = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => Text(v) ?? "")] : (Text(value) ?? "").Split('/');
        JsonArray path = [];
        var options = choice.Options;
        foreach (var step in names)
        {
            // Readers write a step's own slash as %2F.
            var name = step.Replace("%2F", "/", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
            if (OntologyTarget.FindOption(new ChoiceQuestion(choice.Id, null, options), name) is not { } option) return null;
            path.Add((JsonNode)option.Id);
            options = option.Children;
        }

        return path;
    }

    private static string? One(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() == 1 ? Text(value[0]) : null : Text(value);

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array when value.GetArrayLength() == 1 => Text(value[0]),
        _ => null,
    };

    private static double? Number(JsonElement value) =>
        Text(value) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static bool? Truth(JsonElement value) => Text(value)?.Trim().ToLowerInvariant() switch
    {
        "true" or "yes" or "1" => true,
        "false" or "no" or "0" => false,
        _ => null,
    };
}
