using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Dgp;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.NuScenes;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.SusTech;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.NuScenes;

/// <summary>Tables made from the description of the schema: real ones may not be had without an account.</summary>
public sealed class NuScenesFormatTests
{
    private static readonly NuScenesFormat NuScenes = new();

    /// <summary>
    /// The vehicle stands at (100, 200) and heads along the world's y. Its LiDAR sits 1 m ahead and 2 m up with x to the right and y ahead, its camera 1.5 m ahead and 1.5 m up. A car of 4 x 2 x 1.5 m heads as the vehicle does, 10 m before its origin; when the
    /// picture is taken the vehicle is half a metre farther.
    /// </summary>
    private static readonly (string Table, string Rows)[] Tables =
    [
        ("category", """[{"token":"c1","name":"vehicle.car","description":"","index":17},{"token":"c2","name":"human.pedestrian.adult","description":""}]"""),
        ("instance", """[{"token":"i1","category_token":"c1","nbr_annotations":2,"first_annotation_token":"a1","last_annotation_token":"a2"}]"""),
        ("attribute", """[{"token":"t1","name":"vehicle.moving","description":""}]"""),
        ("visibility", """[{"token":"4","level":"v80-100","description":""}]"""),
        ("log", """[{"token":"l1","logfile":"n1","vehicle":"v","date_captured":"2018-07-24","location":"singapore-onenorth"}]"""),
        ("map", """[{"token":"m1","log_tokens":["l1"],"category":"semantic_prior","filename":"maps/m.png"}]"""),
        ("scene", """[{"token":"s1","name":"scene-0061","description":"","log_token":"l1","nbr_samples":2,"first_sample_token":"k1","last_sample_token":"k2"}]"""),
        ("sample", """[{"token":"k1","timestamp":1532402927647951,"scene_token":"s1","prev":"","next":"k2"},{"token":"k2","timestamp":1532402928147847,"scene_token":"s1","prev":"k1","next":""}]"""),
        ("sensor", """[{"token":"n1","channel":"LIDAR_TOP","modality":"lidar"},{"token":"n2","channel":"CAM_FRONT","modality":"camera"}]"""),
        ("calibrated_sensor", """
            [{"token":"b1","sensor_token":"n1","translation":[1,0,2],"rotation":[0.7071067811865476,0,0,-0.7071067811865476],"camera_intrinsic":[]},
             {"token":"b2","sensor_token":"n2","translation":[1.5,0,1.5],"rotation":[0.5,-0.5,0.5,-0.5],"camera_intrinsic":[[1000,0,800],[0,1000,450],[0,0,1]]}]
            """),
        ("sample_data", """
            [{"token":"d1","sample_token":"k1","ego_pose_token":"p1","calibrated_sensor_token":"b1","filename":"samples/LIDAR_TOP/1.pcd.bin","fileformat":"pcd","width":0,"height":0,"timestamp":1532402927647951,"is_key_frame":true,"prev":"","next":""},
             {"token":"d2","sample_token":"k1","ego_pose_token":"p2","calibrated_sensor_token":"b2","filename":"samples/CAM_FRONT/1.jpg","fileformat":"jpg","width":1600,"height":900,"timestamp":1532402927612460,"is_key_frame":true,"prev":"","next":""},
             {"token":"d3","sample_token":"k1","ego_pose_token":"p2","calibrated_sensor_token":"b1","filename":"sweeps/LIDAR_TOP/1.pcd.bin","fileformat":"pcd","width":0,"height":0,"timestamp":1,"is_key_frame":false,"prev":"","next":""}]
            """),
        ("ego_pose", """
            [{"token":"p1","translation":[100,200,0],"rotation":[0.7071067811865476,0,0,0.7071067811865476],"timestamp":1532402927647951},
             {"token":"p2","translation":[100,200.5,0],"rotation":[0.7071067811865476,0,0,0.7071067811865476],"timestamp":1532402927612460}]
            """),
        ("sample_annotation", """
            [{"token":"a1","sample_token":"k1","instance_token":"i1","attribute_tokens":["t1"],"visibility_token":"4","translation":[100,210,1],"size":[2,4,1.5],"rotation":[0.7071067811865476,0,0,0.7071067811865476],"num_lidar_pts":5,"num_radar_pts":1,"prev":"","next":"a2"},
             {"token":"a2","sample_token":"k2","instance_token":"i1","attribute_tokens":[],"visibility_token":"","translation":[100,220,1],"size":[2,4,1.5],"rotation":[0.7071067811865476,0,0,0.7071067811865476],"num_lidar_pts":0,"num_radar_pts":0,"prev":"a1","next":""}]
            """),
    ];

