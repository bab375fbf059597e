using System.Text;
using System.Text.Json;

namespace Touchstone.Formats.Json;

/// <summary>Numbers in texts, kept digit for digit where JSON writes them so.</summary>
internal static class JsonNumber
{
    public static bool TryParse(string text, out JsonElement number)
    {
        number = default;
        if (text.Length is 0 or > 100 || !(char.IsAsciiDigit(text[0]) || text[0] == '-')) return false;
        try
        {
            number = JsonElement.Parse(Encoding.UTF8.GetBytes(text));
            return number.ValueKind == JsonValueKind.Number && double.IsFinite(number.GetDouble());
        }
        catch (JsonException)
        {
            return false;   // such as 01 or 1., which are numbers elsewhere
        }
    }
}
