using System.Globalization;
using System.Text.Json;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Json;

/// <summary>Members of JSON objects from outside, which may be missing or of another type.</summary>
internal static class JsonFields
{
    public static readonly JsonElement True = JsonElement.Parse("true"u8), False = JsonElement.Parse("false"u8), Null = JsonElement.Parse("null"u8);

    /// <summary>The member; null where there is none, or the value is no object, or the member is null.</summary>
    public static JsonElement? Member(this JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text member; null where there is none.</summary>
    public static string? Text(this JsonElement of, string name) => of.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A finite number; null where there is none.</summary>
    public static double? Number(this JsonElement of, string name) => of.Member(name) is { } value ? AsNumber(value) : null;

    /// <summary>A finite number; null where it is none.</summary>
    public static double? AsNumber(this JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A whole number of 32 bits; null where there is none.</summary>
    public static int? Whole(this JsonElement of, string name) => of.Number(name) is { } number && number == Math.Floor(number) && Math.Abs(number) < int.MaxValue ? (int)number : null;

    /// <summary>True or false; null where there is neither.</summary>
    public static bool? Flag(this JsonElement of, string name) => of.Member(name)?.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    /// <summary>An id, which may be a text or a number; null where there is neither.</summary>
    public static string? Id(this JsonElement of, string name) => of.Member(name) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value ? value.ToString() : null;

    /// <summary>A time in ISO 8601; null where there is none.</summary>
    public static DateTimeOffset? Time(this JsonElement of, string name) =>
        of.Text(name) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>The elements of a list member; none where there is no list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement of, string name) => of.Member(name) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];

    /// <summary>The members of an object; none where the value is none.</summary>
    public static IEnumerable<JsonProperty> Members(this JsonElement? of) => of is { ValueKind: JsonValueKind.Object } value ? value.EnumerateObject() : [];

    /// <summary>The members of an object by name, of those with one name the last; <see cref="Sample.Empty"/> where there are none.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Values(this JsonElement? of)
    {
        Dictionary<string, JsonElement> values = new(StringComparer.Ordinal);
        foreach (var member in of.Members()) values[member.Name] = member.Value;
        return values.Count == 0 ? Sample.Empty : values;
    }

    /// <summary>A text as JSON has it.</summary>
    public static JsonElement Of(string text) => JsonSerializer.SerializeToElement(text);

    /// <summary>A number as JSON has it.</summary>
    public static JsonElement Of(double number) => JsonElement.Parse(number.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>A list of texts as JSON has it.</summary>
    public static JsonElement Of(IReadOnlyList<string> texts) => JsonSerializer.SerializeToElement(texts.ToArray());

    /// <summary>"a list", "the text \"x\"": what was found, for messages.</summary>
    public static string Found(this JsonElement? value) => value is not { } found ? "nothing" : found.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text \"{Cut(found.GetString()!)}\"",
        _ => Cut(found.GetRawText()),
    };

    private static string Cut(string text) => text.Length > 40 ? text[..40] + "..." : text;
}
