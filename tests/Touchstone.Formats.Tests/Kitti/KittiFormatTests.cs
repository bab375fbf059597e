using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Kitti;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Kitti;

public sealed class KittiFormatTests
{
    private static readonly KittiFormat Kitti = new();

    private static readonly KittiTrackingFormat Tracking = new();

    private static readonly KittiRawFormat Raw = new();

    [Fact]
    public async Task Street_frames_have_what_is_stated()
    {
        var samples = await Exchanges.ReadAsync(Kitti, TestData.Find(Assert.Skip, "driving", "kitti_object"));
        Assert.Equal(["training 000000 1224x370: Pedestrian", "training 000001 1242x375: Truck Car Cyclist DontCare DontCare DontCare DontCare"],
            samples.Select(s => $"{s.Split} {s.Name} {s.WidthPx}x{s.HeightPx}: {string.Join(' ', s.Opinions[0].Objects.Select(o => o.Class))}"));
        var car = samples[1].Opinions[0].Objects[1];
        Assert.Equal(new Outline(new Box(387.63, 181.54, 423.81 - 387.63, 203.12 - 181.54)), car.Mark);
        Assert.Equal(("0", "0", "1.85"), (car.Attributes[CommonAttributes.Truncated].GetRawText(), car.Attributes[CommonAttributes.Occluded].GetRawText(), car.Attributes["alpha"].GetRawText()));
        var cuboid = Assert.IsType<Cuboid>(car.OtherMarks.Single());
        Assert.Equal((-16.53, 2.39 - 1.67 / 2, 58.49, 3.69, 1.87, 1.67, "camera"), (cuboid.X, cuboid.Y, cuboid.Z, cuboid.Length, cuboid.Width, cuboid.Height, cuboid.Frame));
        Assert.True(samples[1].Opinions[0].Objects[^1].Attributes.ContainsKey(CommonAttributes.Crowd));
        Assert.Empty(samples[1].Opinions[0].Objects[^1].OtherMarks);
    }

