using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.PointClouds;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.SusTech;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.SusTech;

public sealed class SusTechFormatTests
{
    private static readonly SusTechFormat SusTech = new();

    private static string Root => TestData.Find(Assert.Skip, "driving", "sustech");

    [Fact]
    public async Task Frames_have_what_is_stated()
    {
        var samples = await Exchanges.ReadAsync(SusTech, Root);
        Assert.Equal(["lidar/000965.pcd 21", "lidar/000970.pcd 23"], samples.Select(s => $"{s.Name} {s.Opinions[0].Objects.Count}"));
        Assert.All(samples, s => Assert.Equal((InputKind.Scene, "sustech"), (s.Kind, s.Scene)));
        Assert.Equal(["Bus", "Car", "Motor", "Pedestrian", "Rider", "Truck"], samples.SelectMany(s => s.Opinions[0].Objects).Select(o => o.Class).Distinct().Order(StringComparer.Ordinal));
        var first = samples[0].Opinions[0].Objects[0];
        var cuboid = (Cuboid)first.Mark;
        Assert.Equal((5.585192027760058, -48.75586246676285, 1.4203556999999993, 4.500000000000001, 1.7126382376921478, 1.7071399206499345, "lidar"), (cuboid.X, cuboid.Y, cuboid.Z, cuboid.Length, cuboid.Width, cuboid.Height, cuboid.Frame));
        Assert.Equal(("Car", "4"), (first.Class, first.Track));
        Assert.Contains(samples[1].Opinions[0].Objects, o => o.Track == "4" && o.Class == "Car");
        var rig = SensorRig.Of(samples[0]);
        Assert.Equal(["lidar", "front", "left", "right"], rig.Sensors.Select(s => s.Name));
        Assert.Equal(("camera/front/000965.jpg", 2048, 1536, 1210.062981), rig.Find("front") is { } front ? (front.File, front.WidthPx, front.HeightPx, front.Camera!.Value.FocalX) : default);
    }

    /// <summary>
    /// The tool counted no points, so these were counted once by a separate program with angles about x, then the new y, then the new z. In the other order four of the tilted ones hold fewer: car 4 holds 17, bus 3 341, truck 1001 288, car 23 148.
    /// </summary>
    [Fact]
    public async Task Cuboids_hold_the_points_that_they_hold_by_the_order_of_angles_that_is_documented()
    {
        using var file = File.OpenRead(Path.Combine(Root, "lidar", "000965.pcd"));
        var positions = PcdReader.Read(file).Positions()!;
        var objects = (await Exchanges.ReadAsync(SusTech, Root))[0].Opinions[0].Objects;
        Assert.Equal([16, 89, 45, 142, 69, 377, 25, 58, 152, 578, 315, 263, 18, 24, 273, 370, 577, 64, 33, 54, 162], objects.Select(o => ((Cuboid)o.Mark).CountPoints(positions)));
    }

    /// <summary>There are no boxes in these pictures to compare with. What must hold by the calibration alone: cameras look where they are called, and the points within a cuboid are seen within its outline.</summary>
    [Theory]
    [InlineData("front", 0, -1)]
    [InlineData("left", 1, 0)]
    [InlineData("right", -1, 0)]
    public async Task The_calibration_leads_points_and_cuboids_to_one_place(string name, double aheadX, double aheadY)
    {
        var sample = (await Exchanges.ReadAsync(SusTech, Root))[0];
        using var file = File.OpenRead(Path.Combine(Root, sample.Name));
        var positions = PcdReader.Read(file).Positions()!;
        var rig = SensorRig.Of(sample);
        var camera = rig.Find(name)!;
        var (x, y, z) = camera.ToVehicle!.Value.Rotation.Turn(0, 0, 1);
        Assert.True(x * aheadX + y * aheadY > 0.99, $"{name} looks along ({x:0.##}, {y:0.##}, {z:0.##})");
        var toCamera = SensorRig.Between(rig.Lidar!, camera)!.Value;
        var seen = 0;
        foreach (var cuboid in sample.Opinions[0].Objects.Select(o => (Cuboid)o.Mark))
        {
            var inCamera = toCamera.Apply(cuboid, SensorRig.CameraFrame);
            if (inCamera.Corners().Any(c => c.Z < 0.5)) continue;
            var outline = inCamera.BoxIn(camera.Camera!.Value, 1 << 20, 1 << 20);
            if (inCamera.BoxIn(camera.Camera!.Value, camera.WidthPx, camera.HeightPx) is not { } inPicture || outline is null) continue;
            Assert.InRange(inPicture.Right, 0, camera.WidthPx);
            seen++;
            for (var i = 0; i < positions.Length; i += 3)
            {
                if (!cuboid.Contains(positions[i], positions[i + 1], positions[i + 2])) continue;
                var (u, v, w) = toCamera.Apply(positions[i], positions[i + 1], positions[i + 2]);
                var (px, py) = camera.Camera!.Value.Project(u, v, w);
                if (px < 0 || py < 0) continue;
                Assert.InRange(px, outline.X - 1e-6, outline.Right + 1e-6);
                Assert.InRange(py, outline.Y - 1e-6, outline.Bottom + 1e-6);
            }
        }

        Assert.True(seen >= 3, $"{name}: {seen}");
    }

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was()
    {
        using var folder = new TemporaryFolder();
        List<Sample> before = [.. (await Exchanges.ReadAsync(SusTech, Root)).Select(s => s with { Name = "city/" + s.Name, Scene = "city" })];
        var (after, losses) = await Exchanges.ThroughAsync(SusTech, before, folder);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        Exchanges.AssertSame(before, after, 1e-9);
        foreach (var (first, second) in before.Zip(after))
        {
            foreach (var (a, b) in SensorRig.Of(first).Sensors.Zip(SensorRig.Of(second).Sensors))
            {
                Assert.Equal((a.Name, a.Camera), (b.Name, b.Camera));
                Assert.All(a.ToVehicle!.Value.ToMatrix().Zip(b.ToVehicle!.Value.ToMatrix()), p => Assert.Equal(p.First, p.Second, 1e-9));
            }
        }
    }

