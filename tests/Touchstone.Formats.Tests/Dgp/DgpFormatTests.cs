using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Dgp;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Kitti;
using Touchstone.Formats.PointClouds;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Dgp;

public sealed class DgpFormatTests
{
    private static readonly DgpFormat Dgp = new();

    private static string Root => TestData.Find(Assert.Skip, "driving", "ddad_dgp");

    [Fact]
    public async Task Scenes_have_what_is_stated_and_what_is_missing_is_told()
    {
        var faults = new FaultLog();
        var samples = await Exchanges.ReadAsync(Dgp, Root, faults: faults);
        Assert.Equal((18, 6), (samples.Count(s => s.Kind == InputKind.Image), samples.Count(s => s.Kind == InputKind.Scene)));
        Assert.All(samples, s => Assert.Equal("train", s.Split));
        static string Counts(Sample s) => string.Join(", ", s.Opinions[0].Objects.GroupBy(o => o.Class).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}"));
        List<string> Of(string folder) => [.. samples.Where(s => s.Name.StartsWith(folder, StringComparison.Ordinal)).Select(Counts)];
        Assert.Equal(["22 Car, 1 Bus/RV/Caravan, 1 Person", "22 Car, 1 Bus/RV/Caravan, 1 Person", "22 Car, 1 Bus/RV/Caravan"], Of("scene_01/rgb/CAMERA_01/"));
        Assert.Equal(["92 Car, 2 Bus/RV/Caravan, 1 Person", "93 Car, 2 Bus/RV/Caravan, 1 Person", "93 Car, 2 Bus/RV/Caravan"], Of("scene_01/point_cloud/"));
        Assert.Equal(Enumerable.Repeat("2 Car, 1 Truck", 3), Of("scene_02/rgb/CAMERA_01/"));
        Assert.Equal(Enumerable.Repeat("11 Car, 2 Truck", 3), Of("scene_02/point_cloud/"));
        // Both scenes are listed in two parts, and three cameras of the second are not here at three moments.
        Assert.Equal((11L, 2, 9), (faults.Count, faults.Kept.Count(f => f.Message.StartsWith("this scene is in the part train too", StringComparison.Ordinal)), faults.Kept.Count(f => f.Message.StartsWith("no file of this datum is here (rgb/CAMERA_0", StringComparison.Ordinal))));
        var front = samples.First(s => s.Name.Contains("/CAMERA_01/", StringComparison.Ordinal));
        Assert.Equal((1936, 1216, "scene_01"), (front.WidthPx, front.HeightPx, front.Scene));
        var first = front.Opinions[0].Objects[0];
        Assert.Equal((new Outline(new Box(0, 581, 185, 71)), "1245564312"), (first.Mark, first.Track));
        var cuboid = Assert.IsType<Cuboid>(first.OtherMarks.Single());
        Assert.Equal((-18.78346122226536, 0.23206501675774405, 47.60147638238959, 4.942, 1.912, 1.472, "camera"), (cuboid.X, cuboid.Y, cuboid.Z, cuboid.Length, cuboid.Width, cuboid.Height, cuboid.Frame));
        Assert.Equal("117", first.Attributes["num_points"].GetRawText());
        var facts = await Dgp.FactsAsync(DatasetSource.Open(Root), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(["0 Person #dc143c", "1 Truck #000046", "2 Car #00008e"], facts.Classes.Take(3).Select(c => $"{c.Number} {c.Name} {c.Colour}"));
    }

    /// <summary>All boxes of both scenes come from the cuboids: they are the extents of their corners within the picture, rounded down.</summary>
    [Fact]
    public async Task Every_cuboid_projects_onto_the_box_of_its_instance()
    {
        var compared = 0;
        foreach (var sample in (await Exchanges.ReadAsync(Dgp, Root, faults: new FaultLog())).Where(s => s.Kind == InputKind.Image))
        {
            var camera = SensorRig.Of(sample).Find(sample.Facts["sensor"].GetString()!)!.Camera!.Value;
            foreach (var each in sample.Opinions[0].Objects)
            {
                var corners = ((Cuboid)each.OtherMarks.Single()).Corners().Select(c => camera.Project(c.X, c.Y, c.Z)).ToList();
                double Across(double x) => Math.Clamp(x, 0, sample.WidthPx);
                double Down(double y) => Math.Clamp(y, 0, sample.HeightPx);
                var box = each.Mark.Bounds!;
                foreach (var (stated, found) in (ReadOnlySpan<(double, double)>)[(box.X, Across(corners.Min(c => c.X))), (box.Y, Down(corners.Min(c => c.Y))), (box.Right, Across(corners.Max(c => c.X))), (box.Bottom, Down(corners.Max(c => c.Y)))])
                    Assert.True(found - stated is >= 0 and <= 1, $"{sample.Name}, {each.Track}: {found} for {stated}");
                compared++;
            }
        }

        Assert.Equal(186, compared);
    }

    /// <summary>The same instance in the sweep and in a picture, of one moment: the LiDAR's cuboid, brought into the camera's frame through both poses, is the camera's, but for what it drove in the 0.2 s between them.</summary>
    [Fact]
    public async Task Cuboids_of_the_sweep_are_those_of_the_cameras()
    {
        var samples = await Exchanges.ReadAsync(Dgp, Root, faults: new FaultLog());
        var compared = 0;
        foreach (var sweep in samples.Where(s => s.Kind == InputKind.Scene))
        {
            var rig = SensorRig.Of(sweep);
            var inLidar = sweep.Opinions[0].Objects.ToDictionary(o => o.Track!, o => (Cuboid)o.Mark);
            foreach (var picture in samples.Where(s => s.Kind == InputKind.Image && s.Scene == sweep.Scene && s.Facts["sample_index"].GetInt32() == sweep.Facts["sample_index"].GetInt32()))
            {
                var toCamera = SensorRig.Between(rig.Lidar!, rig.Find(picture.Facts["sensor"].GetString()!)!)!.Value;
                foreach (var each in picture.Opinions[0].Objects)
                {
                    if (!inLidar.TryGetValue(each.Track!, out var cuboid)) continue;
                    var (expected, found) = ((Cuboid)each.OtherMarks.Single(), toCamera.Apply(cuboid, SensorRig.CameraFrame));
                    Assert.True(Math.Sqrt(Math.Pow(expected.X - found.X, 2) + Math.Pow(expected.Y - found.Y, 2) + Math.Pow(expected.Z - found.Z, 2)) < 1e-3, $"{picture.Name}, {each.Track}: {expected} for {found}");
                    compared++;
                }
            }
        }

        Assert.True(compared > 150, $"{compared}");
    }

    /// <summary>The source counted the points in each cuboid in sweeps that hold more than the files do, several times as many where it is near: a cuboid holds at most as many, and of 59 far ones none.</summary>
    [Fact]
    public async Task Cuboids_hold_no_more_points_than_the_source_counted()
    {
        var (compared, held) = (0, 0);
        foreach (var sweep in (await Exchanges.ReadAsync(Dgp, Root, faults: new FaultLog())).Where(s => s.Kind == InputKind.Scene))
        {
            using var file = File.OpenRead(Path.Combine(Root, sweep.Name));
            var positions = NpzFile.Read(file)["data"].ToCloud().Positions()!;
            foreach (var each in sweep.Opinions[0].Objects)
            {
                var (counted, found) = (each.Attributes["num_points"].GetInt32(), ((Cuboid)each.Mark).CountPoints(positions));
                Assert.InRange(found, 0, counted);
                compared++;
                if (found > 0) held++;
            }
        }

        Assert.Equal(325, compared);
        Assert.Equal(266, held);
    }

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var before = await Exchanges.ReadAsync(Dgp, Root, faults: new FaultLog());
        var facts = await Dgp.FactsAsync(DatasetSource.Open(Root), FormatOptions.Default, TestContext.Current.CancellationToken);
        var (after, losses) = await Exchanges.ThroughAsync(Dgp, before, folder, facts);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        Exchanges.AssertSame(before, after, 0);
        Assert.Equal(before.Select(s => s.Facts["sensors"].GetRawText()), after.Select(s => s.Facts["sensors"].GetRawText()), new Digits());
    }

