using System.Text.Json;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.WebAnno;

/// <summary>Values of features, which the format has as texts without a type. Numbers, truth values, lists and objects are those that look so; a text that looks so itself is written in quotation marks.</summary>
internal static class WebAnnoValues
{
    private const int Longest = 1 << 20;

    /// <summary>The value of a text.</summary>
    public static JsonElement Read(string text) => Parsed(text) switch
    {
        null => JsonFields.Of(text),
        { ValueKind: JsonValueKind.String } quoted => NeedsQuotes(quoted.GetString()!) ? quoted : JsonFields.Of(text),
        { } value => value,
    };

    /// <summary>The text of a value.</summary>
    public static string Write(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return value.GetRawText();
        var text = value.GetString()!;
        return NeedsQuotes(text) ? value.GetRawText() : text;
    }

    private static bool NeedsQuotes(string text) => Parsed(text) is { } value && (value.ValueKind != JsonValueKind.String || NeedsQuotes(value.GetString()!));

    private static JsonElement? Parsed(string text)
    {
        if (text.Length is 0 or > Longest || !(text[0] is '-' or 't' or 'f' or 'n' or '[' or '{' or '"' || char.IsAsciiDigit(text[0])) || char.IsWhiteSpace(text[^1])) return null;
        try
        {
            var value = JsonElement.Parse(text);
            return JsonTexts.AreUnicode(value) ? value : null;
        }
        catch (JsonException)
        {
            return null;   // a text
        }
    }
}
