namespace Touchstone.Formats.Texts;

/// <summary>Parts of a data set by the names of files: <c>train.jsonl</c>, <c>eng.testa</c>, <c>test-00000-of-00001.jsonl.gz</c>.</summary>
internal static class SplitNames
{
    private static readonly string[] Known = ["train", "training", "valid", "validation", "val", "dev", "devel", "test", "testa", "testb", "eval"];

    /// <summary>The part that a file holds; null where its name does not say.</summary>
    public static string? Of(string file)
    {
        var name = file[(file.LastIndexOf('/') + 1)..];
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) name = name[..^3];
        var dot = name.LastIndexOf('.');
        var (stem, ending) = dot < 0 ? (name, "") : (name[..dot], name[(dot + 1)..]);
        if (stem.IndexOf("-00", StringComparison.Ordinal) is > 0 and var shard) stem = stem[..shard];
        if (Known.Contains(stem, StringComparer.OrdinalIgnoreCase)) return stem.ToLowerInvariant();
        return Known.Contains(ending, StringComparer.OrdinalIgnoreCase) ? ending.ToLowerInvariant() : null;
    }

    /// <summary>A file's name without folder and endings, to number its records by.</summary>
    public static string StemOf(string file)
    {
        if (file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) file = file[..^3];
        var dot = file.LastIndexOf('.');
        return dot > file.LastIndexOf('/') + 1 ? file[..dot] : file;
    }
}
