using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Waymo;

/// <summary>What becomes of a frame, whichever version of the data set it comes from: a scene, and a picture for each camera.</summary>
internal static class WaymoSamples
{
    private const string SweepSensor = "lidar";

    /// <summary>The frame with its cuboids.</summary>
    public static Sample SceneOf(WaymoFrame frame, SensorRig rig, bool isLabelled) => new()
    {
        Name = NameOf(frame),
        Kind = InputKind.Scene,
        Scene = frame.Segment.Length > 0 ? frame.Segment : null,
        Opinions = isLabelled ? [new Opinion { Objects = frame.LaserLabels }] : [],
        Facts = FactsOf(frame, rig),
    };

    private static string NameOf(WaymoFrame frame) => string.Create(CultureInfo.InvariantCulture, $"{frame.Segment}/{frame.TimestampMicros}");

    private static Dictionary<string, JsonElement> FactsOf(WaymoFrame frame, SensorRig rig)
    {
        Dictionary<string, JsonElement> facts = new(frame.Conditions, StringComparer.Ordinal) { [WaymoFormat.TimeFact] = JsonValues.Of(frame.TimestampMicros) };
        if (rig.Sensors.Count > 0) facts[SensorRig.FactName] = rig.ToFact();
        return facts;
    }

    private static string CameraName(int number) => "CAMERA_" + WaymoNames.Camera(number);

    /// <summary>The sensors at a frame. The first LiDAR is the sweep, which has the points of all in the vehicle's frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="file">The file that holds it; null where that is not one.</param>
    public static SensorRig RigOf(WaymoFrame frame, string? file)
    {
        List<Sensor> sensors = [new Sensor(SweepSensor, SensorRig.LidarFrame) { File = file, Timestamp = JsonValues.Of(frame.TimestampMicros), ToVehicle = RigidTransform.Identity, ToWorld = frame.Pose }];
        foreach (var (name, toVehicle) in frame.Lasers) sensors.Add(new Sensor("LASER_" + WaymoNames.Laser(name), SensorRig.LidarFrame) { ToVehicle = toVehicle, ToWorld = toVehicle is { } on ? frame.Pose * on : null });
        foreach (var camera in frame.Cameras)
        {
            var picture = frame.Pictures.Find(p => p.Name == camera.Name);
            var vehicle = picture?.VehiclePose ?? frame.Pose;
            sensors.Add(new Sensor(CameraName(camera.Name), SensorRig.CameraFrame)
            {
                ToVehicle = camera.ToVehicle,
                ToWorld = camera.ToVehicle is { } on ? vehicle * on : null,
                Camera = camera.Lens,
                Distortion = camera.Distortion,
                WidthPx = camera.HeightPx > 0 ? camera.WidthPx : 0,
                HeightPx = camera.WidthPx > 0 ? camera.HeightPx : 0,
            });
        }

        return new SensorRig([.. sensors.DistinctBy(s => s.Name)]);
    }

    /// <summary>The pictures, and cameras that were labelled although their picture was taken out. The rig of a picture has its own camera alone beside the LiDARs, so that this is the frame <c>camera</c>.</summary>
    public static IEnumerable<Sample> PicturesOf(WaymoFrame frame, SensorRig rig, Func<WaymoPicture, Func<byte[]>>? read = null)
    {
        foreach (var number in frame.Pictures.Select(p => p.Name).Union(frame.CameraLabels.Keys).Order())
        {
            var picture = frame.Pictures.Find(p => p.Name == number);
            var name = CameraName(number);
            var sensor = rig.Find(name);
            yield return new Sample
            {
                Name = $"{NameOf(frame)}_{name}.jpg",
                Kind = InputKind.Image,
                Scene = frame.Segment.Length > 0 ? frame.Segment : null,
                WidthPx = sensor?.WidthPx ?? 0,
                HeightPx = sensor?.HeightPx ?? 0,
                // A camera without an entry was not labelled; one with an empty entry shows nothing.
                Opinions = frame.CameraLabels.TryGetValue(number, out var objects) ? [new Opinion { Objects = objects }] : [],
                Facts = FactsOf(frame, new SensorRig([.. rig.Sensors.Where(s => s.Kind != SensorRig.CameraFrame || s.Name == name)])),
                RecordedFile = picture is { Bytes: > 0 } ? read?.Invoke(picture) : null,
            };
        }
    }
}
