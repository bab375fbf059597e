using System.Globalization;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Argoverse;

/// <summary>The files of one log: a folder with tables, sweeps and pictures.</summary>
/// <param name="Folder">The folder with a <c>/</c> at its end; empty where the source is the log itself.</param>
internal sealed record ArgoverseFiles(string Folder)
{
    public const string Annotations = "annotations.feather";
    public const string Poses = "city_SE3_egovehicle.feather";
    public const string Extrinsics = "calibration/egovehicle_SE3_sensor.feather";
    public const string Intrinsics = "calibration/intrinsics.feather";
    public const string Sweeps = "sensors/lidar/";

    private const string Cameras = "sensors/cameras/";

    /// <summary>Parts of the data set, each a folder of logs.</summary>
    public static readonly string[] Splits = ["train", "val", "test"];

    public bool HasAnnotations { get; private set; }

    public bool HasPoses { get; private set; }

    /// <summary>Nanoseconds of the sweeps.</summary>
    public SortedSet<long> SweepTimes { get; } = [];

    /// <summary>Nanoseconds and ending of each camera's pictures.</summary>
    public Dictionary<string, SortedList<long, string>> Pictures { get; } = new(StringComparer.Ordinal);

    private ReadOnlySpan<char> Name => Folder.AsSpan().TrimEnd('/');

    /// <summary>The part of the data set: the name of the folder that the log lies in, where it is one of <see cref="Splits"/>.</summary>
    public string? Split
    {
        get
        {
            var above = Name[..(Name.LastIndexOf('/') + 1)].TrimEnd('/');
            var last = above[(above.LastIndexOf('/') + 1)..];
            foreach (var split in Splits)
                if (last.SequenceEqual(split)) return split;
            return null;
        }
    }

    /// <summary>The log's path without the folder of its part.</summary>
    public string Scene => Split is { } split && Folder.StartsWith(split + "/", StringComparison.Ordinal) ? Name[(split.Length + 1)..].ToString() : Name.ToString();

    /// <summary>The logs of a source, in the order of their folders.</summary>
    public static IReadOnlyList<ArgoverseFiles> Of(DatasetSource source)
    {
        SortedDictionary<string, ArgoverseFiles> logs = new(StringComparer.Ordinal);
        ArgoverseFiles Log(string folder) => logs.TryGetValue(folder, out var known) ? known : logs[folder] = new ArgoverseFiles(folder);
        foreach (var file in source.Files)
        {
            if (!file.EndsWith(".feather", StringComparison.Ordinal) && !file.Contains(Cameras, StringComparison.Ordinal)) continue;
            var name = file[(file.LastIndexOf('/') + 1)..];
            var folder = file[..^name.Length];
            if (name == Annotations) Log(folder).HasAnnotations = true;
            else if (name == Poses) Log(folder).HasPoses = true;
            else if (("/" + folder).EndsWith("/" + Sweeps, StringComparison.Ordinal) && name.EndsWith(".feather", StringComparison.Ordinal) && Time(name.AsSpan()[..^8]) is { } sweep) Log(folder[..^Sweeps.Length]).SweepTimes.Add(sweep);
            else if (folder.Length > 0 && DatasetSource.IsPicture(name)) AddPicture(folder, name, Log);
        }

        return [.. logs.Values.Where(l => l.HasAnnotations || l.HasPoses && l.SweepTimes.Count > 0)];
    }

    private static void AddPicture(string folder, string name, Func<string, ArgoverseFiles> log)
    {
        var camera = folder[(folder.LastIndexOf('/', folder.Length - 2) + 1)..^1];
        var above = folder[..^(camera.Length + 1)];
        var ending = Path.GetExtension(name);
        if (!("/" + above).EndsWith("/" + Cameras, StringComparison.Ordinal) || Time(name.AsSpan()[..^ending.Length]) is not { } time) return;
        var pictures = log(above[..^Cameras.Length]).Pictures;
        if (!pictures.TryGetValue(camera, out var known)) pictures.Add(camera, known = []);
        known.TryAdd(time, ending);
    }

    /// <summary>Nanoseconds as names of files have them; null where they are none.</summary>
    public static long? Time(ReadOnlySpan<char> name) => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var time) ? time : null;

    /// <summary>The picture of a camera that is nearest to a moment, and its own moment; null where none is so near.</summary>
    /// <param name="camera">The camera.</param>
    /// <param name="time">The moment, nanoseconds.</param>
    /// <param name="farthest">How far off it may be, nanoseconds.</param>
    public (string File, long Time)? Nearest(string camera, long time, long farthest)
    {
        if (!Pictures.TryGetValue(camera, out var pictures)) return null;
        var (low, high) = (0, pictures.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (pictures.Keys[middle] < time) low = middle + 1;
            else high = middle;
        }

        (string, long)? best = null;
        var distance = (UInt128)farthest + 1;
        for (var i = Math.Max(0, low - 1); i < Math.Min(pictures.Count, low + 1); i++)
        {
            var off = (UInt128)Int128.Abs((Int128)pictures.Keys[i] - time);
            if (off >= distance) continue;
            (best, distance) = (($"{Folder}{Cameras}{camera}/{pictures.Keys[i].ToString(CultureInfo.InvariantCulture)}{pictures.Values[i]}", pictures.Keys[i]), off);
        }

        return best;
    }
}
