using Touchstone.Formats.PointClouds;

namespace Touchstone.Formats.Clouds;

/// <summary>What columns are by the names that programs give them.</summary>
internal static class ColumnNames
{
    // Names as the point types of PCL, ROS drivers (Velodyne, Ouster, Hesai), Argoverse 2, nuScenes, SemanticKITTI, PLY of Open3D and CloudCompare, and LAS have them.
    private static readonly Dictionary<string, CloudParts> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["intensity"] = CloudParts.Intensity,
        ["reflectance"] = CloudParts.Intensity,
        ["reflectivity"] = CloudParts.Intensity,
        ["remission"] = CloudParts.Intensity,
        ["i"] = CloudParts.Intensity,
        ["ring"] = CloudParts.Rings,
        ["laser_number"] = CloudParts.Rings,
        ["laser"] = CloudParts.Rings,
        ["channel"] = CloudParts.Rings,
        ["line"] = CloudParts.Rings,
        ["rgb"] = CloudParts.Colours,
        ["rgba"] = CloudParts.Colours,
        ["red"] = CloudParts.Colours,
        ["green"] = CloudParts.Colours,
        ["blue"] = CloudParts.Colours,
        ["alpha"] = CloudParts.Colours,
        ["r"] = CloudParts.Colours,
        ["g"] = CloudParts.Colours,
        ["b"] = CloudParts.Colours,
        ["a"] = CloudParts.Colours,
        ["nir"] = CloudParts.Colours,
        ["t"] = CloudParts.Times,
        ["time"] = CloudParts.Times,
        ["timestamp"] = CloudParts.Times,
        ["gps_time"] = CloudParts.Times,
        ["offset_ns"] = CloudParts.Times,
        ["offset_time"] = CloudParts.Times,
        ["time_offset"] = CloudParts.Times,
        ["label"] = CloudParts.Labels,
        ["class"] = CloudParts.Labels,
        ["classification"] = CloudParts.Labels,
        ["semantic"] = CloudParts.Labels,
        ["instance"] = CloudParts.Labels,
        ["category"] = CloudParts.Labels,
        ["object"] = CloudParts.Labels,
    };

    public static bool IsPosition(string name) => name is "x" or "y" or "z";

    /// <summary>What a column says of points that is no position.</summary>
    public static CloudParts PartOf(string name) => Known.GetValueOrDefault(name, CloudParts.OtherColumns);

    /// <summary>The column that a format of fixed columns means: by its own name, or the first that says the same.</summary>
    public static PointColumn? Meaning(string name, PointCloud cloud)
    {
        if (cloud.Find(name) is { Components: 1 } exactly) return exactly;
        return PartOf(name) is var part and not CloudParts.OtherColumns ? cloud.Columns.FirstOrDefault(c => c.Components == 1 && PartOf(c.Name) == part) : null;
    }

    /// <summary>A name as a single word of ASCII that no column has yet.</summary>
    public static string Word(string name, HashSet<string> taken)
    {
        var word = string.Concat(name.Select(c => c is > ' ' and < '\x7f' and not ('/' or '\\') ? c : '_'));
        if (word is "" or "_" or "." or "..") word = "column";
        var only = word;
        for (var number = 2; !taken.Add(only); number++) only = $"{word}_{number}";
        return only;
    }
}
