using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Coco;
using Touchstone.Formats.Dgp;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Kitti;
using Touchstone.Formats.NuScenes;
using Touchstone.Formats.PointClouds;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.NuScenes;

/// <summary>A key frame of nuScenes mini as MMDetection3D describes it.</summary>
public sealed class MmDetection3dFormatTests
{
    private static readonly MmDetection3dFormat Infos = new();

    private static string Root => TestData.Find(Assert.Skip, "driving", "nuscenes_sample");

    [Fact]
    public async Task The_key_frame_has_what_is_stated()
    {
        var samples = await Exchanges.ReadAsync(Infos, Root);
        Assert.Equal([InputKind.Scene, .. Enumerable.Repeat(InputKind.Image, 6)], samples.Select(s => s.Kind));
        Assert.All(samples.Skip(1), s => Assert.Equal((1600, 900), (s.WidthPx, s.HeightPx)));
        Assert.All(samples, s => Assert.Equal("n015-2018-07-24-11-22-45+0800", s.Scene));
        var objects = samples[0].Opinions[0].Objects;
        Assert.Equal("30 pedestrian, 22 barrier, 8 car, 3 traffic_cone, 2 truck, 1 bicycle, 1 bus, 1 construction_vehicle, 1 unlabelled",
            string.Join(", ", objects.GroupBy(o => o.Class).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}")));
        var first = (Cuboid)objects[0].Mark;
        Assert.Equal((18.41438499820346, 59.51602513122477, 0.7696345744362297, 0.669, 0.621, 1.642, "lidar"), (first.X, first.Y, first.Z, first.Length, first.Width, first.Height, first.Frame));
        Assert.Equal(84, samples.Skip(1).Sum(s => s.Opinions[0].Objects.Count));
        var facts = await Infos.FactsAsync(DatasetSource.Open(Root), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(["car", "truck", "trailer", "bus", "construction_vehicle", "bicycle", "motorcycle", "pedestrian", "traffic_cone", "barrier"], facts.Classes.Select(c => c.Name));
    }

    /// <summary>nuScenes counted the points in each cuboid of its own. Cuboids that were merely turned about the LiDAR's z axis hold another number in 8 of 69.</summary>
    [Fact]
    public async Task Cuboids_hold_as_many_points_as_nuScenes_counted()
    {
        var sweep = (await Exchanges.ReadAsync(Infos, Root))[0];
        using var file = File.OpenRead(Path.Combine(Root, sweep.Name));
        var positions = SweepFile.Read(file, PointCloud.NuScenesColumns).Positions()!;
        Assert.Equal(sweep.Opinions[0].Objects.Select(o => o.Attributes["num_lidar_pts"].GetInt32()), sweep.Opinions[0].Objects.Select(o => ((Cuboid)o.Mark).CountPoints(positions)));
        Assert.Equal(61, sweep.Opinions[0].Objects.Count(o => Flat((Cuboid)o.Mark).CountPoints(positions) == o.Attributes["num_lidar_pts"].GetInt32()));
    }

    private static Cuboid Flat(Cuboid cuboid)
    {
        var (x, y, _) = cuboid.Rotation.Turn(0, 1, 0);
        return cuboid with { Rotation = Quaternion.AboutZ(Math.Atan2(-x, y)) };
    }

    /// <summary>The boxes of the file come from the cuboids (<c>get_2d_boxes</c>): the outline of the corners before the camera, cut with the picture.</summary>
    [Fact]
    public async Task Every_cuboid_projects_onto_its_box()
    {
        var (compared, greatest) = (0, 0.0);
        foreach (var picture in (await Exchanges.ReadAsync(Infos, Root)).Skip(1))
        {
            var camera = SensorRig.Of(picture).Sensors.Single(s => s.Kind == "camera").Camera!.Value;
            foreach (var each in picture.Opinions[0].Objects)
            {
                var (box, projected) = (each.Mark.Bounds!, ((Cuboid)each.OtherMarks.Single()).BoxIn(camera, 1600, 900)!);
                foreach (var off in (ReadOnlySpan<double>)[box.X - projected.X, box.Y - projected.Y, box.Right - projected.Right, box.Bottom - projected.Bottom]) greatest = Math.Max(greatest, Math.Abs(off));
                compared++;
            }
        }

        Assert.Equal(84, compared);
        Assert.InRange(greatest, 0, 0.001);
    }

    [Fact]
    public async Task Pictures_become_KITTI_and_COCO()
    {
        using var folder = new TemporaryFolder();
        var samples = await Exchanges.ReadAsync(Infos, Root);
        var (kitti, losses) = await Exchanges.ThroughAsync(new KittiFormat(), samples, folder);
        Assert.Equal((6, 84), (kitti.Count, kitti.Sum(s => s.Opinions[0].Objects.Count(o => o.OtherMarks is [Cuboid]))));
        Assert.Contains(losses.Losses, l => l is { Kind: "input:scene", Count: 1 });
        var (coco, _) = await Exchanges.ThroughAsync(new CocoFormat(), samples, folder, readOptions: FormatOptions.Default);
        Assert.Equal(84, coco.Sum(s => s.Opinions[0].Objects.Count(o => o.Mark is Outline { Geometry: Box })));
    }

    /// <summary>Its objects have no tracks; their boxes and cuboids stand in different files of DGP and are one object again, all sensors of the moment are one sample.</summary>
    [Fact]
    public async Task A_moment_stays_together_in_DGP()
    {
        using var folder = new TemporaryFolder();
        var before = await Exchanges.ReadAsync(Infos, Root);
        var (after, _) = await Exchanges.ThroughAsync(new DgpFormat(), before, folder);
        Assert.Equal((7, 69, 84), (after.Count, after.Single(s => s.Kind == InputKind.Scene).Opinions[0].Objects.Count, after.Where(s => s.Kind == InputKind.Image).Sum(s => s.Opinions[0].Objects.Count(o => o.OtherMarks is [Cuboid]))));
        Assert.All(after, s => Assert.Equal("0", s.Facts[SensorRig.MomentFact].GetRawText()));
        var (first, second) = (SensorRig.Of(before[0]), SensorRig.Of(after.Single(s => s.Kind == InputKind.Scene)));
        Assert.Equal(first.Sensors.Select(s => (s.Name, s.Camera)), second.Sensors.Select(s => (s.Name, s.Camera)));
        var inWorld = first.Bring((Cuboid)before[0].Opinions[0].Objects[3].Mark, SensorRig.WorldFrame)!;
        Assert.True(Exchanges.Distance(inWorld, second.Bring((Cuboid)after.Single(s => s.Kind == InputKind.Scene).Opinions[0].Objects[3].Mark, SensorRig.WorldFrame)!) < 1e-6);
    }

    private const string Small = """
        {"metainfo":{"categories":{"car":0},"dataset":"nuscenes","version":"v1.0-mini","info_version":"1.1"},
         "data_list":[{"sample_idx":0,"token":"t","timestamp":1.5,
          "ego2global":[[1,0,0,5],[0,1,0,0],[0,0,1,0],[0,0,0,1]],
          "images":{"CAM_FRONT":{"img_path":"a.jpg","cam2img":[[100,0,50],[0,100,40],[0,0,1]],"cam2ego":[[0,0,1,0],[-1,0,0,0],[0,-1,0,0],[0,0,0,1]],"lidar2cam":[[0,-1,0,0],[0,0,-1,0],[1,0,0,0],[0,0,0,1]],"timestamp":1.4}},
          "lidar_points":{"num_pts_feats":5,"lidar_path":"x__LIDAR_TOP__1.pcd.bin","lidar2ego":[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]},
          "instances":[{"bbox_label":0,"bbox_3d":[10,0,0,4,2,1.5,0.1],"bbox_3d_isvalid":true,"bbox_label_3d":0,"num_lidar_pts":3,"num_radar_pts":0,"velocity":[0.5,0]}],
          "cam_instances":{"CAM_FRONT":[{"bbox_label":0,"bbox":[1,2,30,40],"bbox_3d":[0,0,10,4,1.5,2,0.1]}]}}]}
        """;

    [Fact]
    public async Task Bad_records_are_told_and_the_others_are_read()
    {
        using var folder = new TemporaryFolder();
        async Task<List<string>> Faults(string text)
        {
            await File.WriteAllTextAsync(folder["a.json"], text, TestContext.Current.CancellationToken);
            var faults = new FaultLog();
            Assert.Equal(2, (await Exchanges.ReadAsync(Infos, folder.Path, faults: faults)).Count);
            return [.. faults.Kept.Select(f => f.Place)];
        }

        Assert.Empty(await Faults(Small));
        Assert.Equal(["/data_list/0/instances/0/bbox_label_3d"], await Faults(Small.Replace("\"bbox_label_3d\":0", "\"bbox_label_3d\":3", StringComparison.Ordinal)));
        Assert.Equal(["/data_list/0/instances/0/bbox_3d"], await Faults(Small.Replace("[10,0,0,4,2,1.5,0.1]", "[10,0,0,4,2,1.5]", StringComparison.Ordinal)));
        Assert.Equal(["/data_list/0/images/CAM_FRONT/cam2img"], await Faults(Small.Replace("[[100,0,50]", "[[0,0,50]", StringComparison.Ordinal)));
        Assert.Equal(["/data_list/0/cam_instances/CAM_FRONT/0/bbox"], await Faults(Small.Replace("[1,2,30,40]", "[30,2,1,40]", StringComparison.Ordinal)));
        Assert.Equal(["/data_list/0/ego2global"], await Faults(Small.Replace("[[1,0,0,5]", "[[2,0,0,5]", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.json"], Small, TestContext.Current.CancellationToken);
        await Mutations.OfFolderAsync(Infos, folder.Path, 2_000, seed: 71);
        await Mutations.OfFileAsync(Infos, await File.ReadAllBytesAsync(Path.Combine(Root, "sample_info.json"), TestContext.Current.CancellationToken), "sample_info.json", seed: 72, cases: 150);
    }

    [Fact]
    public void It_is_recognised() => Assert.Equal([("mmdet3d-nuscenes", "sample_info.json")], FormatRegistry.Recognise(DatasetSource.Open(Root)).Select(r => (r.Format, r.Place)));

    /// <summary>None of the formats of scenes takes the data of another program.</summary>
    [Fact]
    public void The_formats_of_scenes_take_nothing_else()
    {
        DatasetFormat[] formats = [.. FormatRegistry.All.Where(f => f.Traits.Id is "nuscenes" or "mmdet3d-nuscenes" or "dgp" or "sustech")];
        Assert.Equal(4, formats.Length);
        foreach (var path in (ReadOnlySpan<string>)["interop", "driving/kitti_object", "driving/mot15_gt_only", "driving/mapillary_vistas", "driving/voc_street", "preferences"])
            Assert.Empty(formats.SelectMany(f => f.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, path.Split('/'))))));
        foreach (var (path, own) in (ReadOnlySpan<(string, string)>)[("ddad_dgp", "dgp"), ("sustech", "sustech"), ("nuscenes_sample", "mmdet3d-nuscenes")])
            Assert.All(formats.SelectMany(f => f.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "driving", path)))), r => Assert.Equal(own, r.Format));
    }
}
