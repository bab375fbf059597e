namespace Touchstone.Formats.Texts;

/// <summary>Where a data set of several files lies.</summary>
internal static class TextPlaces
{
    /// <summary>The deepest folder that holds all files; empty for the source's own. One file is its own place.</summary>
    public static string Of(IReadOnlyList<string> files)
    {
        if (files.Count == 1) return files[0];
        var folder = Folder(files[0]);
        foreach (var file in files)
            while (folder.Length > 0 && !file.StartsWith(folder + "/", StringComparison.Ordinal)) folder = Folder(folder);
        return folder;
    }

    private static string Folder(string path) => path.LastIndexOf('/') is >= 0 and var end ? path[..end] : "";
}