    /// <summary>A quaternion is made of unit length when it is read, which may change its last digit.</summary>
    private sealed class Digits : IEqualityComparer<string>
    {
        public bool Equals(string? a, string? b) => Rig(a!).Sensors.Zip(Rig(b!).Sensors).All(p => p.First.Name == p.Second.Name && p.First.File == p.Second.File && p.First.Camera == p.Second.Camera && p.First.Fields.SequenceEqual(p.Second.Fields)
            && p.First.Timestamp?.GetRawText() == p.Second.Timestamp?.GetRawText() && Near(p.First.ToWorld!.Value, p.Second.ToWorld!.Value) && Near(p.First.ToVehicle!.Value, p.Second.ToVehicle!.Value));

        public int GetHashCode(string of) => 0;

        private static SensorRig Rig(string json) => SensorRig.Of(new Sample { Name = "a", Facts = new Dictionary<string, JsonElement> { [SensorRig.FactName] = JsonElement.Parse(json) } });

        private static bool Near(RigidTransform a, RigidTransform b) => a.ToMatrix().Zip(b.ToMatrix()).All(p => Math.Abs(p.First - p.Second) < 1e-9);
    }

    [Fact]
    public void Boxes_and_cuboids_survive() => Generated.ForSeeds(async seed =>
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, JsonElement> Attributes(Random r) => new() { ["occluded"] = JsonSerializer.SerializeToElement((double)r.Next(3)), ["truncated"] = JsonSerializer.SerializeToElement(r.NextDouble()), ["state \"x\""] = JsonSerializer.SerializeToElement("parked") };
        var generated = new Generated(seed).Samples([MarkKind.Box], Dgp.Traits.Parts, attributes: r => r.Next(2) == 0 ? new() { ["is_crowd"] = JsonElement.Parse("true"), ["state"] = JsonElement.Parse("\"ä\"") } : [], also: [MarkKind.Cuboid]);
        List<Sample> before = [.. generated.Select((s, i) => s with { Name = $"scene_{s.Split}/rgb/CAMERA/{i}.jpg" })];
        Exchanges.AssertSame(before, (await Exchanges.ThroughAsync(Dgp, before, folder)).Samples, 0.5);
        List<Sample> sweeps = [.. new Generated(seed).Samples([MarkKind.Cuboid], Dgp.Traits.Parts, InputKind.Scene, Attributes).Select((s, i) => s with
        {
            Name = $"scene_{s.Split}/point_cloud/LIDAR/{i}.npz",
            WidthPx = 0,
            HeightPx = 0,
            Opinions = [new Opinion { Objects = [.. s.Opinions[0].Objects.Select(o => o with { Mark = (Cuboid)o.Mark with { Frame = "lidar" } })] }],
        })];
        Exchanges.AssertSame(sweeps, (await Exchanges.ThroughAsync(Dgp, sweeps, folder)).Samples, 0);
    });

    [Fact]
    public async Task Pictures_become_KITTI_with_their_cuboids()
    {
        using var folder = new TemporaryFolder();
        var (after, losses) = await Exchanges.ThroughAsync(new KittiFormat(), await Exchanges.ReadAsync(Dgp, Root, faults: new FaultLog()), folder);
        Assert.Equal((18, 186, 186), (after.Count, after.Sum(s => s.Opinions[0].Objects.Count), after.Sum(s => s.Opinions[0].Objects.Count(o => o.OtherMarks is [Cuboid]))));
        Assert.Contains(losses.Losses, l => l is { Kind: "input:scene", Count: 6 });
    }

    [Fact]
    public async Task What_DGP_cannot_say_is_refused()
    {
        using var folder = new TemporaryFolder();
        async Task<string> Refusal(Sample sample) => (await Assert.ThrowsAsync<FileFormatFaultException>(() => Exchanges.ThroughAsync(Dgp, [sample], folder))).Message;
        static Sample One(Mark mark, InputKind kind) => new() { Name = "a", Kind = kind, Opinions = [new Opinion { Objects = [new LabelledObject("Car", mark)] }] };
        var cuboid = new Cuboid(1, 2, 3, 4, 2, 1.5, Quaternion.Identity, "world");
        Assert.Contains("\"world\"", await Refusal(One(cuboid, InputKind.Scene)), StringComparison.Ordinal);
        Assert.Contains("a box in a picture", await Refusal(One(new Outline(new Box(1, 2, 3, 4)), InputKind.Scene)), StringComparison.Ordinal);
        Assert.Contains("\"holdout\"", await Refusal(One(cuboid with { Frame = "camera" }, InputKind.Image) with { Split = "holdout" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        await Mutations.OfFolderAsync(Dgp, Path.Combine(Root, "scene_02"), 300, seed: 41);
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["s/calibration"]);
        Directory.CreateDirectory(folder["s/ontology"]);
        Directory.CreateDirectory(folder["s/b"]);
        foreach (var (name, text) in ((string, string)[])
        [
            ("scene_dataset_v1.0.json", "{\"scene_splits\":{\"1\":{\"filenames\":[\"s/scene_a.json\"]}}}"),
            ("s/scene_a.json", "{\"data\":[{\"key\":\"k\",\"id\":{\"name\":\"C\",\"timestamp\":\"t\"},\"datum\":{\"image\":{\"filename\":\"a.jpg\",\"width\":9,\"height\":9,\"annotations\":{\"0\":\"b/2.json\",\"1\":\"b/3.json\"},\"pose\":{\"rotation\":{\"qw\":1}}}}}],\"samples\":[{\"datum_keys\":[\"k\"],\"calibration_key\":\"c\"}],\"ontologies\":{\"0\":\"o\",\"1\":\"o\"}}"),
            ("s/calibration/c.json", "{\"names\":[\"C\"],\"extrinsics\":[{\"rotation\":{\"qw\":1}}],\"intrinsics\":[{\"fx\":100,\"fy\":100}]}"),
            ("s/ontology/o.json", "{\"items\":[{\"name\":\"Car\",\"id\":1,\"color\":{\"r\":1}}]}"),
            ("s/b/2.json", "{\"annotations\":[{\"class_id\":1,\"instance_id\":5,\"box\":{\"x\":1,\"y\":2,\"w\":3,\"h\":4},\"attributes\":{\"a\":\"b\"}}]}"),
            ("s/b/3.json", "{\"annotations\":[{\"class_id\":1,\"instance_id\":5,\"box\":{\"length\":1,\"width\":2,\"height\":3,\"pose\":{\"translation\":{\"z\":9},\"rotation\":{\"qw\":1}}}}]}"),
        ]) await File.WriteAllTextAsync(folder[name], text, TestContext.Current.CancellationToken);
        var sample = (await Exchanges.ReadAsync(Dgp, folder.Path)).Single();
        Assert.Equal(("val", 1), (sample.Split, sample.Opinions[0].Objects.Single().OtherMarks.Count));
        await Mutations.OfFolderAsync(Dgp, folder.Path, 2_000, seed: 42);
    }

    [Fact]
    public async Task Bad_records_are_told_with_their_place()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["calibration", "ontology"]) Directory.CreateDirectory(folder[name]);
        await File.WriteAllTextAsync(folder["calibration/c.json"], "{}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["ontology/o.json"], "{\"items\":[{\"name\":\"Car\",\"id\":1}]}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["2.json"], "{\"annotations\":[{\"class_id\":7,\"box\":{\"x\":1,\"y\":2,\"w\":3,\"h\":4}},{\"class_id\":1,\"box\":{\"x\":1,\"y\":2,\"w\":-3,\"h\":4}},{\"class_id\":1,\"box\":{\"x\":1,\"y\":2,\"w\":3}},{\"class_id\":1,\"box\":{\"x\":1,\"y\":2,\"w\":3,\"h\":4}}]}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["scene_a.json"], "{\"data\":[{\"key\":\"k\",\"id\":{\"name\":\"C\"},\"datum\":{\"image\":{\"filename\":\"../a.jpg\",\"annotations\":{\"0\":\"2.json\",\"1\":\"../../etc/passwd\",\"4\":\"x\"}}}}],\"samples\":[{\"datum_keys\":[\"k\"]}],\"ontologies\":{\"0\":\"o\"}}", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        Assert.Single((await Exchanges.ReadAsync(Dgp, folder.Path, faults: faults)).Single().Opinions[0].Objects);
        Assert.Equal(
        [
            "2.json: /annotations/0/class_id: the class 7 is not in the scene's ontology.",
            "2.json: /annotations/1/box: a box of -3 x 4 pixels; none below 0 was expected.",
            "2.json: /annotations/2/box/h: a number was expected; nothing found.",
            "scene_a.json: /data/0/datum/image/annotations/1: the file ../../etc/passwd is not here.",
            "scene_a.json: /data/0/datum/image/annotations/4: annotations of the type 4 are not read: boxes (0) and cuboids (1) are.",
        ], faults.Kept.Select(f => f.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_is_recognised()
    {
        Assert.Equal(("dgp", ""), FormatRegistry.Recognise(DatasetSource.Open(Root))[0] is var r ? (r.Format, r.Place) : default);
        Assert.Equal("dgp", FormatRegistry.Recognise(DatasetSource.Open(Path.Combine(Root, "scene_02")))[0].Format);
    }
}
