using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Touchstone.Annotations.Tests;

/// <summary>As much of JSON Schema 2020-12 as the project's schema uses. A keyword that it does not know throws, so that nothing goes unchecked.</summary>
internal sealed class MiniSchema(JsonElement root)
{
    public JsonElement Definition(string name) => root.GetProperty("$defs").GetProperty(name);

    /// <summary>The first thing that is wrong, or null.</summary>
    public string? Validate(JsonElement value, string? definition = null) => Validate(value, definition is null ? root : Definition(definition), "");

    private string? Validate(JsonElement value, JsonElement schema, string at)
    {
        foreach (var keyword in schema.EnumerateObject())
            if (Check(keyword, value, schema, at) is { } flaw) return flaw;
        return null;
    }

    private string? Check(JsonProperty keyword, JsonElement value, JsonElement schema, string at)
    {
        var rule = keyword.Value;
        return keyword.Name switch
        {
            "$schema" or "$defs" or "title" or "description" or "default" or "additionalProperties" or "then" or "else" => null,
            "$ref" => Validate(value, Definition(rule.GetString()!["#/$defs/".Length..]), at),
            "type" => When(!IsOneOf(value, rule), $"{at}: type"),
            "const" => When(!JsonElement.DeepEquals(value, rule), $"{at}: const"),
            "enum" => When(!rule.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value)), $"{at}: enum"),
            "oneOf" => When(rule.EnumerateArray().Count(s => Validate(value, s, at) is null) != 1, $"{at}: oneOf"),
            "anyOf" => When(!rule.EnumerateArray().Any(s => Validate(value, s, at) is null), $"{at}: anyOf"),
            "if" => schema.TryGetProperty(Validate(value, rule, at) is null ? "then" : "else", out var branch) ? Validate(value, branch, at) : null,
            "contains" => When(value.ValueKind == JsonValueKind.Array && !value.EnumerateArray().Any(v => Validate(v, rule, at) is null), $"{at}: contains"),
            "required" => When(value.ValueKind == JsonValueKind.Object && rule.EnumerateArray().Any(k => !value.TryGetProperty(k.GetString()!, out _)), $"{at}: required"),
            "properties" => Properties(value, rule, schema, at),
            "items" => value.ValueKind != JsonValueKind.Array ? null : value.EnumerateArray().Select((v, i) => Validate(v, rule, $"{at}/{i}")).FirstOrDefault(f => f is not null),
            "minItems" => When(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() < rule.GetInt32(), $"{at}: minItems"),
            "maxItems" => When(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > rule.GetInt32(), $"{at}: maxItems"),
            "uniqueItems" => When(value.ValueKind == JsonValueKind.Array && value.EnumerateArray().DistinctBy(v => v.GetRawText()).Count() != value.GetArrayLength(), $"{at}: uniqueItems"),
            "maxProperties" => When(value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() > rule.GetInt32(), $"{at}: maxProperties"),
            "minimum" => When(value.ValueKind == JsonValueKind.Number && value.GetDouble() < rule.GetDouble(), $"{at}: minimum"),
            "exclusiveMinimum" => When(value.ValueKind == JsonValueKind.Number && value.GetDouble() <= rule.GetDouble(), $"{at}: exclusiveMinimum"),
            "maximum" => When(value.ValueKind == JsonValueKind.Number && value.GetDouble() > rule.GetDouble(), $"{at}: maximum"),
            "minLength" => When(value.ValueKind == JsonValueKind.String && Length(value) < rule.GetInt32(), $"{at}: minLength"),
            "maxLength" => When(value.ValueKind == JsonValueKind.String && Length(value) > rule.GetInt32(), $"{at}: maxLength"),
            "pattern" => When(value.ValueKind == JsonValueKind.String && !Regex.IsMatch(value.GetString()!, rule.GetString()!), $"{at}: pattern"),
            _ => throw new NotSupportedException($"The keyword {keyword.Name} at {at}."),
        };
    }

    private string? Properties(JsonElement value, JsonElement rule, JsonElement schema, string at)
    {
        if (value.ValueKind != JsonValueKind.Object) return null;
        var closed = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.False;
        foreach (var member in value.EnumerateObject())
        {
            if (rule.TryGetProperty(member.Name, out var inner))
            {
                if (Validate(member.Value, inner, $"{at}/{member.Name}") is { } flaw) return flaw;
            }
            else if (closed) return $"{at}/{member.Name}: unknown";
        }

        return null;
    }

    private static bool IsOneOf(JsonElement value, JsonElement types) =>
        types.ValueKind == JsonValueKind.Array ? types.EnumerateArray().Any(t => Is(value, t.GetString()!)) : Is(value, types.GetString()!);

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() == Math.Floor(value.GetDouble()),
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"The type {type}."),
    };

    private static int Length(JsonElement text) => new StringInfo(text.GetString()!).String.EnumerateRunes().Count();

    private static string? When(bool flawed, string flaw) => flawed ? flaw : null;
}
