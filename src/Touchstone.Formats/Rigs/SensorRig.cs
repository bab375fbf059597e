using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Rigs;

/// <summary>A sensor at one moment: what it recorded, where it stands on its vehicle, where the vehicle stood.</summary>
/// <param name="Name">What the source calls it, such as <c>CAM_FRONT</c>.</param>
/// <param name="Kind"><c>camera</c>, <c>lidar</c> or <c>radar</c>.</param>
public sealed record Sensor(string Name, string Kind)
{
    /// <summary>What it recorded: a path within the data set.</summary>
    public string? File { get; init; }

    /// <summary>When, as the source has it: a number or a text.</summary>
    public JsonElement? Timestamp { get; init; }

    /// <summary>From its frame to the vehicle's, or, where the source knows no vehicle, to that of the LiDAR.</summary>
    public RigidTransform? ToVehicle { get; init; }

    /// <summary>From its frame to the world's, at the moment of its own recording.</summary>
    public RigidTransform? ToWorld { get; init; }

    /// <summary>The camera, of a camera.</summary>
    public PinholeCamera? Camera { get; init; }

    /// <summary>What is added to a point of the camera's frame before it is projected, metres, where that frame is another camera's beside it, as of KITTI's; null where it is the camera's own.</summary>
    public (double X, double Y, double Z)? ProjectionOffset { get; init; }

    /// <summary>Coefficients of the lens by the source's names; empty where pictures are rectified.</summary>
    public IReadOnlyDictionary<string, double> Distortion { get; init; } = new Dictionary<string, double>();

    /// <summary>Width of its pictures, pixels; 0 where it is not known.</summary>
    public int WidthPx { get; init; }

    /// <summary>Height of its pictures, pixels; 0 where it is not known.</summary>
    public int HeightPx { get; init; }

    /// <summary>What the columns of its points are, in the source's words; empty where it does not say.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
}

/// <summary>The sensors of a sample. They travel with it as the fact <c>sensors</c>, in one form whatever format they came from.</summary>
/// <param name="Sensors">Each with a name of its own.</param>
/// <remarks>
/// The frames that cuboids name are <c>lidar</c>, the first LiDAR's, <c>camera</c>, the one camera's of a picture, and <c>world</c>. Cameras have x to the right, y down, z ahead, as KITTI, nuScenes and DGP have it; how a LiDAR's
/// axes lie is the source's matter, but z is up.
/// </remarks>
public sealed record SensorRig(IReadOnlyList<Sensor> Sensors)
{
    /// <summary>The fact's name.</summary>
    public const string FactName = "sensors";

    /// <summary>The fact with the position, from 0, of a moment within its scene or list: what different sensors recorded at one moment has the same.</summary>
    public const string MomentFact = "sample_index";

    /// <summary>The frame of the first LiDAR.</summary>
    public const string LidarFrame = "lidar";

    /// <summary>The frame of the one camera.</summary>
    public const string CameraFrame = "camera";

    /// <summary>The frame that the vehicle drives in.</summary>
    public const string WorldFrame = "world";

    /// <summary>The sensor of that name; null where there is none.</summary>
    public Sensor? Find(string name) => Sensors.FirstOrDefault(s => s.Name == name);

    /// <summary>The first LiDAR; null where there is none.</summary>
    public Sensor? Lidar => Sensors.FirstOrDefault(s => s.Kind == LidarFrame);

    /// <summary>From one sensor's frame to another's: through the world, where both say where they stood in it, so that what the vehicle drove between their moments counts; through the vehicle else.</summary>
    /// <returns>Null where neither way is known.</returns>
    public static RigidTransform? Between(Sensor from, Sensor to) =>
        from.ToWorld is { } out1 && to.ToWorld is { } in1 ? in1.Inverse * out1
        : from.ToVehicle is { } out2 && to.ToVehicle is { } in2 ? in2.Inverse * out2
        : null;

    /// <summary>A cuboid in another of the rig's frames.</summary>
    /// <returns>Null where the rig does not say how the frames stand to each other.</returns>
    public Cuboid? Bring(Cuboid cuboid, string frame)
    {
        if (cuboid.Frame == frame) return cuboid;
        if (frame == WorldFrame) return SensorOf(cuboid.Frame)?.ToWorld?.Apply(cuboid, frame);
        if (SensorOf(frame) is not { } to) return null;
        if (cuboid.Frame == WorldFrame) return to.ToWorld?.Inverse.Apply(cuboid, frame);
        return SensorOf(cuboid.Frame) is { } from ? Between(from, to)?.Apply(cuboid, frame) : null;
    }

    /// <summary>The same with each camera in a frame of its own: what stood in a neighbour's frame is moved (<see cref="Sensor.ProjectionOffset"/>).</summary>
    public SensorRig InOwnFrames() => new([.. Sensors.Select(s => s.ProjectionOffset is var (x, y, z) && new RigidTransform(Quaternion.Identity, -x, -y, -z) is var back
        ? s with { ProjectionOffset = null, ToVehicle = s.ToVehicle * back, ToWorld = s.ToWorld * back }
        : s)]);

