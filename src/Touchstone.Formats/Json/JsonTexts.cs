using System.Text.Json;

namespace Touchstone.Formats.Json;

/// <summary>JSON's grammar lets texts through that are no Unicode: half of a pair of surrogates, bytes that are no UTF-8. Whoever reads them later would fail.</summary>
internal static class JsonTexts
{
    /// <summary>Whether every text and name in a value is Unicode.</summary>
    public static bool AreUnicode(JsonElement value)
    {
        try
        {
            Walk(value);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;   // what GetString says of such texts
        }
    }

    private static void Walk(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var each in value.EnumerateArray()) Walk(each);
                break;
            case JsonValueKind.Object:
                foreach (var each in value.EnumerateObject())
                {
                    _ = each.Name;
                    Walk(each.Value);
                }

                break;
        }
    }
}
