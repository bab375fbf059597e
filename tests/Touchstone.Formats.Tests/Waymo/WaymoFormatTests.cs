using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Files.Records;
using Touchstone.Formats.Coco;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Formats.Waymo;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Waymo;

/// <summary>Frames written by protobufjs from the public definitions (tests/format-peers/waymo.mjs).</summary>
public sealed class WaymoFormatTests
{
    private const string Segment = "1005081002024129653_5313_150_5333_150";

    private static readonly WaymoFormat Waymo = new();

    private static TemporaryFolder Written()
    {
        var folder = new TemporaryFolder();
        FormatPeers.Run("waymo.mjs", folder["segment.tfrecord"]);
        return folder;
    }

    private static async Task<(List<Sample> Samples, FaultLog Faults)> ReadAsync(TemporaryFolder folder)
    {
        var faults = new FaultLog();
        return (await Exchanges.ReadAsync(Waymo, folder.Path, faults: faults), faults);
    }

    [Fact]
    public async Task Frames_are_scenes_with_cuboids_and_pictures_with_boxes()
    {
        using var folder = Written();
        var (samples, faults) = await ReadAsync(folder);
        Assert.Equal(
            [$"Scene {Segment}/1550083467346370", $"Image {Segment}/1550083467346370_CAMERA_FRONT.jpg", $"Image {Segment}/1550083467346370_CAMERA_SIDE_LEFT.jpg", $"Scene {Segment}/1550083467446370", $"Image {Segment}/1550083467446370_CAMERA_FRONT.jpg"],
            samples.Select(s => $"{s.Kind} {s.Name}"));
        Assert.All(samples, s => Assert.Equal(Segment, s.Scene));
        var car = samples[0].Opinions[0].Objects[0];
        Assert.Equal(("VEHICLE", "car-1", "car-1"), (car.Class, car.Id, car.Track));
        Assert.Equal(new Cuboid(10, 0, 1, 4, 2, 1.5, Quaternion.Identity, "lidar"), car.Mark);
        Assert.Equal("""{"speed_x":3.5,"speed_y":-0.25,"accel_x":0.125,"detection_difficulty_level":2,"num_lidar_points_in_box":120,"most_visible_camera_name":"FRONT","num_top_lidar_points_in_box":100}""", JsonSerializer.Serialize(car.Attributes));
        var person = samples[0].Opinions[0].Objects[1];
        Assert.True(Exchanges.Distance(new Cuboid(5, -3, 0.9, 0.8, 0.6, 1.8, Quaternion.AboutZ(-1.25), "lidar"), person.Mark) < 1e-12, $"{person.Mark}");
        Assert.Equal((1550083467346370, "Day", "location_phx", "sunny"), (samples[0].Facts["timestamp_micros"].GetInt64(), samples[0].Facts["time_of_day"].GetString(), samples[0].Facts["location"].GetString(), samples[0].Facts["weather"].GetString()));
        Assert.Equal("the label \"car-1\" was expected to have a cuboid with extents above 0; 4 x 2 x 0 metres found.", Assert.Single(faults.Kept).Message);
        Assert.Empty(samples[3].Opinions[0].Objects);
    }

