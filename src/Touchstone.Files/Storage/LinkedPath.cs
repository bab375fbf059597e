namespace Touchstone.Files.Storage;

/// <summary>Paths behind links, for comparing two places that are spelled differently.</summary>
public static class LinkedPath
{
    /// <summary>As many as Linux follows.</summary>
    private const int LinksMax = 40;

    /// <summary>A full path without a link in it, as far as it is there; what is not there yet is kept as it is spelled.</summary>
    /// <param name="path">A file or folder that need not exist.</param>
    /// <returns>Without a separator at its end.</returns>
    /// <exception cref="IOException">Links lead round in a circle.</exception>
    public static string Real(string path)
    {
        var links = 0;
        return Real(path, ref links);
    }

    private static string Real(string path, ref int links)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var folder = Path.GetDirectoryName(full);
        if (string.IsNullOrEmpty(folder)) return full;
        folder = Real(folder, ref links);
        var here = Path.Combine(folder, Path.GetFileName(full));
        if (new FileInfo(here).LinkTarget is not { } target) return here;
        if (++links > LinksMax) throw new IOException($"{path}: links lead round in a circle.");
        return Real(Path.Combine(folder, target), ref links);
    }
}
