namespace Touchstone.Formats.PointClouds;

/// <summary>Points, column by column. Positions stand in <c>x</c>, <c>y</c> and <c>z</c>, metres, in the frame of the sensor that the file is of.</summary>
public sealed class PointCloud
{
    /// <summary>Names of the columns of a KITTI sweep.</summary>
    public static IReadOnlyList<string> KittiColumns { get; } = ["x", "y", "z", "reflectance"];

    /// <summary>Names of the columns of a nuScenes LiDAR sweep.</summary>
    public static IReadOnlyList<string> NuScenesColumns { get; } = ["x", "y", "z", "intensity", "ring"];

    /// <summary>A viewpoint that says nothing: at the origin and not turned, as PCD has it where nobody stated one.</summary>
    public static IReadOnlyList<double> NoViewpoint { get; } = [0, 0, 0, 1, 0, 0, 0];

    /// <param name="columns">All of one number of points; none has another's name.</param>
    /// <exception cref="ArgumentException">There is no column, they differ in length, or two have one name.</exception>
    public PointCloud(IReadOnlyList<PointColumn> columns)
    {
        if (columns.Count == 0) throw new ArgumentException("A point cloud has at least one column.", nameof(columns));
        foreach (var column in columns)
        {
            if (column.Count != columns[0].Count) throw new ArgumentException($"The column \"{column.Name}\" has {column.Count} points and \"{columns[0].Name}\" {columns[0].Count}.", nameof(columns));
            if (!ReferenceEquals(columns.First(c => c.Name == column.Name), column)) throw new ArgumentException($"Two columns are called \"{column.Name}\".", nameof(columns));
        }

        Columns = columns;
    }

    /// <summary>The columns in the file's order.</summary>
    public IReadOnlyList<PointColumn> Columns { get; }

    /// <summary>Points.</summary>
    public int Count => Columns[0].Count;

    /// <summary>Rows of points, where they stand in a grid, line by line; 1 where they do not.</summary>
    public int Rows { get; init; } = 1;

    /// <summary>Where the sensor stood (x, y, z, metres) and how it was turned (a quaternion w, x, y, z), where the file states it; 7 numbers.</summary>
    public IReadOnlyList<double>? Viewpoint { get; init; }

    /// <summary>What the file holds besides and no column has a place for, such as the faces of a PLY file.</summary>
    public IReadOnlyList<Loss> NotRead { get; init; } = [];

    /// <summary>The column of that name; null where there is none.</summary>
    public PointColumn? Find(string name) => Columns.FirstOrDefault(c => c.Name == name);

    /// <summary>Positions of all points, metres: x, y, z of the first, then of the second, and so on.</summary>
    /// <returns>Null where a column is missing. Points that were not measured may be NaN.</returns>
    public double[]? Positions()
    {
        if (Find("x") is not { Components: 1 } x || Find("y") is not { Components: 1 } y || Find("z") is not { Components: 1 } z) return null;
        var positions = new double[3 * Count];
        for (var i = 0; i < Count; i++) (positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]) = (x[i], y[i], z[i]);
        return positions;
    }
}

/// <summary>How much memory a file of points may take.</summary>
public sealed record PointCloudLimits
{
    /// <summary>The limits as they are where nobody chose.</summary>
    public static PointCloudLimits Default { get; } = new();

    /// <summary>Most bytes of a cloud's values.</summary>
    public long BytesMax { get; init; } = 1L << 31;

    /// <summary>How many times the bytes of the file its compressed values may take.</summary>
    public int ExpansionMax { get; init; } = 10;

    /// <summary>What compressed values may take whatever the size of the file, bytes.</summary>
    public long ExpansionFreeBytes { get; init; } = 1 << 20;

    /// <summary>Most bytes that so many compressed ones may become.</summary>
    internal long Unpacked(long packed) => Math.Min(BytesMax, Math.Max(ExpansionFreeBytes, packed > BytesMax / ExpansionMax ? BytesMax : packed * ExpansionMax));
}
