namespace Touchstone.Formats.Exchange;

/// <summary>The data sets of a folder that holds several, each at its place.</summary>
/// <remarks>
/// A format looks at a folder as one data set and tells the first sign of itself. So each folder below is looked at alone too: where folders beside each other are of different formats, or of one that does not read
/// several folders as parts of one data set, they are data sets of their own; where all are of the format of the whole, they are its parts.
/// </remarks>
public static class DatasetSets
{
    /// <summary>Folders below are looked at down to this depth: deeper ones are parts of what is above them.</summary>
    public const int DepthMax = 4;

    /// <summary>How sure a folder below another must be to count as a data set.</summary>
    public const double Sure = 0.7;

    private const int FoldersMax = 400;                     // folders looked at in all, so that a data set of a folder a class is not looked at for ever
    private const int BesideMax = 64;                       // folders beside each other: more are classes, clips or scenes of one data set

    // Folders that formats have for their labels and pictures: no data set begins there.
    private static readonly HashSet<string> Parts = new(StringComparer.OrdinalIgnoreCase)
    {
        "images", "labels", "label_2", "label_02", "image_2", "calib", "velodyne", "JPEGImages", "Annotations", "annotations", "ann", "img", "ImageSets", "gt", "det", "img1", "instances", "instances_txt", "gtFine", "leftImg8bit",
        "train", "val", "valid", "validation", "test", "training", "testing",
    };

    /// <summary>What a folder or file holds, the surest first.</summary>
    public static IReadOnlyList<Recognition> Find(DatasetSource source)
    {
        var looks = FoldersMax;
        return [.. Find(source, depth: 0, ref looks).OrderByDescending(r => r.Certainty).ThenBy(r => r.Place, StringComparer.Ordinal).ThenBy(r => r.Format, StringComparer.Ordinal)];
    }

    /// <summary>One format for each place: the surest.</summary>
    public static IReadOnlyList<Recognition> Apart(IReadOnlyList<Recognition> found) => [.. found.OrderByDescending(r => r.Certainty).DistinctBy(r => r.Place, StringComparer.Ordinal)];

    private static List<Recognition> Find(DatasetSource source, int depth, ref int looks)
    {
        looks--;
        List<Recognition> whole = [.. FormatRegistry.Recognise(source)];
        if (source.IsFile || depth == DepthMax || Folders(source) is not { Count: > 0 and <= BesideMax } folders) return whole;
        List<Recognition> below = [];
        foreach (var folder in folders)
        {
            if (looks <= 0) break;
            foreach (var each in Find(source.InFolder(folder), depth + 1, ref looks))
                if (each.Certainty >= Sure) below.Add(each with { Place = each.Place.Length == 0 ? folder : $"{folder}/{each.Place}" });
        }

        return Joined(source, whole, below);
    }

    /// <summary>What the whole is, and those of the data sets below it that are no part of that.</summary>
    private static List<Recognition> Joined(DatasetSource source, List<Recognition> whole, List<Recognition> below)
    {
        var apart = Apart(below);
        List<Recognition> joined = [.. whole.Where(r => r.Place.Length > 0)];
        var several = apart.Select(r => r.Format).Distinct(StringComparer.Ordinal).Count() > 1;
        foreach (var each in whole.Where(r => r.Place.Length == 0))
        {
            var own = apart.Where(r => r.Format == each.Format).ToList();
            // Without such a folder its sign lies in the whole itself. With one among others the whole is no data set, and its folder is.
            if (own.Count == 0 || !several && FormatRegistry.Find(each.Format)!.ReadsTogether(source, own)) joined.Add(each);
        }

        foreach (var each in below)
            if (!joined.Exists(j => j.Place == each.Place && j.Format == each.Format || j.Format == each.Format && (j.Place.Length == 0 || each.Place.StartsWith(j.Place + "/", StringComparison.Ordinal)))) joined.Add(each);
        return joined;
    }

    private static List<string> Folders(DatasetSource source)
    {
        List<string> folders = [];
        foreach (var file in source.Files)
        {
            var at = file.IndexOf('/', StringComparison.Ordinal);
            if (at < 0 || folders.Count > 0 && file.AsSpan(0, at).SequenceEqual(folders[^1])) continue;
            folders.Add(file[..at]);
            if (folders.Count > BesideMax) break;
        }

        return folders.Exists(f => !Parts.Contains(f)) ? folders : [];
    }
}
