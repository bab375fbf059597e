using Touchstone.Formats.PointClouds;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.PointClouds;

/// <summary>Files that sensors' and other people's programs wrote.</summary>
public sealed class RealCloudTests
{
    private static FileStream Open(params string[] path) => File.OpenRead(TestData.Find(Assert.Skip, path));

    [Theory]
    [InlineData("000000", 115_384)]
    [InlineData("000001", 120_268)]
    public void Kitti_sweeps_have_as_many_points_as_is_stated(string name, int points)
    {
        using var file = Open("driving", "kitti_object", "training", "velodyne", $"{name}.bin");
        var cloud = SweepFile.Read(file, PointCloud.KittiColumns, $"{name}.bin");
        Assert.Equal(points, cloud.Count);
        Assert.Equal(["x", "y", "z", "reflectance"], cloud.Columns.Select(c => c.Name));
        Assert.All(Enumerable.Range(0, points), i => Assert.InRange(cloud.Columns[3][i], 0, 1));
        using var again = new MemoryStream();
        SweepFile.Write(again, cloud);
        Assert.Equal(File.ReadAllBytes(file.Name), again.ToArray());
    }

    [Fact]
    public void A_nuScenes_sweep_has_32_rings()
    {
        using var file = Open("driving", "nuscenes_sample", "n015-2018-07-24-11-22-45+0800__LIDAR_TOP__1532402927647951.pcd.bin");
        var cloud = SweepFile.Read(file, PointCloud.NuScenesColumns);
        Assert.Equal(34_688, cloud.Count);
        Assert.Equal(Enumerable.Range(0, 32).Select(i => (double)i), Enumerable.Range(0, cloud.Count).Select(i => cloud.Find("ring")![i]).Distinct().Order());
    }

    /// <summary>Its first record, decoded by hand: 9027c53c dc392242 c6543b40, four bytes of room, 0000d041. The head says that no room follows intensity, so timestamp and ring are taken from where it says they are.</summary>
    [Theory]
    [InlineData("000965", 66_781)]
    [InlineData("000970", 66_899)]
    public void A_file_with_room_between_fields_of_many_sizes_is_read(string name, int points)
    {
        using var file = Open("driving", "sustech", "lidar", $"{name}.pcd");
        var cloud = PcdReader.Read(file, $"{name}.pcd");
        Assert.Equal(points, cloud.Count);
        Assert.Equal(["x Float32", "y Float32", "z Float32", "intensity Float32", "timestamp Float64", "ring UInt16"], cloud.Columns.Select(c => $"{c.Name} {c.Type}"));
        Assert.Equal([0, 0, 0, 1, 0, 0, 0], cloud.Viewpoint!);
        if (name == "000965") Assert.Equal((0.024066716f, 40.556503f, 2.9270492f, 26f), (Float(cloud, 0), Float(cloud, 1), Float(cloud, 2), Float(cloud, 3)));
        var positions = cloud.Positions()!;
        Assert.All(positions, p => Assert.True(Math.Abs(p) < 300));
    }

    private static float Float(PointCloud cloud, int column) => ((PointColumn<float>)cloud.Columns[column]).Values[0];

    [Fact]
    public void A_file_of_lines_is_read()
    {
        using var file = Open("interop", "datumaro", "sly_pointcloud_dataset", "ds0", "pointcloud", "frame1.pcd");
        var cloud = PcdReader.Read(file);
        Assert.Equal(100, cloud.Count);
        Assert.Equal((0.5791356657f, 0.4114198749f, 0.7830189931f), (Float(cloud, 0), Float(cloud, 1), Float(cloud, 2)));
    }

    [Theory]
    [InlineData("scene_01", "15569195938203752", 40_733)]
    [InlineData("scene_02", "15616458251018358", null)]
    public void Archives_of_NumPy_hold_sweeps(string scene, string name, int? points)
    {
        using var file = Open("driving", "ddad_dgp", scene, "point_cloud", "LIDAR", $"{name}.npz");
        var array = Assert.Single(NpzFile.Read(file, $"{name}.npz"));
        Assert.Equal("data", array.Key);
        var cloud = array.Value.ToCloud();
        Assert.Equal(["x Float64", "y Float64", "z Float64", "intensity Float64"], cloud.Columns.Select(c => $"{c.Name} {c.Type}"));
        if (points is { } exactly) Assert.Equal(exactly, cloud.Count);
        Assert.InRange(cloud.Count, 40_000, 49_999);
        using var again = new MemoryStream();
        NpzFile.Write(again, [new("data", NpyArray.Of(cloud))]);
        again.Position = 0;
        Clouds.AssertSame(cloud, NpzFile.Read(again)["data"].ToCloud());
    }

    /// <summary>The example of "The PCD (Point Cloud Data) file format", Point Cloud Library.</summary>
    [Fact]
    public void The_example_of_PCDs_specification_is_read()
    {
        var cloud = PcdReader.Read(Clouds.Text("""
            # .PCD v.7 - Point Cloud Data file format
            VERSION .7
            FIELDS x y z rgb
            SIZE 4 4 4 4
            TYPE F F F F
            COUNT 1 1 1 1
            WIDTH 213
            HEIGHT 1
            VIEWPOINT 0 0 0 1 0 0 0
            POINTS 2
            DATA ascii
            0.93773 0.33763 0 4.2108e+06
            0.90805 0.35641 0 4.2108e+06
            """.Replace("213", "2", StringComparison.Ordinal)));
        Assert.Equal((2, 0.90805f, 4.2108e+06f), (cloud.Count, ((PointColumn<float>)cloud.Columns[0]).Values[1], Float(cloud, 3)));
    }

    /// <summary>The cube of G. Turk's description of PLY: its faces are lists, and are passed over.</summary>
    [Fact]
    public void The_example_of_PLYs_description_is_read()
    {
        var cloud = PlyReader.Read(Clouds.Text("""
            ply
            format ascii 1.0
            comment made by anonymous
            comment this file is a cube
            element vertex 8
            property float32 x
            property float32 y
            property float32 z
            element face 6
            property list uint8 int32 vertex_index
            end_header
            0 0 0
            0 0 1
            0 1 1
            0 1 0
            1 0 0
            1 0 1
            1 1 1
            1 1 0
            4 0 1 2 3
            4 7 6 5 4
            4 0 4 5 1
            4 1 5 6 2
            4 2 6 7 3
            4 3 7 4 0
            """));
        Assert.Equal([0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 0], cloud.Positions()!);
    }
}