    [Fact]
    public async Task Cameras_have_boxes_and_keypoints_where_they_were_labelled()
    {
        using var folder = Written();
        var (samples, _) = await ReadAsync(folder);
        Assert.Equal([(1920, 1280), (1920, 886), (1920, 1280)], samples.Where(s => s.Kind == InputKind.Image).Select(s => (s.WidthPx, s.HeightPx)));
        var (car, person) = (samples[1].Opinions[0].Objects[0], samples[1].Opinions[0].Objects[1]);
        Assert.Equal(new Outline(new Box(960 - 333, 956.5 - 266.5, 666, 533)), car.Mark);
        Assert.Equal(("PEDESTRIAN", "person-front", """{"laser_object_id":"person-1"}"""), (person.Class, person.Track, JsonSerializer.Serialize(person.Attributes)));
        var points = (Keypoints)((Outline)person.OtherMarks.Single()).Geometry;
        Assert.Equal((15, new Keypoint(1500, 610, Visibility.Visible), new Keypoint(1480, 640, Visibility.Hidden), 13), (points.Points.Count, points.Points[0], points.Points[7], points.Points.Count(p => p.Visibility == Visibility.NotLabelled)));
        Assert.Empty(samples[2].Opinions.Single().Objects);       // labelled, and nothing is there
        Assert.Equal(["VEHICLE", "PEDESTRIAN", "SIGN", "CYCLIST"], (await Waymo.FactsAsync(DatasetSource.Open(folder.Path), FormatOptions.Default, TestContext.Current.CancellationToken)).Classes.Select(c => c.Name));
    }

    /// <summary>By hand: the vehicle is at (100, 200) and heads along the world's y; when the picture is taken it is half a metre farther, and its camera at (100, 202, 2). The car, whose centre is at (100, 210, 1), spans 6 to 10 m ahead of the camera, 1 m to each side, and from 0.25 to 1.75 m below it.</summary>
    [Fact]
    public async Task Calibrations_and_poses_lead_to_pictures()
    {
        using var folder = Written();
        var (samples, _) = await ReadAsync(folder);
        var rig = SensorRig.Of(samples[0]);
        Assert.Equal(["lidar", "LASER_TOP", "CAMERA_FRONT", "CAMERA_SIDE_LEFT"], rig.Sensors.Select(s => s.Name));
        var cuboid = (Cuboid)samples[0].Opinions[0].Objects[0].Mark;
        Assert.True(Exchanges.Distance(new Cuboid(100, 210, 1, 4, 2, 1.5, Quaternion.AboutZ(Math.PI / 2), "world"), rig.Bring(cuboid, SensorRig.WorldFrame)!) < 1e-9);
        var ofPicture = SensorRig.Of(samples[1]);
        var camera = ofPicture.Find("CAMERA_FRONT")!;
        Assert.Equal(-0.3, camera.Distortion["k2"]);
        var box = ofPicture.Bring(cuboid, SensorRig.CameraFrame)!.BoxIn(camera.Camera!.Value, 1920, 1280)!;
        Assert.Equal([960 - 2000 / 6.0, 640 + 500 / 10.0, 960 + 2000 / 6.0, 640 + 3500 / 6.0], (double[])[box.X, box.Y, box.Right, box.Bottom], (a, b) => Math.Abs(a - b) < 1e-9);
        // What is on the left of the vehicle is ahead of the camera on its left side.
        var left = rig.Find("CAMERA_SIDE_LEFT")!.ToVehicle!.Value.Inverse.Apply(1.4, 7.1, 1);
        Assert.Equal((0, 1, 7), (Math.Round(left.X, 9), Math.Round(left.Y, 9), Math.Round(left.Z, 9)));
    }

