using System.Text.Json;

namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>Where two JSON documents differ.</summary>
internal static class JsonDifference
{
    /// <summary>Every place at which they differ, as deep as they can be followed together.</summary>
    public static IEnumerable<(string Pointer, string Expected, string Found)> Between(JsonElement expected, JsonElement found, string pointer = "")
    {
        if (expected.ValueKind == JsonValueKind.Object && found.ValueKind == JsonValueKind.Object) return OfObjects(expected, found, pointer);
        if (expected.ValueKind == JsonValueKind.Array && found.ValueKind == JsonValueKind.Array) return OfArrays(expected, found, pointer);
        return expected.ValueKind == found.ValueKind && expected.GetRawText() == found.GetRawText() ? [] : [(pointer, Text(expected), Text(found))];
    }

    private static IEnumerable<(string, string, string)> OfObjects(JsonElement expected, JsonElement found, string pointer)
    {
        foreach (var member in expected.EnumerateObject())
        {
            var place = $"{pointer}/{Escape(member.Name)}";
            if (!found.TryGetProperty(member.Name, out var other))
            {
                yield return (place, Text(member.Value), "nothing");
                continue;
            }

            foreach (var difference in Between(member.Value, other, place)) yield return difference;
        }

        foreach (var member in found.EnumerateObject())
            if (!expected.TryGetProperty(member.Name, out _)) yield return ($"{pointer}/{Escape(member.Name)}", "nothing", Text(member.Value));
    }

    private static IEnumerable<(string, string, string)> OfArrays(JsonElement expected, JsonElement found, string pointer)
    {
        var (first, second) = (expected.GetArrayLength(), found.GetArrayLength());
        for (var i = 0; i < Math.Min(first, second); i++)
            foreach (var difference in Between(expected[i], found[i], $"{pointer}/{i}")) yield return difference;
        if (first != second) yield return (pointer, $"{first} entries", $"{second} entries");
    }

    private static string Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => $"a list of {element.GetArrayLength()}",
        _ => element.GetRawText(),
    };

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
