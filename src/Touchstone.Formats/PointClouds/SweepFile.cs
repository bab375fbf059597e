namespace Touchstone.Formats.PointClouds;

/// <summary>Sweeps without a head: records of 32-bit real numbers, little-endian, as KITTI (<c>velodyne/*.bin</c>, four of them) and nuScenes (<c>*.pcd.bin</c>, five) have them.</summary>
/// <remarks>Readme of KITTI's object devkit; <c>LidarPointCloud.from_file</c> of nuScenes' devkit. x, y, z are metres in the LiDAR's frame: of KITTI's x ahead, y left, z up; of nuScenes' x right, y ahead, z up.</remarks>
public static class SweepFile
{
    /// <summary>Reads one file to its end.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="columns">What each record holds: <see cref="PointCloud.KittiColumns"/> or <see cref="PointCloud.NuScenesColumns"/>.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <param name="limits">How much memory it may take.</param>
    /// <exception cref="FileFormatFaultException">The file is no whole number of records, or larger than the limits.</exception>
    public static PointCloud Read(Stream stream, IReadOnlyList<string> columns, string fileName = "sweep.bin", PointCloudLimits? limits = null)
    {
        List<(PointColumn, int)> placed = [.. columns.Select((name, i) => (PointColumn.Create(name, PointType.Float32, 0), 4 * i))];
        new CloudInput(stream, fileName, limits).ReadRows(placed, 4 * columns.Count, points: null);
        return new PointCloud([.. placed.Select(p => p.Item1)]);
    }

    /// <summary>Writes the columns of a cloud in their order.</summary>
    /// <exception cref="ArgumentException">A column is not of single 32-bit real numbers.</exception>
    public static void Write(Stream stream, PointCloud cloud)
    {
        foreach (var column in cloud.Columns)
            if (column is not { Type: PointType.Float32, Components: 1 }) throw new ArgumentException($"The column \"{column.Name}\" is of {column.Components} x {column.Type}; a sweep is of single 32-bit real numbers.", nameof(cloud));
        BinaryRows.Write(stream, cloud.Columns, cloud.Count);
    }
}
