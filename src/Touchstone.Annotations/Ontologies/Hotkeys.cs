namespace Touchstone.Annotations.Ontologies;

/// <summary>The keys that classes and options may have: a digit or a lower-case letter, alone or with <c>shift+</c> before it.</summary>
public static class Hotkeys
{
    /// <summary>Every key, in the order in which free ones are given out.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. "123456789qwertasdfgzxcvbyuiophjklnm0".Select(c => c.ToString()), .. "123456789qwertasdfgzxcvbyuiophjklnm0".Select(c => $"shift+{c}")];

    /// <summary>Whether this is a key as written here.</summary>
    public static bool IsValid(string key) => All.Contains(key, StringComparer.Ordinal);
}
