using System.Text.Json;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Argoverse;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.PointClouds;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.SusTech;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Argoverse;

/// <summary>Logs in the layout of the data set's guide, written by Apache Arrow's own libraries: by that for JavaScript (tests/format-peers/argoverse.mjs), and, compressed, by that for .NET.</summary>
public sealed class ArgoverseFormatTests
{
    private const string First = "train/log-1/sensors/lidar/315968867659956000.feather";

    private static readonly ArgoverseFormat Argoverse = new();

    private static TemporaryFolder Written(string compression = "none")
    {
        var folder = new TemporaryFolder();
        FormatPeers.Run("argoverse.mjs", folder.Path);
        if (compression != "none")
            foreach (var file in Directory.GetFiles(folder.Path, "*.feather", SearchOption.AllDirectories)) Compress(file, compression == "lz4" ? CompressionCodecType.Lz4Frame : CompressionCodecType.Zstd);
        return folder;
    }

    private static void Compress(string file, CompressionCodecType codec)
    {
        using MemoryStream packed = new();
        using (var reader = new ArrowFileReader(new MemoryStream(File.ReadAllBytes(file))))
        using (var writer = new ArrowFileWriter(packed, reader.Schema, leaveOpen: true, new IpcOptions { CompressionCodec = codec, CompressionCodecFactory = new CompressionCodecFactory() }))
        {
            while (reader.ReadNextRecordBatch() is { } batch) writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }

        File.WriteAllBytes(file, packed.ToArray());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    public async Task Sweeps_have_the_cuboids_of_their_moment_in_the_vehicles_frame(string compression)
    {
        using var folder = Written(compression);
        var samples = await Exchanges.ReadAsync(Argoverse, folder.Path);
        Assert.Equal(["test/log-2/sensors/lidar/315968867759956000.feather test log-2", $"{First} train log-1", "train/log-1/sensors/lidar/315968867759956000.feather train log-1"], samples.Select(s => $"{s.Name} {s.Split} {s.Scene}"));
        Assert.All(samples, s => Assert.Equal(InputKind.Scene, s.Kind));
        Assert.Empty(samples[0].Opinions);              // nobody said that a sweep without annotations shows nothing
        Assert.Equal(["BOLLARD 022c398c", "REGULAR_VEHICLE car-1"], samples[1].Opinions[0].Objects.Select(o => $"{o.Class} {o.Track}"));
        Assert.Equal(["REGULAR_VEHICLE car-1"], samples[2].Opinions[0].Objects.Select(o => $"{o.Class} {o.Track}"));
        var bollard = samples[1].Opinions[0].Objects[0];
        Assert.Equal("""{"num_interior_pts":10}""", JsonSerializer.Serialize(bollard.Attributes));
        Assert.True(Exchanges.Distance(new Cuboid(25.04, -2.55, 0.01, 0.363046, 0.222484, 0.74671, new Quaternion(0, 0, Math.Sqrt(1 - 0.68 * 0.68), 0.68), "lidar"), bollard.Mark) < 1e-12, $"{bollard.Mark}");
        Assert.Equal(315968867659956000, samples[1].Facts["timestamp_ns"].GetInt64());
    }

    /// <summary>By hand: the vehicle is at (100, 200) and heads along the city's y, so that the car 10 m ahead of it is at (100, 210). When the picture is taken it is half a metre farther; its camera is then 8 m from the car and half a metre above its centre.</summary>
    [Fact]
    public async Task Poses_and_calibrations_lead_from_the_vehicle_to_the_city_and_to_cameras()
    {
        using var folder = Written();
        var sample = (await Exchanges.ReadAsync(Argoverse, folder.Path))[1];
        var rig = SensorRig.Of(sample);
        Assert.Equal(["lidar", "ring_front_center", "up_lidar"], rig.Sensors.Select(s => s.Name));
        Assert.Equal([First, "train/log-1/sensors/cameras/ring_front_center/315968867664956000.jpg", null], rig.Sensors.Select(s => s.File));
        var car = (Cuboid)sample.Opinions[0].Objects[1].Mark;
        var inCity = rig.Bring(car, SensorRig.WorldFrame)!;
        Assert.True(Exchanges.Distance(new Cuboid(100, 210, 1, 4, 2, 1.5, Quaternion.AboutZ(Math.PI / 2), "world"), inCity) < 1e-9, $"{inCity}");
        var inCamera = rig.Bring(car, SensorRig.CameraFrame)!;
        Assert.Equal((0, 0.5, 8), (Math.Round(inCamera.X, 9), Math.Round(inCamera.Y, 9), Math.Round(inCamera.Z, 9)));
        var camera = rig.Find("ring_front_center")!;
        Assert.Equal((1550, 2048), (camera.WidthPx, camera.HeightPx));
        var box = inCamera.BoxIn(camera.Camera!.Value, 1550, 2048)!;
        Assert.Equal([775 - 1000 / 6.0, 1024 - 250 / 6.0, 775 + 1000 / 6.0, 1024 + 1250 / 6.0], (double[])[box.X, box.Y, box.Right, box.Bottom], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    public async Task Sweeps_are_clouds_in_the_frame_of_the_cuboids(string compression)
    {
        using var folder = Written(compression);
        using var stream = File.OpenRead(folder[First]);
        var cloud = FeatherSweep.Read(stream);
        Assert.Equal(["x Float32", "y Float32", "z Float32", "intensity UInt8", "laser_number UInt8", "offset_ns Int32"], cloud.Columns.Select(c => $"{c.Name} {c.Type}"));
        Assert.Equal([-1.291015625, 2.9921875, -0.2293701171875, 24, 31, 3318000], cloud.Columns.Select(c => c[0]));
        Assert.Equal([8.5, 0, 0.5, 255, 29, 106989794], cloud.Columns.Select(c => c[4]));
        var car = (await Exchanges.ReadAsync(Argoverse, folder.Path))[1].Opinions[0].Objects[1];
        Assert.Equal(car.Attributes["num_interior_pts"].GetInt32(), ((Cuboid)car.Mark).CountPoints(cloud.Positions()));
    }

    [Fact]
    public async Task What_is_written_is_read_again_and_by_Arrows_own_library()
    {
        using var folder = Written();
        List<Sample> before = [.. (await Exchanges.ReadAsync(Argoverse, folder.Path)).Skip(1)];
        var (after, losses) = await Exchanges.ThroughAsync(Argoverse, before, folder);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        Exchanges.AssertSame(before, after, 1e-12);
        foreach (var (a, b) in before.Zip(after))
        {
            foreach (var frame in (string[])[SensorRig.WorldFrame, SensorRig.CameraFrame])
            {
                var car = (Cuboid)a.Opinions[0].Objects[^1].Mark;
                if (frame == SensorRig.CameraFrame && SensorRig.Of(a).Find("ring_front_center")!.File is not null) continue;      // the pictures were not copied, so the camera is of the sweep's moment
                Assert.True(Exchanges.Distance(SensorRig.Of(a).Bring(car, frame)!, SensorRig.Of(b).Bring(car, frame)!) < 1e-9);
            }
        }

        await Exchanges.WriteAsync(Argoverse, before, folder["written"]);
        var rows = FormatPeers.Run("show-arrow.mjs", folder["written/train/log-1/annotations.feather"]);
        Assert.Equal(4, rows.Length);
        Assert.Equal("""{"timestamp_ns":"Int64","track_uuid":"Utf8","category":"Utf8","length_m":"Float64","width_m":"Float64","height_m":"Float64","qw":"Float64","qx":"Float64","qy":"Float64","qz":"Float64","tx_m":"Float64","ty_m":"Float64","tz_m":"Float64","num_interior_pts":"Int64"}""", rows[0]);
        Assert.StartsWith("""{"timestamp_ns":"315968867659956000","track_uuid":"022c398c","category":"BOLLARD","length_m":0.363046,"width_m":0.222484,"height_m":0.74671,"qw":0.68,""", rows[1], StringComparison.Ordinal);
        Assert.Equal("""{"sensor_name":"ring_front_center","fx_px":1000,"fy_px":1000,"cx_px":775,"cy_px":1024,"k1":0,"k2":0,"k3":0,"height_px":"2048","width_px":"1550"}""", FormatPeers.Run("show-arrow.mjs", folder["written/train/log-1/calibration/intrinsics.feather"])[1]);
        Assert.Equal(["315968867659956000", "315968867664956000", "315968867759956000"], FormatPeers.Run("show-arrow.mjs", folder["written/train/log-1/city_SE3_egovehicle.feather"]).Skip(1).Select(r => JsonDocument.Parse(r).RootElement.GetProperty("timestamp_ns").GetString()));
    }

    /// <summary>nuScenes' LiDAR has x to the right and sits 1 m ahead of and 2 m above the vehicle's origin: what is 9 m ahead of it and 1 m below is 10 m ahead of the vehicle and 1 m up.</summary>
    [Fact]
    public async Task Cuboids_of_a_LiDAR_are_written_in_its_vehicles_frame()
    {
        using var folder = new TemporaryFolder();
        var lidar = new Sensor("LIDAR_TOP", SensorRig.LidarFrame) { ToVehicle = new RigidTransform(Quaternion.AboutZ(-Math.PI / 2), 1, 0, 2) };
        Sample sample = new()
        {
            Name = "samples/LIDAR_TOP/1.pcd.bin",
            Kind = InputKind.Scene,
            Scene = "scene-0061",
            Opinions = [new Opinion { Objects = [new LabelledObject("car", new Cuboid(0, 9, -1, 4, 2, 1.5, Quaternion.AboutZ(Math.PI / 2), "lidar")) { Score = 0.5 }] }],
            Facts = new Dictionary<string, JsonElement> { [SensorRig.FactName] = new SensorRig([lidar]).ToFact() },
        };
        var (after, _) = await Exchanges.ThroughAsync(Argoverse, [sample], folder);
        var read = after.Single();
        Assert.Equal(("scene-0061/sensors/lidar/0.feather", "scene-0061", OpinionKind.Prediction, 0.5), (read.Name, read.Scene, read.Opinions[0].Kind, read.Opinions[0].Objects[0].Score));
        Assert.True(Exchanges.Distance(new Cuboid(10, 0, 1, 4, 2, 1.5, Quaternion.Identity, "lidar"), read.Opinions[0].Objects[0].Mark) < 1e-9, $"{read.Opinions[0].Objects[0].Mark}");
    }

    [Fact]
    public async Task They_go_to_other_tools()
    {
        using var folder = Written();
        var sample = (await Exchanges.ReadAsync(Argoverse, folder.Path))[1];
        var (after, _) = await Exchanges.ThroughAsync(new SusTechFormat(), [sample], folder);
        Assert.True(Exchanges.Distance(sample.Opinions[0].Objects[1].Mark, after.Single().Opinions[0].Objects[1].Mark) < 1e-9);
    }

    [Fact]
    public async Task A_table_that_is_damaged_or_lacks_a_column_is_told_and_the_other_logs_are_read()
    {
        using var folder = Written();
        File.WriteAllBytes(folder["train/log-1/annotations.feather"], File.ReadAllBytes(folder["train/log-1/annotations.feather"])[..700]);
        File.Copy(folder["train/log-1/calibration/intrinsics.feather"], folder["test/log-2/annotations.feather"]);
        var faults = new FaultLog();
        Assert.All(await Exchanges.ReadAsync(Argoverse, folder.Path, faults: faults), s => Assert.Empty(s.Opinions));
        Assert.Equal("""test/log-2/annotations.feather: the column "timestamp_ns" was expected; there are "sensor_name", "fx_px", "fy_px", "cx_px", "cy_px", "k1", "k2", "k3", "height_px", "width_px".""", faults.Kept[0].ToString());
        Assert.Equal("train/log-1/annotations.feather: byte 700: the file does not end with ARROW1: its end is missing.", faults.Kept[1].ToString());
    }

    [Fact]
    public async Task Rows_without_sense_are_told()
    {
        using var folder = Written();
        var good = (await Exchanges.ReadAsync(Argoverse, folder.Path))[1];
        var objects = good.Opinions[0].Objects;
        var car = (Cuboid)objects[1].Mark;
        List<LabelledObject> bad = [objects[0], objects[1] with { Mark = car with { Length = 0 } }, objects[1] with { Mark = car with { Rotation = default } }, objects[1] with { Class = "" }, objects[1] with { Mark = car with { X = double.NaN } }];
        await Exchanges.WriteAsync(Argoverse, [good with { Opinions = [new Opinion { Objects = bad }] }], folder["bad"]);
        var faults = new FaultLog();
        Assert.Equal("BOLLARD", (await Exchanges.ReadAsync(Argoverse, folder["bad"], faults: faults)).Single().Opinions[0].Objects.Single().Class);
        Assert.Equal(["row 1: a cuboid of 0 x 2 x 1.5 metres; extents above 0 were expected.", "row 2: a rotation of the length 1 and a place in metres were expected.", "row 3: a category was expected.", "row 4: a rotation of the length 1 and a place in metres were expected."],
            faults.Kept.Select(f => $"{f.Place}: {f.Message}"));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = Written();
        await Mutations.OfFolderAsync(Argoverse, folder.Path, 1_000, seed: 91);
        using var packed = Written("lz4");
        await Mutations.OfFolderAsync(Argoverse, packed.Path, 1_000, seed: 1_091);
    }

    [Fact]
    public void They_are_recognised_where_they_lie()
    {
        using var folder = Written();
        foreach (var path in (string[])[folder.Path, folder["train/log-1"]])
        {
            var found = FormatRegistry.Recognise(DatasetSource.Open(path))[0];
            Assert.Equal(("argoverse2", "", 0.99), (found.Format, found.Place, found.Certainty));
        }
    }
}
