using Touchstone.Formats.Exchange;
using Touchstone.Formats.PointClouds;

namespace Touchstone.Formats.Clouds;

/// <summary>PCD of the Point Cloud Library.</summary>
public sealed class PcdFormat : CloudFormat
{
    /// <inheritdoc/>
    public override CloudTraits Traits { get; } = new()
    {
        Id = "pcd",
        Name = "PCD",
        Specification = "Point Cloud Library: The PCD (Point Cloud Data) file format, 0.7",
        Evidence = Evidence.OtherPrograms,
        Ending = ".pcd",
        Parts = (CloudParts)((int)CloudParts.Viewpoint * 2 - 1),
    };

    /// <inheritdoc/>
    internal override double CertaintyOf(ReadOnlySpan<byte> beginning, long lengthBytes) => beginning.IndexOf("VERSION"u8) >= 0 || beginning.IndexOf("FIELDS"u8) >= 0 ? 0.95 : 0.3;

    /// <inheritdoc/>
    internal override PointCloud Read(Stream stream, string file) => PcdReader.Read(stream, file);

    /// <inheritdoc/>
    internal override void Write(Stream stream, PointCloud cloud, CloudOptions options) => PcdWriter.Write(stream, cloud, options.Pcd);
}

/// <summary>PLY, the polygon file format: its vertices are points.</summary>
public sealed class PlyFormat : CloudFormat
{
    /// <inheritdoc/>
    public override CloudTraits Traits { get; } = new()
    {
        Id = "ply",
        Name = "PLY",
        Specification = "G. Turk, The PLY Polygon File Format, 1994",
        Evidence = Evidence.Specification,
        Ending = ".ply",
        Parts = CloudParts.Intensity | CloudParts.Rings | CloudParts.Colours | CloudParts.Times | CloudParts.Labels | CloudParts.OtherColumns | CloudParts.ColumnNames | CloudParts.ColumnTypes | CloudParts.DoublePrecision,
    };

    /// <inheritdoc/>
    internal override double CertaintyOf(ReadOnlySpan<byte> beginning, long lengthBytes) => beginning.StartsWith("ply"u8) ? 0.95 : 0.3;

    /// <inheritdoc/>
    internal override PointCloud Read(Stream stream, string file) => PlyReader.Read(stream, file);

    /// <inheritdoc/>
    internal override void Write(Stream stream, PointCloud cloud, CloudOptions options) => PlyWriter.Write(stream, cloud, options.Ply);
}

/// <summary>LAS of airborne and terrestrial scanners.</summary>
public sealed class LasFormat : CloudFormat
{
    /// <inheritdoc/>
    public override CloudTraits Traits { get; } = new()
    {
        Id = "las",
        Name = "LAS",
        Specification = "ASPRS, LAS Specification 1.4 - R15; 1.2",
        Evidence = Evidence.OwnFiles,
        Writes = false,
        Ending = ".las",
        Parts = CloudParts.Intensity | CloudParts.Colours | CloudParts.Times | CloudParts.Labels | CloudParts.ColumnTypes | CloudParts.DoublePrecision,
    };

    /// <inheritdoc/>
    internal override double CertaintyOf(ReadOnlySpan<byte> beginning, long lengthBytes) => beginning.StartsWith("LASF"u8) ? 0.95 : 0.3;

    /// <inheritdoc/>
    internal override PointCloud Read(Stream stream, string file) => LasReader.Read(stream, file);
}

/// <summary>Sweeps of Argoverse 2's sensor dataset.</summary>
public sealed class ArgoverseSweepFormat : CloudFormat
{
    /// <inheritdoc/>
    public override CloudTraits Traits { get; } = new()
    {
        Id = "argoverse-sweep",
        Name = "Argoverse 2 sweep",
        Specification = "Argoverse 2 API: LiDAR sweeps",
        Evidence = Evidence.Specification,
        Writes = false,
        Ending = ".feather",
        Parts = CloudParts.Intensity | CloudParts.Rings | CloudParts.Times | CloudParts.OtherColumns | CloudParts.ColumnNames | CloudParts.ColumnTypes | CloudParts.DoublePrecision | CloudParts.LongIntegers,
    };

    /// <inheritdoc/>
    internal override double CertaintyOf(ReadOnlySpan<byte> beginning, long lengthBytes) => beginning.IndexOf("laser_number"u8) >= 0 ? 0.95 : 0;

    /// <inheritdoc/>
    internal override PointCloud Read(Stream stream, string file) => FeatherSweep.Read(stream, file);
}
