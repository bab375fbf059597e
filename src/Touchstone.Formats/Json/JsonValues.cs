using System.Text.Json;

namespace Touchstone.Formats.Json;

/// <summary>JSON values that outlive the record they stood in: each holds its own few bytes, not the whole record's, and short ones that come again are shared.</summary>
internal sealed class JsonValues
{
    private const int SharedMax = 10_000;
    private const int SharedLengthMax = 40;

    private readonly Dictionary<string, JsonElement> _shared = new(StringComparer.Ordinal);

    public static JsonElement True { get; } = JsonElement.Parse("true"u8);

    public static JsonElement False { get; } = JsonElement.Parse("false"u8);

    public static JsonElement Of(bool value) => value ? True : False;

    public static JsonElement Of(string value) => JsonSerializer.SerializeToElement(value);

    public static JsonElement Of(double value) => JsonSerializer.SerializeToElement(value);

    public static JsonElement Of(long value) => JsonSerializer.SerializeToElement(value);

    /// <summary>The value with memory of its own.</summary>
    public JsonElement Keep(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True:
                return True;
            case JsonValueKind.False:
                return False;
        }

        var text = value.GetRawText();
        if (text.Length > SharedLengthMax) return JsonElement.Parse(text);
        if (_shared.TryGetValue(text, out var same)) return same;
        var own = JsonElement.Parse(text);
        if (_shared.Count < SharedMax) _shared.Add(text, own);
        return own;
    }
}
