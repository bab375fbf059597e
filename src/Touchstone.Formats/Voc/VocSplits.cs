using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Voc;

/// <summary>VOC's lists of names: <c>ImageSets/Main/train.txt</c> and its like. Lists by class ("car_train.txt": name and 1 or -1) say nothing of parts and are passed over.</summary>
internal static class VocSplits
{
    private const string Folder = "ImageSets/Main/";

    public static Dictionary<string, string> Read(DatasetSource source)
    {
        Dictionary<string, string> splits = new(StringComparer.Ordinal);
        foreach (var file in source.Files)
        {
            var at = file.LastIndexOf(Folder, StringComparison.Ordinal);
            if (at < 0 || (at > 0 && file[at - 1] != '/') || !file.EndsWith(".txt", StringComparison.Ordinal)) continue;
            var split = file[(at + Folder.Length)..^4];
            if (split.Contains('_', StringComparison.Ordinal) || split is "trainval") continue;
            using var text = source.OpenText(file);
            while (text.ReadLine() is { } line)
                if (line.Trim() is { Length: > 0 } name) splits.TryAdd(name, split);
        }

        return splits;
    }
}
