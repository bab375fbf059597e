using System.Buffers.Binary;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.PointClouds;

namespace Touchstone.Formats.Clouds;

/// <summary>Sweeps of KITTI: four real numbers a point and no head.</summary>
public sealed class KittiSweepFormat : CloudFormat
{
    /// <inheritdoc/>
    public override CloudTraits Traits { get; } = new()
    {
        Id = "kitti-bin",
        Name = "KITTI sweep",
        Specification = "Readme of KITTI's object devkit: velodyne/*.bin",
        Evidence = Evidence.OtherPrograms,
        Ending = ".bin",
        Columns = PointCloud.KittiColumns,
        IntensityMax = 1,
        Parts = CloudParts.Intensity,
    };

    /// <inheritdoc/>
    public override bool IsNamedSo(string file) => base.IsNamedSo(file) && !file.EndsWith(NuScenesSweepFormat.FullEnding, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    internal override double CertaintyOf(ReadOnlySpan<byte> beginning, long lengthBytes) => Sweeps.LookRight(beginning, lengthBytes, 4, point => point[3] is >= 0 and <= 1) ? 0.8 : 0;

    /// <inheritdoc/>
    internal override PointCloud Read(Stream stream, string file) => SweepFile.Read(stream, PointCloud.KittiColumns, file);

    /// <inheritdoc/>
    internal override void Write(Stream stream, PointCloud cloud, CloudOptions options) => SweepFile.Write(stream, cloud);
}

/// <summary>LiDAR sweeps of nuScenes: five real numbers a point and no head.</summary>
public sealed class NuScenesSweepFormat : CloudFormat
{
    internal const string FullEnding = ".pcd.bin";

    /// <inheritdoc/>
    public override CloudTraits Traits { get; } = new()
    {
        Id = "nuscenes-bin",
        Name = "nuScenes sweep",
        Specification = "nuScenes devkit: LidarPointCloud.from_file, *.pcd.bin",
        Evidence = Evidence.OtherPrograms,
        Ending = FullEnding,
        Columns = PointCloud.NuScenesColumns,
        Parts = CloudParts.Intensity | CloudParts.Rings,
    };

    /// <inheritdoc/>
    internal override double CertaintyOf(ReadOnlySpan<byte> beginning, long lengthBytes) => Sweeps.LookRight(beginning, lengthBytes, 5, point => point[4] is >= 0 and < 256 && float.IsInteger(point[4])) ? 0.95 : 0.3;

    /// <inheritdoc/>
    internal override PointCloud Read(Stream stream, string file) => SweepFile.Read(stream, PointCloud.NuScenesColumns, file);

    /// <inheritdoc/>
    internal override void Write(Stream stream, PointCloud cloud, CloudOptions options) => SweepFile.Write(stream, cloud);
}

/// <summary>Whether bytes without a head can be points.</summary>
internal static class Sweeps
{
    /// <summary>Farther than any LiDAR of a vehicle measures, metres.</summary>
    private const float RangeMax = 1_000;

    public static bool LookRight(ReadOnlySpan<byte> beginning, long lengthBytes, int columns, Func<float[], bool> isRight)
    {
        var stride = 4 * columns;
        if (lengthBytes < stride || lengthBytes % stride != 0) return false;
        var point = new float[columns];
        for (; beginning.Length >= stride; beginning = beginning[stride..])
        {
            for (var i = 0; i < columns; i++) point[i] = BinaryPrimitives.ReadSingleLittleEndian(beginning[(4 * i)..]);
            for (var i = 0; i < 3; i++) if (!(MathF.Abs(point[i]) < RangeMax)) return false;
            if (!isRight(point)) return false;
        }

        return true;
    }
}
