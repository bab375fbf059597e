using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Formats.Waymo;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Waymo;

/// <summary>Tables with the columns of the data set, written by hyparquet-writer (tests/format-peers/waymo-parquet.mjs).</summary>
public sealed class WaymoParquetFormatTests
{
    private const string Segment = "1005081002024129653_5313_150_5333_150";

    private static readonly WaymoParquetFormat Waymo = new();

    private static TemporaryFolder Written()
    {
        var folder = new TemporaryFolder();
        FormatPeers.Run("waymo-parquet.mjs", folder.Path);
        return folder;
    }

    private static async Task<(List<Sample> Samples, FaultLog Faults)> ReadAsync(TemporaryFolder folder)
    {
        var faults = new FaultLog();
        return (await Exchanges.ReadAsync(Waymo, folder.Path, faults: faults), faults);
    }

    [Fact]
    public async Task Components_are_joined_to_scenes_and_pictures()
    {
        using var folder = Written();
        var (samples, faults) = await ReadAsync(folder);
        Assert.Equal(
            [$"Scene {Segment}/1550083467346370 0x0", $"Image {Segment}/1550083467346370_CAMERA_FRONT.jpg 1920x1280", $"Scene {Segment}/1550083467446370 0x0", $"Image {Segment}/1550083467446370_CAMERA_SIDE_LEFT.jpg 1920x886"],
            samples.Select(s => $"{s.Kind} {s.Name} {s.WidthPx}x{s.HeightPx}"));
        Assert.All(samples, s => Assert.Equal(("training", Segment), (s.Split, s.Scene)));
        var (car, person) = (samples[0].Opinions[0].Objects[0], samples[0].Opinions[0].Objects[1]);
        Assert.Equal(("VEHICLE", "car-1", new Cuboid(10, 0, 1, 4, 2, 1.5, Quaternion.Identity, "lidar")), (car.Class, car.Track, car.Mark));
        Assert.Equal("""{"detection_difficulty_level":2,"tracking_difficulty_level":2,"speed_x":3.5,"accel_x":0.125,"num_lidar_points_in_box":120,"num_top_lidar_points_in_box":120}""", JsonSerializer.Serialize(car.Attributes));
        Assert.True(Exchanges.Distance(new Cuboid(5, -3, 0.9, 0.8, 0.6, 1.8, Quaternion.AboutZ(-1.25), "lidar"), person.Mark) < 1e-12);
        Assert.Equal("""{"num_lidar_points_in_box":7,"num_top_lidar_points_in_box":7}""", JsonSerializer.Serialize(person.Attributes));
        Assert.Equal("sunny", samples[0].Facts["weather"].GetString());
        var box = samples[1].Opinions[0].Objects.Single();
        Assert.Equal(("VEHICLE", "car-front", new Outline(new Box(960 - 333, 956.5 - 266.5, 666, 533))), (box.Class, box.Id, box.Mark));
        Assert.Equal("SIGN", samples[3].Opinions[0].Objects.Single().Class);
        Assert.Empty(samples[2].Opinions[0].Objects);
        Assert.Equal($"training/lidar_box/{Segment}.parquet: row 2: a cuboid of 4 x 2 x 0 metres; extents above 0 were expected.", Assert.Single(faults.Kept).ToString());
    }

    /// <summary>By hand: the camera is 1.5 m ahead of the vehicle's origin, so the car spans 6.5 to 10.5 m ahead of it, 1 m to each side, and from 0.25 to 1.75 m below it.</summary>
    [Fact]
    public async Task Calibrations_and_poses_lead_to_pictures()
    {
        using var folder = Written();
        var (samples, _) = await ReadAsync(folder);
        var cuboid = (Cuboid)samples[0].Opinions[0].Objects[0].Mark;
        var rig = SensorRig.Of(samples[1]);
        Assert.True(Exchanges.Distance(new Cuboid(100, 210, 1, 4, 2, 1.5, Quaternion.AboutZ(Math.PI / 2), "world"), rig.Bring(cuboid, SensorRig.WorldFrame)!) < 1e-9);
        var camera = rig.Find("CAMERA_FRONT")!;
        Assert.Equal((0.04, -0.3, 0.001, 0.002, 0.0), (camera.Distortion["k1"], camera.Distortion["k2"], camera.Distortion["p1"], camera.Distortion["p2"], camera.Distortion["k3"]));
        var box = rig.Bring(cuboid, SensorRig.CameraFrame)!.BoxIn(camera.Camera!.Value, 1920, 1280)!;
        Assert.Equal([960 - 2000 / 6.5, 640 + 500 / 10.5, 960 + 2000 / 6.5, 640 + 3500 / 6.5], (double[])[box.X, box.Y, box.Right, box.Bottom], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public async Task Without_calibrations_and_poses_labels_are_read()
    {
        using var folder = Written();
        foreach (var component in (string[])["vehicle_pose", "camera_calibration", "lidar_calibration", "stats", "lidar_box"]) Directory.Delete(folder["training/" + component], recursive: true);
        var (samples, _) = await ReadAsync(folder);
        Assert.Equal(["VEHICLE", "SIGN"], samples.Where(s => s.Kind == InputKind.Image).Select(s => s.Opinions[0].Objects.Single().Class));
        Assert.All(samples.Where(s => s.Kind == InputKind.Scene), s => Assert.Empty(s.Opinions));       // nobody said that the LiDAR saw nothing
    }

    [Fact]
    public async Task A_table_that_is_damaged_is_told_and_the_others_are_read()
    {
        using var folder = Written();
        var file = folder[$"training/vehicle_pose/{Segment}.parquet"];
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..100]);
        var (samples, faults) = await ReadAsync(folder);
        Assert.Equal(4, samples.Count);
        Assert.Contains("expected a Parquet file to end with PAR1", faults.Kept[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = Written();
        await Mutations.OfFolderAsync(Waymo, folder.Path, 1_500, seed: 98);
    }

    [Fact]
    public void They_are_recognised()
    {
        using var folder = Written();
        var found = FormatRegistry.Recognise(DatasetSource.Open(folder.Path))[0];
        Assert.Equal(("waymo-parquet", "", 0.97), (found.Format, found.Place, found.Certainty));
    }
}