    [Fact]
    public async Task A_cuboid_projects_onto_the_box_of_its_label()
    {
        var root = TestData.Find(Assert.Skip, "driving", "kitti_object", "training");
        var samples = await Exchanges.ReadAsync(Kitti, root);
        using var text = File.OpenText(Path.Combine(root, "calib", "000001.txt"));
        var calibration = KittiCalibration.Read(text);
        var car = samples.Single(s => s.Name == "000001").Opinions[0].Objects.Single(o => o.Class == "Car");
        var corners = Corners((Cuboid)car.OtherMarks.Single()).Select(c => calibration.Project(c.X, c.Y, c.Z)).ToArray();
        double[] projected = [corners.Min(c => c.X), corners.Min(c => c.Y), corners.Max(c => c.X), corners.Max(c => c.Y)];
        double[] stated = [387.9, 181.5, 423.8, 203.3], label = [387.63, 181.54, 423.81, 203.12];
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(stated[i], projected[i], 0.06);
            Assert.Equal(label[i], projected[i], 1.0);
        }
    }

    [Fact]
    public void What_leans_and_what_is_no_number_is_named_on_its_way_to_KITTI()
    {
        var narrowing = new Narrowing(Kitti.Traits);
        var upright = new Quaternion(Math.Sqrt(0.5), 0, 0, Math.Sqrt(0.5));
        LabelledObject Car(Quaternion rotation) => new("Car", new Cuboid(0, 0, 10, 4, 2, 1.5, rotation, "camera"));
        var narrowed = narrowing.Narrow(new Sample
        {
            Name = "a",
            Opinions =
            [
                new Opinion
                {
                    Objects =
                    [
                        Car(Quaternion.AboutY(1.2) * upright), Car(Quaternion.AboutZ(3 * Math.PI / 180) * upright), Car(Quaternion.AboutZ(-Math.PI / 180) * upright),
                        new LabelledObject("person", new Outline(new Box(1, 2, 3, 4))) { Attributes = new Dictionary<string, JsonElement> { [CommonAttributes.Crowd] = JsonElement.Parse("true"), [CommonAttributes.Occluded] = JsonElement.Parse("\"half\""), ["alpha"] = JsonElement.Parse("\"-1.5\"") } },
                    ],
                },
            ],
        })!;
        var last = narrowed.Opinions[0].Objects[3];
        Assert.Equal(("DontCare", "alpha is_crowd"), (last.Class, string.Join(' ', last.Attributes.Keys.Order(StringComparer.Ordinal))));
        Assert.Equal([("attribute:occluded", 1L), ("class:crowd", 1), ("geometry:cuboid_tilt", 2)], narrowing.Report.Losses.Select(l => (l.Kind, l.Count)));
        Assert.EndsWith("by 3 degrees at most.", narrowing.Report.Losses[^1].Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calibrations_travel_with_pictures_and_are_written_as_they_were()
    {
        var root = TestData.Find(Assert.Skip, "driving", "kitti_object", "training");
        var samples = await Exchanges.ReadAsync(Kitti, root);
        var rig = SensorRig.Of(samples[1]);
        Assert.Equal(["image_2 camera 1242x375", "velodyne lidar 0x0"], rig.Sensors.Select(s => $"{s.Name} {s.Kind} {s.WidthPx}x{s.HeightPx}"));
        using var text = File.OpenText(Path.Combine(root, "calib", "000001.txt"));
        var calibration = KittiCalibration.Read(text);
        var camera = rig.Sensors[0];
        var (x, y, z) = camera.ProjectionOffset!.Value;
        var (across, down) = camera.Camera!.Value.Project(-16.53 + x, 2.39 + y, 58.49 + z);
        var stated = calibration.Project(-16.53, 2.39, 58.49);
        Assert.True(Math.Abs(stated.X - across) + Math.Abs(stated.Y - down) < 1e-6);
        // A point of the LiDAR 10 m ahead is about 10 m before the camera, which stands 0.27 m before the LiDAR.
        Assert.InRange(SensorRig.Between(rig.Lidar!, camera)!.Value.Apply(10, 0, 0).Z, 9.5, 10);
        using var folder = new TemporaryFolder();
        await Exchanges.WriteAsync(Kitti, samples, folder["out"]);
        using var again = File.OpenText(Directory.GetFiles(folder["out"], "000001.txt", SearchOption.AllDirectories).Single(f => f.Contains("calib", StringComparison.Ordinal)));
        Assert.Equal(calibration.Matrices.Select(m => $"{m.Key} {string.Join(' ', m.Value)}"), KittiCalibration.Read(again).Matrices.Select(m => $"{m.Key} {string.Join(' ', m.Value)}"));
    }

    [Fact]
    public async Task A_camera_of_another_data_set_gets_a_calibration_that_projects_as_it_did()
    {
        var rig = new SensorRig([new Sensor("CAM", "camera") { Camera = new PinholeCamera(700, 710, 600, 180), ToVehicle = new RigidTransform(Quaternion.AboutZ(0.3), 1, 2, 3), Timestamp = JsonElement.Parse("5") }, new Sensor("TOP", "lidar") { ToVehicle = RigidTransform.Identity }]);
        Sample[] samples = [new Sample { Name = "a.png", WidthPx = 1200, HeightPx = 400, Opinions = [new Opinion()], Facts = new Dictionary<string, JsonElement> { [SensorRig.FactName] = rig.ToFact() } }];
        using var folder = new TemporaryFolder();
        var (after, losses) = await Exchanges.ThroughAsync(Kitti, samples, folder);
        Assert.Contains(losses.Losses, l => l.Kind == "sensors:time");
        var read = SensorRig.Of(after[0]);
        Assert.Equal(rig.Sensors[0].Camera, read.Sensors[0].Camera);
        var (before, now) = (SensorRig.Between(rig.Sensors[1], rig.Sensors[0])!.Value.Apply(4, 5, 6), SensorRig.Between(read.Lidar!, read.Sensors[0])!.Value.Apply(4, 5, 6));
        Assert.True(Math.Abs(before.X - now.X) + Math.Abs(before.Y - now.Y) + Math.Abs(before.Z - now.Z) < 1e-9);
    }

    [Fact]
    public async Task Through_DGP_only_parts_of_pixels_are_lost_and_that_is_named()
    {
        var before = await Exchanges.ReadAsync(Kitti, TestData.Find(Assert.Skip, "driving", "kitti_object", "training"));
        using var folder = new TemporaryFolder();
        var (between, losses) = await Exchanges.ThroughAsync(FormatRegistry.Find("dgp")!, before, folder);
        Assert.Equal(4 + 4L, losses.Losses.Single(l => l.Kind == "rounding").Count);
        var (after, _) = await Exchanges.ThroughAsync(Kitti, between, folder);
        foreach (var (first, second) in before.SelectMany(s => s.Opinions[0].Objects).Zip(after.SelectMany(s => s.Opinions[0].Objects)))
        {
            Assert.Equal(first.Class, second.Class);
            Assert.Equal(Numbers(first), Numbers(second));
        }
    }

    private static string Numbers(LabelledObject each) => string.Join(' ', each.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}"));

    private static IEnumerable<(double X, double Y, double Z)> Corners(Cuboid c)
    {
        foreach (var x in (double[])[-0.5, 0.5])
        {
            foreach (var y in (double[])[-0.5, 0.5])
            {
                foreach (var z in (double[])[-0.5, 0.5])
                {
                    var (u, v, w) = (x * c.Length, y * c.Width, z * c.Height);
                    var turned = c.Rotation * new Quaternion(u, v, w, 0) * new Quaternion(-c.Rotation.X, -c.Rotation.Y, -c.Rotation.Z, c.Rotation.W);
                    yield return (c.X + turned.X, c.Y + turned.Y, c.Z + turned.Z);
                }
            }
        }
    }

    [Theory]
    [InlineData("driving/kitti_object", 2, 8)]
    [InlineData("interop/datumaro/kitti_dataset/kitti_3d", 1, 3)]
    [InlineData("interop/datumaro/kitti_dataset/kitti_detection", 2, 5)]
    public async Task What_is_written_is_read_again_as_it_was(string path, int pictures, int objects)
    {
        using var folder = new TemporaryFolder();
        var faults = new FaultLog();
        List<Sample> before = [.. (await Exchanges.ReadAsync(Kitti, TestData.Find(Assert.Skip, path.Split('/')), faults: faults)).Select(s => s with { WidthPx = 0, HeightPx = 0 })];
        Assert.Equal((pictures, objects, 0L), (before.Count, before.Sum(s => s.Opinions[0].Objects.Count), faults.Count));
        var (after, losses) = await Exchanges.ThroughAsync(Kitti, before, folder);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        Exchanges.AssertSame(before, after, 0);
    }

    [Fact]
    public void Boxes_and_cuboids_survive() => Generated.ForSeeds(async seed =>
    {
        using var folder = new TemporaryFolder();
        var generated = new Generated(seed);
        Dictionary<string, JsonElement> Attributes(Random r) => new() { ["occluded"] = JsonSerializer.SerializeToElement((double)r.Next(4)), ["alpha"] = JsonSerializer.SerializeToElement(r.NextDouble()) };
        List<Sample> before = [.. generated.Samples([MarkKind.Box], Kitti.Traits.Parts, attributes: Attributes, also: [MarkKind.Cuboid]).Select(s => s with { Name = s.Name.Replace(".jpg", "", StringComparison.Ordinal), WidthPx = 0, HeightPx = 0 })];
        Exchanges.AssertSame(before, (await Exchanges.ThroughAsync(Kitti, before, folder)).Samples, 1e-6);
        List<Sample> clips = [.. generated.Samples([MarkKind.Box, MarkKind.Cuboid], Tracking.Traits.Parts, InputKind.Clip, Attributes).Select(s => s with { WidthPx = 0, HeightPx = 0 })];
        Exchanges.AssertSame(clips, (await Exchanges.ThroughAsync(Tracking, clips, folder)).Samples, 1e-6);
    });

    [Fact]
    public async Task Tracking_has_frames_from_0_and_tracks()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["training/label_02"]);
        await File.WriteAllTextAsync(folder["training/label_02/0012.txt"], "0 -1 DontCare -1 -1 -10 1 2 3 4 -1000 -1000 -1000 -10 -1 -1 -1\n5 2 Car 0 1 -1.5 10 20 30 40 1.5 1.6 4 1 1.7 13 -1.57\n", TestContext.Current.CancellationToken);
        var clip = (await Exchanges.ReadAsync(Tracking, folder.Path)).Single();
        Assert.Equal(("0012", "training", InputKind.Clip), (clip.Name, clip.Split, clip.Kind));
        Assert.Equal([(0, null), (5, "2")], clip.Opinions[0].Objects.Select(o => (o.Frame!.Value, o.Track)));
        Assert.Equal("kitti-tracking", FormatRegistry.Recognise(DatasetSource.Open(folder.Path))[0].Format);
    }

    [Fact]
    public async Task Tracklets_of_another_program_are_read()
    {
        var scene = (await Exchanges.ReadAsync(Raw, TestData.Find(Assert.Skip, "interop", "datumaro", "kitti_dataset", "kitti_raw"))).Single();
        Assert.Equal(["0 0 car", "1 0 bus", "1 1 bus", "2 2 car"], scene.Opinions[0].Objects.Take(4).Select(o => $"{o.Track} {o.Frame} {o.Class}"));
        var first = (Cuboid)scene.Opinions[0].Objects[0].Mark;
        Assert.Equal((1.0, 2.0, 3.0 - 3.62 / 2, 7.95, -1.03, "lidar"), (first.X, first.Y, first.Z, first.Width, first.Length, first.Frame));
        Assert.Equal("1", scene.Opinions[0].Objects[2].Attributes[CommonAttributes.Occluded].GetRawText());
    }

    [Fact]
    public async Task Bad_lines_are_told_and_the_others_are_read()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["label_2"]);
        await File.WriteAllTextAsync(folder["label_2/7.txt"], "Car 0 0\nCar 0 0 0 x 1 2 3 -1 -1 -1 -1000 -1000 -1000 -10\nCar 0 0 0 9 1 2 3 -1 -1 -1 -1000 -1000 -1000 -10\nCar 0 0 0 1 1 2 3 -1 -1 -1 -1000 -1000 -1000 -10 0.5\n", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        Assert.Equal(0.5, (await Exchanges.ReadAsync(Kitti, folder.Path, faults: faults)).Single().Opinions[0].Objects.Single().Score);
        Assert.Equal(["label_2/7.txt: line 1", "label_2/7.txt: line 2", "label_2/7.txt: line 3"], faults.Kept.Select(f => $"{f.File}: {f.Place}"));
        await File.WriteAllTextAsync(folder["tracklet_labels.xml"], "<!DOCTYPE a [<!ENTITY e \"x\">]><boost_serialization><tracklets>&e;</tracklets></boost_serialization>", TestContext.Current.CancellationToken);
        var hostile = new FaultLog();
        Assert.Empty(await Exchanges.ReadAsync(Raw, folder["tracklet_labels.xml"], faults: hostile));
        Assert.Equal("line 1", hostile.Kept.Single().Place);
    }

    [Fact]
    public async Task A_cuboid_in_another_frame_is_refused_with_its_frame()
    {
        using var folder = new TemporaryFolder();
        Sample[] samples = [new Sample { Name = "a", Opinions = [new Opinion { Objects = [new LabelledObject("Car", new Cuboid(1, 2, 3, 4, 2, 1.5, Quaternion.Identity, "lidar"))] }] }];
        var fault = await Assert.ThrowsAsync<FileFormatFaultException>(() => Exchanges.ThroughAsync(Kitti, samples, folder));
        Assert.Contains("\"lidar\"", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        await Mutations.OfFolderAsync(Kitti, TestData.Find(Assert.Skip, "interop", "datumaro", "kitti_dataset", "kitti_3d"), 700, seed: 31);
        await Mutations.OfFolderAsync(Tracking, TestData.Find(Assert.Skip, "interop", "datumaro", "kitti_dataset", "kitti_detection"), 600, seed: 32);
        await Mutations.OfFolderAsync(Raw, TestData.Find(Assert.Skip, "interop", "datumaro", "kitti_dataset", "kitti_raw"), 700, seed: 33);
    }

    [Fact]
    public void They_are_recognised_and_take_nothing_else()
    {
        Assert.Equal("kitti", Kitti.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "driving", "kitti_object"))).Single().Format);
        Assert.Equal("kitti-raw", Raw.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "interop", "datumaro", "kitti_dataset", "kitti_raw"))).Single().Format);
        foreach (var other in (ReadOnlySpan<string>)["interop/same_100_images/voc", "interop/same_100_images/yolo", "interop/same_100_images/coco_format_v1", "driving/mot15_gt_only", "driving/ddad_dgp", "interop/datumaro/mot_dataset"])
        {
            var source = DatasetSource.Open(TestData.Find(Assert.Skip, other.Split('/')));
            Assert.Empty(Kitti.Recognise(source).Concat(Tracking.Recognise(source)).Concat(Raw.Recognise(source)));
        }
    }
}