    [Fact]
    public void Cuboids_survive() => Generated.ForSeeds(async seed =>
    {
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        double Angle() => random.Next(5) switch { 0 => 0, 1 => Math.PI / 2, _ => random.NextDouble() * 8 - 4 };
        List<Sample> before = [.. new Generated(seed).Samples([MarkKind.Cuboid], SusTech.Traits.Parts, InputKind.Scene, _ => new() { ["obj_attr"] = JsonElement.Parse("\"static <ü>\"") }).Select((s, i) => s with
        {
            Name = $"a/lidar/{i}.pcd",
            Scene = "a",
            WidthPx = 0,
            HeightPx = 0,
            Opinions = [new Opinion { Objects = [.. s.Opinions[0].Objects.Select(o => o with { Mark = (Cuboid)o.Mark with { Frame = "lidar", Rotation = Turns.AboutX(Angle()) * Quaternion.AboutY(Angle()) * Quaternion.AboutZ(Angle()) } })] }],
        })];
        Exchanges.AssertSame(before, (await Exchanges.ThroughAsync(SusTech, before, folder)).Samples, 1e-7);
    });

    [Fact]
    public async Task A_cuboid_whose_frame_nobody_explains_is_refused()
    {
        using var folder = new TemporaryFolder();
        Sample[] samples = [new Sample { Name = "a", Kind = InputKind.Scene, Opinions = [new Opinion { Objects = [new LabelledObject("Car", new Cuboid(1, 2, 3, 4, 2, 1.5, Quaternion.Identity, "world"))] }] }];
        Assert.Contains("\"world\"", (await Assert.ThrowsAsync<FileFormatFaultException>(() => Exchanges.ThroughAsync(SusTech, samples, folder))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_records_are_told_and_the_others_are_read()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["label"]);
        const string Good = "{\"psr\":{\"position\":{\"x\":1,\"y\":2,\"z\":3},\"scale\":{\"x\":1,\"y\":1,\"z\":1},\"rotation\":{\"x\":0,\"y\":0,\"z\":0}},\"obj_type\":\"Car\",\"obj_id\":\"\"}";
        await File.WriteAllTextAsync(folder["label/1.json"], $"[{Good},{Good.Replace("\"Car\"", "7", StringComparison.Ordinal)},{Good.Replace("\"x\":1,\"y\":1", "\"x\":0,\"y\":1", StringComparison.Ordinal)},{Good.Replace("\"z\":3", "\"z\":\"3\"", StringComparison.Ordinal)},{{}}]", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        Assert.Null((await Exchanges.ReadAsync(SusTech, folder.Path, faults: faults)).Single().Opinions[0].Objects.Single().Track);
        Assert.Equal(["/1/obj_type", "/2/psr/scale", "/3/psr/position/z", "/4/psr/position/x"], faults.Kept.Select(f => f.Place));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone() => await Mutations.OfFolderAsync(SusTech, Root, 1_500, seed: 51);

    [Fact]
    public void It_is_recognised() => Assert.Equal(["sustech"], FormatRegistry.Recognise(DatasetSource.Open(Root)).Select(r => r.Format));
}