    /// <summary>A cuboid as <see cref="Bring"/> gives it, in the camera's own frame where that is asked for.</summary>
    public Cuboid? BringToOwn(Cuboid cuboid, string frame) =>
        Bring(cuboid, frame) is { } brought && frame == CameraFrame && SensorOf(frame)?.ProjectionOffset is var (x, y, z) ? brought with { X = brought.X + x, Y = brought.Y + y, Z = brought.Z + z } : Bring(cuboid, frame);

    private Sensor? SensorOf(string frame) => frame switch
    {
        LidarFrame => Lidar,
        CameraFrame => Sensors.Where(s => s.Kind == CameraFrame).Take(2).ToList() is [var only] ? only : null,
        _ => null,
    };

    /// <summary>The rig of a sample; one without sensors where it has none.</summary>
    public static SensorRig Of(Sample sample) => sample.Facts.TryGetValue(FactName, out var fact)
        ? new SensorRig([.. ((JsonElement?)fact).Members().Where(m => m.Value.ValueKind == JsonValueKind.Object).Select(m => Read(m.Name, m.Value))])
        : new SensorRig([]);

    private static Sensor Read(string name, JsonElement value)
    {
        var intrinsics = value.Member("intrinsics");
        return new Sensor(name, value.Text("kind") ?? "")
        {
            File = value.Text("file"),
            Timestamp = value.Member("timestamp"),
            ToVehicle = ReadTransform(value.Member("to_vehicle")),
            ToWorld = ReadTransform(value.Member("to_world")),
            Camera = intrinsics is { } i && i.Number("fx") is { } fx && i.Number("fy") is { } fy && i.Number("cx") is { } cx && i.Number("cy") is { } cy ? new PinholeCamera(fx, fy, cx, cy, i.Number("skew") ?? 0) : null,
            ProjectionOffset = value.Member("projection_offset") is { ValueKind: JsonValueKind.Array } o && o.GetArrayLength() == 3 && o[0].AsNumber() is { } dx && o[1].AsNumber() is { } dy && o[2].AsNumber() is { } dz ? (dx, dy, dz) : null,
            Distortion = value.Member("distortion").Members().Where(m => m.Value.AsNumber() is not null).ToDictionary(m => m.Name, m => m.Value.GetDouble(), StringComparer.Ordinal),
            WidthPx = value.Whole("width") is > 0 and var width ? width : 0,
            HeightPx = value.Whole("height") is > 0 and var height ? height : 0,
            Fields = [.. value.Items("fields").Select(f => f.ToString())],
        };
    }

    private static RigidTransform? ReadTransform(JsonElement? value)
    {
        if (value?.Member("translation") is not { ValueKind: JsonValueKind.Array } t || value?.Member("rotation") is not { ValueKind: JsonValueKind.Array } r || t.GetArrayLength() != 3 || r.GetArrayLength() != 4) return null;
        double?[] numbers = [.. t.EnumerateArray().Concat(r.EnumerateArray()).Select(n => n.AsNumber())];
        return numbers.Contains(null) || Turns.OfFile(numbers[3]!.Value, numbers[4]!.Value, numbers[5]!.Value, numbers[6]!.Value) is not { } rotation
            ? null
            : new RigidTransform(rotation, numbers[0]!.Value, numbers[1]!.Value, numbers[2]!.Value);
    }

    /// <summary>The fact: an object with a member for each sensor. Rotations are quaternions x, y, z, w.</summary>
    public JsonElement ToFact()
    {
        JsonObject all = [];
        foreach (var sensor in Sensors)
        {
            JsonObject one = new() { ["kind"] = sensor.Kind };
            if (sensor.File is { } file) one["file"] = file;
            if (sensor.Timestamp is { } timestamp) one["timestamp"] = JsonNode.Parse(timestamp.GetRawText());
            if (sensor.ToVehicle is { } toVehicle) one["to_vehicle"] = Write(toVehicle);
            if (sensor.ToWorld is { } toWorld) one["to_world"] = Write(toWorld);
            if (sensor.Camera is { } c) one["intrinsics"] = new JsonObject { ["fx"] = c.FocalX, ["fy"] = c.FocalY, ["cx"] = c.CentreX, ["cy"] = c.CentreY, ["skew"] = c.Skew };
            if (sensor.ProjectionOffset is var (x, y, z)) one["projection_offset"] = new JsonArray(x, y, z);
            if (sensor.Distortion.Count > 0) one["distortion"] = new JsonObject(sensor.Distortion.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)));
            if (sensor.WidthPx > 0) (one["width"], one["height"]) = (sensor.WidthPx, sensor.HeightPx);
            if (sensor.Fields.Count > 0) one["fields"] = new JsonArray([.. sensor.Fields.Select(f => (JsonNode)f)]);
            all[sensor.Name] = one;
        }

        return JsonSerializer.SerializeToElement(all);
    }

    private static JsonObject Write(RigidTransform t) => new() { ["translation"] = new JsonArray(t.X, t.Y, t.Z), ["rotation"] = new JsonArray(t.Rotation.X, t.Rotation.Y, t.Rotation.Z, t.Rotation.W) };
}
