using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.Tests.Exchange;

namespace Touchstone.Formats.Tests.Rigs;

public sealed class RigTests
{
    private static RigidTransform Random(Random random) => new(Turns.AboutX(random.NextDouble() * 7) * Quaternion.AboutY(random.NextDouble() * 7) * Quaternion.AboutZ(random.NextDouble() * 7), random.NextDouble() * 9, -random.NextDouble() * 9, random.NextDouble());

    private static void AssertNear((double X, double Y, double Z) expected, (double X, double Y, double Z) actual)
    {
        Assert.Equal(expected.X, actual.X, 1e-9);
        Assert.Equal(expected.Y, actual.Y, 1e-9);
        Assert.Equal(expected.Z, actual.Z, 1e-9);
    }

    [Fact]
    public void There_and_back_is_nowhere_and_a_matrix_says_the_same() => Generated.ForSeeds(seed =>
    {
        var random = new Random(seed);
        RigidTransform first = Random(random), second = Random(random);
        var (x, y, z) = (random.NextDouble(), random.NextDouble(), random.NextDouble());
        var (u, v, w) = second.Apply(x, y, z);
        AssertNear(first.Apply(u, v, w), (first * second).Apply(x, y, z));
        AssertNear((x, y, z), second.Inverse.Apply(u, v, w));
        var m = first.ToMatrix();
        AssertNear((m[0] * x + m[1] * y + m[2] * z + m[3], m[4] * x + m[5] * y + m[6] * z + m[7], m[8] * x + m[9] * y + m[10] * z + m[11]), first.Apply(x, y, z));
        AssertNear(first.Apply(x, y, z), RigidTransform.OfMatrix(m)!.Value.Apply(x, y, z));
        m[1] += 0.1;
        Assert.Null(RigidTransform.OfMatrix(m));
        return Task.CompletedTask;
    });

    [Fact]
    public void A_mirror_is_no_rotation() => Assert.Null(RigidTransform.OfMatrix([-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]));

    /// <summary>A car that heads along y, 4 m long and 2 m wide: its front is at y + 2.</summary>
    [Fact]
    public void Corners_and_contents_follow_the_heading()
    {
        var car = new Cuboid(10, 20, 1, 4, 2, 1.5, Quaternion.AboutZ(Math.PI / 2), SensorRig.LidarFrame);
        var corners = car.Corners();
        Assert.Equal((9.0, 11.0, 18.0, 22.0, 0.25, 1.75), (Math.Round(corners.Min(c => c.X), 9), Math.Round(corners.Max(c => c.X), 9), Math.Round(corners.Min(c => c.Y), 9), Math.Round(corners.Max(c => c.Y), 9), corners.Min(c => c.Z), corners.Max(c => c.Z)));
        Assert.True(car.Contains(10.9, 21.9, 1.7));
        Assert.False(car.Contains(11.9, 20.9, 1.7));
        Assert.Equal(1, car.CountPoints([10, 20, 1, 12, 20, 1, double.NaN, 20, 1]));
    }

    [Fact]
    public void A_box_is_cut_at_the_pictures_edge_and_what_is_behind_is_not_seen()
    {
        var camera = new PinholeCamera(100, 100, 50, 40);
        Cuboid Ahead(double x, double z) => new(x, 0, z, 2, 2, 2, Quaternion.Identity, SensorRig.CameraFrame);
        var whole = Ahead(0, 11).BoxIn(camera, 100, 80)!;
        Assert.Equal((40.0, 30.0, 20.0, 20.0), (whole.X, whole.Y, whole.Width, whole.Height));
        var cut = Ahead(-5, 11).BoxIn(camera, 100, 80)!;
        Assert.Equal(0, cut.X);
        Assert.Equal(50 - 100.0 * 4 / 12, cut.Right, 1e-9);
        Assert.Null(Ahead(0, -11).BoxIn(camera, 100, 80));
        Assert.Null(Ahead(50, 11).BoxIn(camera, 100, 80));
    }

    [Fact]
    public void A_rig_travels_as_a_fact_and_brings_cuboids_from_frame_to_frame() => Generated.ForSeeds(seed =>
    {
        var random = new Random(seed);
        RigidTransform vehicle = Random(random), onVehicle = Random(random), cameraOn = Random(random);
        var rig = new SensorRig(
        [
            new Sensor("TOP", SensorRig.LidarFrame) { File = "a.bin", Timestamp = JsonElement.Parse("12"), ToVehicle = onVehicle, ToWorld = vehicle * onVehicle, Fields = ["X", "Y"] },
            new Sensor("FRONT", SensorRig.CameraFrame) { ToVehicle = cameraOn, ToWorld = vehicle * cameraOn, Camera = new PinholeCamera(1000, 999, 800, 450, 0.5), WidthPx = 1600, HeightPx = 900, Distortion = new Dictionary<string, double> { ["k1"] = 0.25 } },
        ]);
        var read = SensorRig.Of(new Sample { Name = "a", Facts = new Dictionary<string, JsonElement> { [SensorRig.FactName] = rig.ToFact() } });
        Assert.Equal(rig.ToFact().GetRawText(), read.ToFact().GetRawText());
        var cuboid = new Cuboid(1, 2, 3, 4, 2, 1.5, Random(random).Rotation, SensorRig.LidarFrame);
        var inWorld = read.Bring(cuboid, SensorRig.WorldFrame)!;
        foreach (var (there, frame) in (ReadOnlySpan<(Cuboid, string)>)[(inWorld, SensorRig.CameraFrame), (read.Bring(cuboid, SensorRig.CameraFrame)!, SensorRig.WorldFrame), (inWorld, SensorRig.LidarFrame)])
        {
            var back = read.Bring(read.Bring(there, frame)!, SensorRig.LidarFrame)!;
            Assert.True(Exchanges.Distance(cuboid, back) < 1e-9);
            foreach (var (a, b) in cuboid.Corners().Zip(back.Corners())) AssertNear(a, b);
        }

        Assert.Null(new SensorRig([]).Bring(cuboid, SensorRig.WorldFrame));
        return Task.CompletedTask;
    });
}
