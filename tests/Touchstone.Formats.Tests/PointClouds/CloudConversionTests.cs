using Touchstone.Formats.Clouds;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.PointClouds;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.PointClouds;

/// <summary>Files of points from one format to another, and what that costs.</summary>
public sealed class CloudConversionTests
{
    private static CloudResult Convert(string from, string to, string source, string target, FaultLog? faults = null) => CloudConversion.Run(
        CloudRegistry.Find(from)!, CloudRegistry.Find(to)!, DatasetSource.Open(source), Path.HasExtension(target) ? DatasetTarget.File(target) : DatasetTarget.Folder(target), CloudOptions.Default, faults ?? new FaultLog(isStrict: true),
        cancellationToken: TestContext.Current.CancellationToken);

    private static PointCloud Read(string format, string file) => CloudRegistry.Find(format)!.ReadAll(DatasetSource.Open(file), new FaultLog(isStrict: true), default).Single().Cloud;

    [Theory]
    [InlineData("pcd", "driving/sustech/lidar", 2)]
    [InlineData("pcd", "interop/datumaro/sly_pointcloud_dataset", 2)]
    [InlineData("kitti-bin", "driving/kitti_object/training/velodyne", 2)]
    [InlineData("nuscenes-bin", "driving/nuscenes_sample", 1)]
    [InlineData("npz", "driving/ddad_dgp", 6)]
    public void Folders_that_other_programs_wrote_are_recognised_and_read(string format, string folder, int clouds)
    {
        var source = DatasetSource.Open(TestData.Find(Assert.Skip, folder.Split('/')));
        var found = CloudRegistry.Recognise(source)[0];
        Assert.Equal(format, found.Format);
        var inspection = new CloudInspection();
        foreach (var (_, cloud) in CloudRegistry.Find(format)!.ReadAll(source.At(found.Place), new FaultLog(isStrict: true), default)) inspection.Add(cloud);
        Assert.Equal((clouds, 0), (inspection.Clouds, inspection.WithoutPosition));
        Assert.Equal(["x", "y", "z"], inspection.Columns.Take(3).Select(c => c.Name));
        Assert.All(inspection.Columns.Take(3), c => Assert.InRange(c.Most - c.Least, 0.1, 600));
    }

