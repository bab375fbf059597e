using System.Text.Json;

namespace Touchstone.Server.Host;

/// <summary>Names of enum members as they stand on the wire.</summary>
internal static class SnakeCaseNames
{
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.Known[value];

    public static IEnumerable<string> All<T>() where T : struct, Enum => Names<T>.Known.Values;

    public static bool TryParse<T>(string? name, out T value) where T : struct, Enum
    {
        foreach (var (known, itsName) in Names<T>.Known)
        {
            if (itsName != name) continue;
            value = known;
            return true;
        }

        value = default;
        return false;
    }

    private static class Names<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Known = Enum.GetValues<T>().Distinct().ToDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));
    }
}
