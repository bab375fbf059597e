using System.Text;

namespace Touchstone.Curation.Pipelines;

/// <summary>Recipes that come with the program, as YAML files to copy.</summary>
public static class Presets
{
    private const string Folder = "presets/";

    /// <summary>Names of the recipes.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(Presets).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(n => Path.GetFileNameWithoutExtension(n[Folder.Length..])).Order(StringComparer.Ordinal)];

    /// <summary>The file of a recipe; null where there is none of the name.</summary>
    public static string? Find(string name)
    {
        using var stream = typeof(Presets).Assembly.GetManifestResourceStream($"{Folder}{name}.yaml");
        if (stream is null) return null;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
