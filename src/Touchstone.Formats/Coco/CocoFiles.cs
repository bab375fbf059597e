using System.Text.RegularExpressions;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Coco;

/// <summary>A COCO annotation file and what its name says: <c>instances_train2017.json</c> holds instances of the part <c>train</c>.</summary>
internal sealed record CocoFile(string Path, string Family, string? Split)
{
    /// <summary>What follows the family in the file's name, such as <c>train2017</c>; the whole name where there is no family.</summary>
    public string Rest => Family.Length > 0 && Stem.Length > Family.Length ? Stem[(Family.Length + 1)..] : Stem;

    /// <summary>The folder that it lies in; empty for the source's own.</summary>
    public string Folder => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.LastIndexOf('/')] : "";

    /// <summary>Files of one kind speak each of images of their own; files of different kinds may speak of the same ones.</summary>
    public string Kind => Family is "" ? CocoFiles.Instances : Family == "keypoints" ? CocoFiles.Keypoints : Family;

    private string Stem => System.IO.Path.GetFileNameWithoutExtension(Path);
}

internal static partial class CocoFiles
{
    public const string Instances = "instances", Keypoints = "person_keypoints", Panoptic = "panoptic";

    private static readonly string[] Families = [Instances, Keypoints, Panoptic, "keypoints", "stuff", "captions", "labels", "image_info"];

    private static readonly HashSet<string> Splits = new(StringComparer.OrdinalIgnoreCase) { "train", "val", "valid", "validation", "test", "minival", "trainval", "test-dev", "unlabeled" };

    public static CocoFile Parse(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        var family = Families.FirstOrDefault(f => name.Equals(f, StringComparison.OrdinalIgnoreCase) || name.StartsWith(f + "_", StringComparison.OrdinalIgnoreCase)) ?? "";
        // "labels.json" is what many programs call their one file; "labels_train.json" holds labels of whole images.
        if (family == "labels" && name.Length == family.Length) family = "";
        var file = new CocoFile(path, family, null);
        return file with { Split = PartOf(file.Rest) };
    }

    /// <summary>The part that a name is of: <c>train2017</c> is of <c>train</c>; null where it is none that is known.</summary>
    private static string? PartOf(string name)
    {
        if (Splits.Contains(name)) return name;
        var part = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('_', '-');
        return Splits.Contains(part) ? part : null;
    }

    /// <summary>The files that look like COCO, each with the part of the data set that it is of.</summary>
    /// <remarks>
    /// A part is what a file's name says, or else the nearest folder around it (<c>valid/_annotations.coco.json</c>). Files that would be of one part and speak of images of their own are parts of their own: by their names, or, where those are
    /// equal or they lie apart, by their folders. So ids, which begin anew in each file, never meet those of another.
    /// </remarks>
    public static List<CocoFile> Find(DatasetSource source, Predicate<CocoFile> isWanted)
    {
        var files = source.Files.Where(f => f.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).Where(f => LooksLikeCoco(source.Beginning(f))).Select(Parse).ToList().FindAll(isWanted);
        for (var i = 0; i < files.Count; i++)
            if (files[i].Split is null) files[i] = files[i] with { Split = files[i].Folder.Split('/').Reverse().Select(PartOf).FirstOrDefault(p => p is not null) };
        return Apart(files);
    }

    private static List<CocoFile> Apart(List<CocoFile> files)
    {
        Dictionary<string, string?> parts = new(StringComparer.Ordinal);
        foreach (var part in files.GroupBy(f => f.Split, StringComparer.Ordinal))
        {
            List<CocoFile> all = [.. part];
            if (IsOne(all, _ => "")) continue;
            if (IsOne(all, f => f.Rest) && all.Select(f => f.Folder).Distinct(StringComparer.Ordinal).Count() == 1)
            {
                foreach (var file in all) parts[file.Path] = file.Rest;
                continue;
            }

            var names = IsOne(all, f => f.Folder) ? Distinct(all, f => f.Folder) : IsOne(all, FolderAndRest) ? Distinct(all, FolderAndRest) : Distinct(all, f => f.Path[..^".json".Length]);
            foreach (var file in all) parts[file.Path] = Joined(names[file.Path], part.Key);
        }

        return [.. files.Select(f => parts.TryGetValue(f.Path, out var name) ? f with { Split = name } : f)];
    }

    private static string FolderAndRest(CocoFile file) => $"{file.Folder}/{file.Rest}";

    /// <summary>Whether files that have the same word lie in one folder and are of different kinds, so that they can speak of the same images.</summary>
    private static bool IsOne(List<CocoFile> files, Func<CocoFile, string> of) => files.GroupBy(of, StringComparer.Ordinal).All(g =>
        g.Select(f => f.Folder).Distinct(StringComparer.Ordinal).Count() == 1 && g.Select(f => f.Kind).Distinct(StringComparer.Ordinal).Count() == g.Count());

    /// <summary>Paths without the names that all begin with, and without those that all end with.</summary>
    private static Dictionary<string, string> Distinct(List<CocoFile> files, Func<CocoFile, string> of)
    {
        List<string[]> paths = [.. files.Select(f => of(f).Split('/', StringSplitOptions.RemoveEmptyEntries))];
        var shortest = paths.Min(p => p.Length);
        var (first, last) = (0, 0);
        while (first < shortest && paths.TrueForAll(p => p[first] == paths[0][first])) first++;
        while (last < shortest - first && paths.TrueForAll(p => p[^(last + 1)] == paths[0][^(last + 1)])) last++;
        return files.Zip(paths).ToDictionary(p => p.First.Path, p => string.Join('_', p.Second[first..^last]), StringComparer.Ordinal);
    }

    private static string? Joined(string own, string? part) => own.Length == 0 ? part : part is null || own.Split('_').Contains(part, StringComparer.Ordinal) ? own : $"{own}_{part}";

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
