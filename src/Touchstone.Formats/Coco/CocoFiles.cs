using System.Text.RegularExpressions;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Coco;

/// <summary>A COCO annotation file and what its name says: <c>instances_train2017.json</c> holds instances of the part <c>train</c>.</summary>
internal sealed record CocoFile(string Path, string Family, string? Split);

internal static partial class CocoFiles
{
    public const string Instances = "instances", Keypoints = "person_keypoints", Panoptic = "panoptic";

    private static readonly string[] Families = [Instances, Keypoints, Panoptic, "keypoints", "stuff", "captions", "labels", "image_info"];

    private static readonly HashSet<string> Splits = new(StringComparer.OrdinalIgnoreCase) { "train", "val", "valid", "validation", "test", "minival", "trainval", "test-dev", "unlabeled" };

    public static CocoFile Parse(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        var family = Families.FirstOrDefault(f => name.Equals(f, StringComparison.OrdinalIgnoreCase) || name.StartsWith(f + "_", StringComparison.OrdinalIgnoreCase)) ?? "";
        var rest = family.Length == 0 ? name : name.Length > family.Length ? name[(family.Length + 1)..] : "";
        if (Splits.Contains(rest)) return new CocoFile(path, family, rest);
        var part = rest.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('_', '-');
        return new CocoFile(path, family, Splits.Contains(part) ? part : null);
    }

    /// <summary>The files that look like COCO; of several without a known part each is one by its own name.</summary>
    public static List<CocoFile> Find(DatasetSource source)
    {
        List<CocoFile> files = [.. source.Files.Where(f => f.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).Where(f => LooksLikeCoco(source.Beginning(f))).Select(Parse)];
        return [.. files.Select(f => f.Split is null && files.Count(o => o.Family == f.Family && o.Split is null) > 1 ? f with { Split = SplitOf(f) } : f)];
    }

    private static string SplitOf(CocoFile file)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(file.Path);
        return file.Family.Length > 0 && name.Length > file.Family.Length ? name[(file.Family.Length + 1)..] : name;
    }

    /// <summary>A list of images at the top, or lists that only COCO has.</summary>
    public static bool LooksLikeCoco(string beginning)
    {
        if (!beginning.AsSpan().TrimStart().StartsWith("{")) return false;
        bool Has(string word) => beginning.Contains(word, StringComparison.Ordinal);
        return Images.IsMatch(beginning) && (Has("\"file_name\"") || Has("\"annotations\"") || Has("\"categories\""))
            || Annotations.IsMatch(beginning) && (Has("\"image_id\"") || Has("\"category_id\""))
            || Categories.IsMatch(beginning) && Has("\"id\"") && Has("\"name\"") && (Has("\"supercategory\"") || Has("\"videos\""));
    }

    [GeneratedRegex("\"images\"\\s*:\\s*\\[")]
    private static partial Regex Images { get; }

    [GeneratedRegex("\"annotations\"\\s*:\\s*\\[")]
    private static partial Regex Annotations { get; }

    [GeneratedRegex("\"categories\"\\s*:\\s*\\[")]
    private static partial Regex Categories { get; }
}