    private static TemporaryFolder Written(params (string Table, string Rows)[] instead)
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["v1.0-mini"]);
        foreach (var (table, rows) in Tables) File.WriteAllText(folder[$"v1.0-mini/{table}.json"], instead.FirstOrDefault(i => i.Table == table).Rows ?? rows);
        return folder;
    }

    [Fact]
    public async Task Key_frames_have_cuboids_in_the_world_with_what_is_said_of_them()
    {
        using var folder = Written();
        var samples = await Exchanges.ReadAsync(NuScenes, folder.Path);
        Assert.Equal(["samples/LIDAR_TOP/1.pcd.bin scene-0061", "k2 scene-0061"], samples.Select(s => $"{s.Name} {s.Scene}"));
        Assert.All(samples, s => Assert.Equal(InputKind.Scene, s.Kind));
        var car = samples[0].Opinions[0].Objects.Single();
        Assert.Equal(("vehicle.car", "a1", "i1"), (car.Class, car.Id, car.Track));
        Assert.Equal("""{"vehicle":"moving","visibility":"v80-100","num_lidar_pts":5,"num_radar_pts":1}""", JsonSerializer.Serialize(car.Attributes));
        var cuboid = (Cuboid)car.Mark;
        Assert.Equal((100, 210, 1, 4, 2, 1.5, "world"), (cuboid.X, cuboid.Y, cuboid.Z, cuboid.Length, cuboid.Width, cuboid.Height, cuboid.Frame));
        Assert.Equal(("k1", 1532402927647951, "singapore-onenorth"), (samples[0].Facts["token"].GetString(), samples[0].Facts["timestamp"].GetInt64(), samples[0].Facts["location"].GetString()));
        Assert.Equal("i1", samples[1].Opinions[0].Objects.Single().Track);
        var facts = await NuScenes.FactsAsync(DatasetSource.Open(folder.Path), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(["vehicle.car", "human.pedestrian.adult"], facts.Classes.Select(c => c.Name));
    }

    /// <summary>By hand: the LiDAR is at (100, 201, 2), so the car is 9 m ahead of it, along its y, and 1 m below. The camera is at (100, 202, 1.5) by then: 8 m ahead and half a metre down.</summary>
    [Fact]
    public async Task Calibrations_and_poses_lead_from_the_world_to_each_sensor()
    {
        using var folder = Written();
        var sample = (await Exchanges.ReadAsync(NuScenes, folder.Path))[0];
        var rig = SensorRig.Of(sample);
        var inWorld = (Cuboid)sample.Opinions[0].Objects.Single().Mark;
        var inLidar = rig.Bring(inWorld, SensorRig.LidarFrame)!;
        Assert.True(Exchanges.Distance(new Cuboid(0, 9, -1, 4, 2, 1.5, Quaternion.AboutZ(Math.PI / 2), "lidar"), inLidar) < 1e-9, $"{inLidar}");
        var inCamera = rig.Bring(inWorld, SensorRig.CameraFrame)!;
        Assert.Equal((0, 0.5, 8), (Math.Round(inCamera.X, 9), Math.Round(inCamera.Y, 9), Math.Round(inCamera.Z, 9)));
        // Its back is 6 m away, 2 m wide, from 0.25 m above the axis to 1.25 m below it.
        var box = inCamera.BoxIn(rig.Find("CAM_FRONT")!.Camera!.Value, 1600, 900)!;
        Assert.Equal((800 - 1000 / 6.0, 450 - 250 / 6.0, 800 + 1000 / 6.0, 450 + 1250 / 6.0), (box.X, box.Y, box.Right, box.Bottom), new Near());
    }

    private sealed class Near : IEqualityComparer<(double, double, double, double)>
    {
        public bool Equals((double, double, double, double) a, (double, double, double, double) b) =>
            Math.Max(Math.Max(Math.Abs(a.Item1 - b.Item1), Math.Abs(a.Item2 - b.Item2)), Math.Max(Math.Abs(a.Item3 - b.Item3), Math.Abs(a.Item4 - b.Item4))) < 1e-9;

        public int GetHashCode((double, double, double, double) of) => 0;
    }

    [Fact]
    public async Task What_the_world_holds_is_written_in_the_LiDARs_frame()
    {
        using var folder = Written();
        var sample = (await Exchanges.ReadAsync(NuScenes, folder.Path))[0];
        foreach (var (format, scene) in ((DatasetFormat, string)[])[(new SusTechFormat(), "scene-0061"), (new DgpFormat(), "scene-0061")])
        {
            var (after, _) = await Exchanges.ThroughAsync(format, [sample], folder);
            Assert.Equal(scene, after.Single().Scene);
            Assert.True(Exchanges.Distance(new Cuboid(0, 9, -1, 4, 2, 1.5, Quaternion.AboutZ(Math.PI / 2), "lidar"), after.Single().Opinions[0].Objects.Single().Mark) < 1e-9);
            Assert.Equal("i1", format is SusTechFormat ? after.Single().Opinions[0].Objects.Single().Track : "i1");
        }
    }

    [Fact]
    public async Task Where_labels_are_kept_back_nobody_is_said_to_have_seen_nothing()
    {
        using var folder = Written(("sample_annotation", "[]"), ("instance", "[]"));
        Assert.All(await Exchanges.ReadAsync(NuScenes, folder.Path), s => Assert.Empty(s.Opinions));
    }

    [Fact]
    public async Task Rows_that_point_nowhere_are_told()
    {
        using var folder = Written(
            ("sample_annotation", """
                [{"token":"a1","sample_token":"k1","instance_token":"i9","translation":[0,0,0],"size":[1,1,1],"rotation":[1,0,0,0]},
                 {"token":"a2","sample_token":"k1","instance_token":"i1","translation":[0,0,0],"size":[1,0,1],"rotation":[1,0,0,0]},
                 {"token":"a3","sample_token":"k1","instance_token":"i1","translation":[0,0,0],"size":[1,1,1],"rotation":[1,1,0,0]},
                 {"token":"a4","sample_token":"k9","instance_token":"i1","translation":[0,0,0],"size":[1,1,1],"rotation":[1,0,0,0]},
                 {"token":"a5","sample_token":"k1","instance_token":"i1","attribute_tokens":["t9"],"translation":[0,0,0],"size":[1,1,1],"rotation":[1,0,0,0]},
                 {"sample_token":"k1"}]
                """));
        File.Delete(folder["v1.0-mini/visibility.json"]);
        var faults = new FaultLog();
        Assert.Equal("a5", (await Exchanges.ReadAsync(NuScenes, folder.Path, faults: faults))[0].Opinions[0].Objects.Single().Id);
        Assert.Equal(["visibility.json: ", "sample_annotation.json: /0", "sample_annotation.json: /1/size", "sample_annotation.json: /2/rotation", "sample_annotation.json: /4/attribute_tokens/0", "sample_annotation.json: /5/token", "sample_annotation.json: "],
            faults.Kept.Select(f => $"{Path.GetFileName(f.File)}: {f.Place}"));
        File.Delete(folder["v1.0-mini/ego_pose.json"]);
        File.WriteAllText(folder["v1.0-mini/sample.json"], "{");
        await Assert.ThrowsAsync<FileFormatFaultException>(() => Exchanges.ReadAsync(NuScenes, folder.Path, faults: new FaultLog()));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = Written();
        await Mutations.OfFolderAsync(NuScenes, folder.Path, 2_000, seed: 61);
    }

    [Fact]
    public void They_are_recognised_where_they_lie()
    {
        using var folder = Written();
        Assert.Equal([("nuscenes", "v1.0-mini")], FormatRegistry.Recognise(DatasetSource.Open(folder.Path)).Select(r => (r.Format, r.Place)));
        Assert.Equal([("nuscenes", "")], FormatRegistry.Recognise(DatasetSource.Open(folder["v1.0-mini"])).Select(r => (r.Format, r.Place)));
    }
}
