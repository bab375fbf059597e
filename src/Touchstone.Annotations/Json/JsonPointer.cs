namespace Touchstone.Annotations.Json;

/// <summary>RFC 6901.</summary>
internal static class JsonPointer
{
    public static string Append(string pointer, string member) =>
        $"{pointer}/{member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string Append(string pointer, int index) => $"{pointer}/{index}";

    public static string[] Split(string pointer) => pointer.Length == 0
        ? []
        : [.. pointer[1..].Split('/').Select(t => t.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    /// <summary>The pointer to what holds this, or null at the top.</summary>
    public static string? Parent(string pointer) => pointer.Length == 0 ? null : pointer[..pointer.LastIndexOf('/')];
}
