using System.Text.Json;

namespace Touchstone.Server.Host;

/// <summary>Names of enum members as they stand on the wire.</summary>
internal static class SnakeCaseNames
{
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.Of(value);

    private static class Names<T> where T : struct, Enum
    {
        private static readonly Dictionary<T, string> Known = Enum.GetValues<T>().Distinct().ToDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));

        public static string Of(T value) => Known[value];
    }
}