    [Fact]
    public async Task Pictures_are_copied_out_of_the_frames()
    {
        using var folder = Written();
        var (samples, _) = await ReadAsync(folder);
        Assert.Equal("a picture of the front", Encoding.ASCII.GetString(samples[1].RecordedFile!()));
        Assert.All((int[])[0, 2, 3, 4], i => Assert.Null(samples[i].RecordedFile));
        ConversionPlan plan = new() { From = Waymo, To = new CocoFormat(), Pictures = PictureMode.Copy };
        var result = await Conversion.RunAsync(plan, DatasetSource.Open(folder.Path), DatasetTarget.Folder(folder["coco"]), new FaultLog(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((3, 1, 2), (result.Written, result.PicturesPlaced, result.PicturesMissing));
        Assert.Equal("a picture of the front", File.ReadAllText(Directory.GetFiles(folder["coco"], "*CAMERA_FRONT.jpg", SearchOption.AllDirectories).Single()));
        Assert.Contains("input:scene", result.Losses.Losses.Select(l => l.Kind));
    }

    [Fact]
    public async Task A_record_that_is_damaged_is_told_and_the_next_one_read()
    {
        using var folder = Written();
        var file = File.ReadAllBytes(folder["segment.tfrecord"]);
        var second = TfRecordReader.HeadBytes + BinaryPrimitives.ReadInt32LittleEndian(file) + 4;
        file[100] ^= 1;
        File.WriteAllBytes(folder["segment.tfrecord"], file);
        var (samples, faults) = await ReadAsync(folder);
        Assert.Equal(2, samples.Count);
        Assert.Matches("^segment.tfrecord: byte 12: the record's checksum is [0-9a-f]{8}; [0-9a-f]{8} was expected.$", faults.Kept[0].ToString());
        File.WriteAllBytes(folder["segment.tfrecord"], file[..^10]);
        (_, faults) = await ReadAsync(folder);
        Assert.Matches($"^segment.tfrecord: byte {second + 12}: a record of [0-9]+ bytes was expected; [0-9]+ are left of the file.$", faults.Kept[1].ToString());
        file[second] ^= 1;
        File.WriteAllBytes(folder["segment.tfrecord"], file);
        (_, faults) = await ReadAsync(folder);
        Assert.Equal($"segment.tfrecord: byte {second + 12}: the length of a record does not fit its checksum.", faults.Kept[1].ToString());
    }

    /// <summary>CRC-32C of nine digits is e3069283 (RFC 3720, B.4, and its catalogue); a file has it turned and moved.</summary>
    [Fact]
    public void Checksums_are_those_of_the_format() => Assert.Equal(uint.RotateRight(0xE3069283, 15) + 0xA282EAD8, TfRecordReader.Checksum("123456789"u8));

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = Written();
        await Mutations.OfFolderAsync(Waymo, folder.Path, 500, seed: 95);
    }

    /// <summary>Checksums would keep damage from what is behind them, so they are made anew.</summary>
    [Fact]
    public async Task Damaged_messages_give_faults_alone()
    {
        using var folder = Written();
        var file = File.ReadAllBytes(folder["segment.tfrecord"]);
        var message = file[TfRecordReader.HeadBytes..(TfRecordReader.HeadBytes + BinaryPrimitives.ReadInt32LittleEndian(file))];
        var budget = new MutationBudget(Waymo, folder.Path, FormatOptions.Default);
        await budget.WarmUpAsync();
        foreach (var seed in MutationBudget.Seeds(2_095, 1_500))
        {
            var damaged = Framed(Mutations.Mutate(message, new Random(seed)));
            File.WriteAllBytes(folder["segment.tfrecord"], damaged);
            budget.Check(seed, "segment.tfrecord", damaged.Length);
        }

        budget.Report(1_500);
    }

    private static byte[] Framed(byte[] message)
    {
        var file = new byte[message.Length + 16];
        BinaryPrimitives.WriteInt64LittleEndian(file, message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), TfRecordReader.Checksum(file.AsSpan(0, 8)));
        message.CopyTo(file.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(12 + message.Length), TfRecordReader.Checksum(message));
        return file;
    }

    [Fact]
    public void They_are_recognised()
    {
        using var folder = Written();
        Assert.Equal([("waymo", "")], FormatRegistry.Recognise(DatasetSource.Open(folder.Path)).Select(r => (r.Format, r.Place)));
        // A map of features, which other files of records hold, has a message where a frame has a name.
        File.WriteAllBytes(folder["segment.tfrecord"], Framed([0x0A, 9, 0x0A, 7, 0x0A, 1, (byte)'a', 0x12, 2, 0x0A, 0]));
        Assert.Empty(FormatRegistry.Recognise(DatasetSource.Open(folder.Path)));
    }
}