    /// <summary>What comes back through a format that says of nothing that it is lost is what it was.</summary>
    [Theory]
    [InlineData("pcd")]
    [InlineData("ply")]
    [InlineData("npz")]
    [InlineData("npy")]
    [InlineData("kitti-bin")]
    [InlineData("nuscenes-bin")]
    public void What_no_loss_names_comes_back(string through)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            using var folder = new TemporaryFolder();
            using (var file = File.Create(folder["in.pcd"])) PcdWriter.Write(file, Clouds.Random(seed));
            var there = Convert("pcd", through, folder["in.pcd"], folder["there" + CloudRegistry.Find(through)!.Traits.Ending]);
            Assert.Equal((1, 1), (there.Read, there.Written));
            Convert(through, "pcd", folder["there" + CloudRegistry.Find(through)!.Traits.Ending], folder["back.pcd"]);
            var (before, after) = (Read("pcd", folder["in.pcd"]), Read("pcd", folder["back.pcd"]));
            Assert.Equal(before.Count, after.Count);
            var lost = there.Losses.Losses.Select(l => l.Kind).ToHashSet();
            if (!lost.Contains("grid")) Assert.Equal(before.Rows, after.Rows);
            if (!lost.Contains("viewpoint")) Assert.Equal(before.Viewpoint, after.Viewpoint);
            foreach (var column in before.Columns)
            {
                if (lost.Any(l => l.EndsWith(":" + column.Name, StringComparison.Ordinal))) continue;
                var same = after.Find(column.Name);
                Assert.NotNull(same);
                Assert.Equal((column.Type, column.Components), (same.Type, same.Components));
                for (var i = 0; i < column.Length; i++) Assert.Equal(column[i], same[i]);
            }
        }
    }

    [Fact]
    public void Each_thing_that_a_sweep_of_KITTI_has_no_place_for_is_named_with_its_count()
    {
        var narrowing = new CloudNarrowing(CloudRegistry.Find("kitti-bin")!.Traits);
        var cloud = new PointCloud(
        [
            new PointColumn<double>("x", [1, 1.1]), new PointColumn<float>("y", [1, 2]), new PointColumn<float>("z", [1, 2]), new PointColumn<byte>("intensity", [0, 200]),
            new PointColumn<ushort>("ring", [1, 2]), new PointColumn<float>("rgb", [1, 2]), new PointColumn<float>("normal", [1, 2, 3, 4, 5, 6], 3),
        ])
        { Rows = 2, Viewpoint = [1, 0, 0, 1, 0, 0, 0] };
        var narrowed = narrowing.Narrow(cloud);
        Assert.Equal(["x", "y", "z", "reflectance"], narrowed.Columns.Select(c => c.Name));
        Assert.Equal(200, narrowed.Columns[3][1]);
        Assert.Equal(
            [("column:normal", 2L), ("column:rgb", 2), ("column:ring", 2), ("column_type:reflectance", 1), ("column_type:x", 1), ("double_precision:x", 1), ("grid", 1), ("intensity_range", 1), ("viewpoint", 1)],
            narrowing.Report.Losses.Select(l => (l.Kind, l.Count)));
    }

    [Fact]
    public void What_a_format_needs_and_a_cloud_has_not_is_told_as_made_up()
    {
        var narrowing = new CloudNarrowing(CloudRegistry.Find("nuscenes-bin")!.Traits);
        var narrowed = narrowing.Narrow(new PointCloud([new PointColumn<float>("x", [1]), new PointColumn<float>("y", [2]), new PointColumn<float>("z", [3])]));
        Assert.Equal([1, 2, 3, 0, 0], narrowed.Columns.Select(c => c[0]));
        Assert.Equal(["filled:intensity", "filled:ring"], narrowing.Report.Losses.Select(l => l.Kind));
    }

    [Fact]
    public void A_damaged_file_is_named_and_the_others_go_on()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in/a"]);
        foreach (var name in (string[])["in/a/1.pcd", "in/3.pcd"])
            using (var file = File.Create(folder[name])) PcdWriter.Write(file, Clouds.Random(5));
        File.WriteAllText(folder["in/2.pcd"], "VERSION 0.7\nFIELDS x\nSIZE 4\nTYPE F\nWIDTH 9\nHEIGHT 1\nPOINTS 9\nDATA binary\nab");
        File.WriteAllText(folder["in/4.pcd"], "VERSION 0.7\nFIELDS a\nSIZE 4\nTYPE F\nWIDTH 1\nHEIGHT 1\nPOINTS 1\nDATA ascii\n1\n");
        var faults = new FaultLog();
        var result = Convert("pcd", "kitti-bin", folder["in"], folder["out"], faults);
        Assert.Equal(["3.bin", "a/1.bin"], result.Files.Order(StringComparer.Ordinal));
        Assert.Equal(["2.pcd: 9 points of 4 bytes were expected; 2 bytes are left.", "4.pcd: KITTI sweep has positions; there is no column \"x\" in it (a)."], faults.Kept.Select(f => f.ToString()));
        Assert.Throws<FileFormatFaultException>(() => Convert("pcd", "ply", folder["in"], folder["out2"]));
        Assert.Throws<FileFormatFaultException>(() => Convert("pcd", "ply", folder["in"], folder["one.ply"], new FaultLog()));
        Assert.Throws<FileFormatFaultException>(() => Convert("pcd", "ply", folder["in/2.pcd"], folder["two.ply"], new FaultLog()));
    }

    [Fact]
    public void What_stands_behind_the_points_and_what_is_no_point_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.pcd"], "\uFEFFVERSION .5\nCOLUMNS x y z\nSIZE 4 4 4\nTYPE F F F\nPOINTS 1\nWIDTH 1\nHEIGHT 1\nDATA ascii\n1 2 3\n4 5 6\n");
        Assert.Equal(("behind_points", 3L), Convert("pcd", "npz", folder["a.pcd"], folder["a.npz"]).Losses.Losses.Select(l => (l.Kind, l.Count)).Single());
        Assert.Equal([1, 2, 3], Read("npz", folder["a.npz"]).Positions()!);
        File.WriteAllText(folder["b.ply"], "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nelement face 2\nproperty list uchar int i\nend_header\n1\n1 0\n1 0\n");
        Assert.Equal(("element:face", 2L), Convert("ply", "pcd", folder["b.ply"], folder["b.pcd"]).Losses.Losses.Select(l => (l.Kind, l.Count)).Single());
        NpyFileWith(folder["c.npy"], [.. new byte[4]], behind: 7);
        Assert.Contains(Convert("npy", "npz", folder["c.npy"], folder["c.npz"]).Losses.Losses, l => l is { Kind: "behind_points", Count: 7 });
    }

    private static void NpyFileWith(string path, float[] numbers, int behind)
    {
        using var file = File.Create(path);
        NpyFile.Write(file, new NpyArray([1, numbers.Length], new PointColumn<float>("values", numbers)));
        file.Write([.. Enumerable.Repeat((byte)'x', behind)]);
    }

    [Fact]
    public void Points_that_were_not_measured_are_counted()
    {
        var inspection = new CloudInspection();
        inspection.Add(new PointCloud([new PointColumn<float>("x", [float.NaN, 0, 5, 1]), new PointColumn<float>("y", [1, 0, float.PositiveInfinity, 1]), new PointColumn<float>("z", [1, 0, 1, -3])]) { Rows = 2 });
        Assert.Equal((2, 1, (2, 2)), (inspection.WithoutPosition, inspection.AtOrigin, inspection.FirstGrid!.Value));
        Assert.Equal([new ColumnSummary("x", PointType.Float32, 1, 4, 1, 0, 0, 5), new ColumnSummary("y", PointType.Float32, 1, 4, 0, 1, 0, 1), new ColumnSummary("z", PointType.Float32, 1, 4, 0, 0, -3, 1)], inspection.Columns);
    }

    [Fact]
    public void Every_format_of_points_has_a_name_of_its_own_and_says_what_it_follows() => Assert.All(CloudRegistry.All, format =>
    {
        Assert.Same(format, CloudRegistry.Find(format.Traits.Id));
        Assert.Null(FormatRegistry.Find(format.Traits.Id));
        Assert.NotEmpty(format.Traits.Specification);
    });
}
