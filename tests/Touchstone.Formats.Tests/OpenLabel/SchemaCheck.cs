using System.Text.Json;
using System.Text.RegularExpressions;

namespace Touchstone.Formats.Tests.OpenLabel;

/// <summary>Checks a document against a JSON schema, as far as OpenLABEL's schema goes: references, types, required and additional members, patterns of names, enumerations, lengths, oneOf, anyOf.</summary>
internal sealed class SchemaCheck(JsonElement schema)
{
    private static readonly HashSet<string> Known =
        ["$ref", "$schema", "$id", "type", "properties", "additionalProperties", "patternProperties", "required", "enum", "items", "item", "minItems", "maxItems", "oneOf", "anyOf", "description", "title", "definitions",
         "intrinsics_custom", "intrinsics_fisheye", "intrinsics_pinhole", "sync"];              // stand where keywords do in stream_properties, and no validator looks at them

    /// <summary>Where and why it does not fit; empty where it does.</summary>
    public List<string> Faults(JsonElement document)
    {
        List<string> faults = [];
        Check(document, schema, "", faults);
        return faults;
    }

    private void Check(JsonElement value, JsonElement rule, string place, List<string> faults)
    {
        foreach (var member in rule.EnumerateObject())
            if (!Known.Contains(member.Name)) faults.Add($"{place}: the check does not know {member.Name}");
        if (rule.TryGetProperty("$ref", out var reference)) Check(value, schema.GetProperty("definitions").GetProperty(reference.GetString()!["#/definitions/".Length..]), place, faults);
        if (rule.TryGetProperty("type", out var type) && !Is(value, type.GetString()!)) faults.Add($"{place}: {type} was expected, {value.ValueKind} found");
        if (rule.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(w => JsonElement.DeepEquals(w, value))) faults.Add($"{place}: {value} is none of {words}");
        foreach (var name in (string[])["oneOf", "anyOf"])
        {
            if (!rule.TryGetProperty(name, out var choices)) continue;
            var fit = choices.EnumerateArray().Count(c => Fits(value, c));
            if (name == "oneOf" ? fit != 1 : fit == 0) faults.Add($"{place}: {fit} of {name} fit {value.GetRawText()[..Math.Min(80, value.GetRawText().Length)]}");
        }

        if (value.ValueKind == JsonValueKind.Object) CheckObject(value, rule, place, faults);
        if (value.ValueKind != JsonValueKind.Array) return;
        var count = value.GetArrayLength();
        if (rule.TryGetProperty("minItems", out var least) && count < least.GetInt32() || rule.TryGetProperty("maxItems", out var most) && count > most.GetInt32()) faults.Add($"{place}: {count} items");
        if (!rule.TryGetProperty("items", out var items)) return;
        var index = 0;
        foreach (var item in value.EnumerateArray()) Check(item, items, $"{place}/{index++}", faults);
    }

    private bool Fits(JsonElement value, JsonElement rule)
    {
        List<string> faults = [];
        Check(value, rule, "", faults);
        return faults.Count == 0;
    }

    private void CheckObject(JsonElement value, JsonElement rule, string place, List<string> faults)
    {
        if (rule.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray())
                if (!value.TryGetProperty(name.GetString()!, out _)) faults.Add($"{place}: {name} is missing");
        foreach (var member in value.EnumerateObject())
        {
            var isKnown = false;
            if (rule.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var own))
            {
                isKnown = true;
                Check(member.Value, own, $"{place}/{member.Name}", faults);
            }

            if (rule.TryGetProperty("patternProperties", out var patterns))
            {
                foreach (var pattern in patterns.EnumerateObject().Where(p => Regex.IsMatch(member.Name, p.Name)))
                {
                    isKnown = true;
                    Check(member.Value, pattern.Value, $"{place}/{member.Name}", faults);
                }
            }

            if (!isKnown && rule.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.False) faults.Add($"{place}: {member.Name} is not allowed");
        }
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() % 1 == 0,
        _ => value.ValueKind == JsonValueKind.Number,
    };
}
