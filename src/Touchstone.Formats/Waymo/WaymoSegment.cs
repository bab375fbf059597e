using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Waymo;

/// <summary>The components of one segment, joined by moment.</summary>
internal sealed class WaymoSegment(DatasetSource source, string prefix, string file, FaultLog faults)
{
    private readonly SortedDictionary<long, WaymoFrame> _frames = [];
    private readonly List<WaymoCamera> _cameras = [];
    private readonly List<(int Name, RigidTransform? ToVehicle)> _lasers = [];

    /// <summary>Whether its LiDAR was labelled: there is a table.</summary>
    public bool HasLaserLabels { get; private set; }

    /// <summary>Reads all components that are there.</summary>
    /// <returns>Its frames in the order of their moments.</returns>
    public IEnumerable<WaymoFrame> Read()
    {
        Each("vehicle_pose", "VehiclePoseComponent", AddPose);
        Each("camera_calibration", "CameraCalibrationComponent", AddCamera);
        Each("lidar_calibration", "LiDARCalibrationComponent", AddLaser);
        Each("stats", "StatsComponent", AddConditions);
        HasLaserLabels = Each("lidar_box", "LiDARBoxComponent", AddCuboid);
        Each("camera_box", "CameraBoxComponent", AddBox);
        foreach (var frame in _frames.Values)
        {
            frame.Cameras.AddRange(_cameras);
            frame.Lasers.AddRange(_lasers);
        }

        return _frames.Values;
    }

    private bool Each(string folder, string component, Func<WaymoRow, string?> add)
    {
        var path = $"{prefix}{folder}/{file}";
        if (!source.Has(path)) return false;
        WaymoTable.Read(source, path, component, faults, add);
        return true;
    }

    private WaymoFrame? FrameOf(WaymoRow row)
    {
        if (row.Key("frame_timestamp_micros") is not { } time) return null;
        if (!_frames.TryGetValue(time, out var frame)) _frames.Add(time, frame = new WaymoFrame { Segment = row.KeyText("segment_context_name") ?? Path.GetFileNameWithoutExtension(file), TimestampMicros = time });
        return frame;
    }

    private const string NoTime = "a key.frame_timestamp_micros was expected.";

    private string? AddPose(WaymoRow row)
    {
        if (FrameOf(row) is not { } frame) return NoTime;
        frame.Pose = row.Transform("world_from_vehicle");
        return frame.Pose is null ? "world_from_vehicle was expected to be a matrix of 4 x 4 that turns and moves." : null;
    }

    private string? AddCamera(WaymoRow row)
    {
        if (row.Key("camera_name") is not (>= 0 and <= int.MaxValue and var name)) return "a key.camera_name was expected.";
        if (_cameras.Exists(c => c.Name == name)) return $"the camera {WaymoNames.Camera((int)name)} has an earlier row.";
        var camera = new WaymoCamera((int)name) { WidthPx = Size(row.Whole("width")), HeightPx = Size(row.Whole("height")) };
        if ((row.Number("intrinsic.f_u"), row.Number("intrinsic.f_v"), row.Number("intrinsic.c_u"), row.Number("intrinsic.c_v")) is not ({ } fu and > 0, { } fv and > 0, { } cu, { } cv)) return "intrinsic.f_u and f_v above 0, c_u and c_v were expected.";
        camera.Lens = new PinholeCamera(fu, fv, cu, cv);
        foreach (var coefficient in WaymoFrameReader.Coefficients) camera.Distortion[coefficient] = row.Number("intrinsic." + coefficient) ?? 0;
        camera.ToVehicle = row.Transform("extrinsic") is { } onVehicle ? onVehicle * WaymoFrameReader.Optical : null;
        _cameras.Add(camera);
        return camera.ToVehicle is null ? "extrinsic was expected to be a matrix of 4 x 4 that turns and moves." : null;
    }

    private static int Size(long? pixels) => pixels is > 0 and <= int.MaxValue ? (int)pixels : 0;

    private string? AddLaser(WaymoRow row)
    {
        if (row.Key("laser_name") is not (>= 0 and <= int.MaxValue and var name)) return "a key.laser_name was expected.";
        _lasers.Add(((int)name, row.Transform("extrinsic")));
        return _lasers[^1].ToVehicle is null ? "extrinsic was expected to be a matrix of 4 x 4 that turns and moves." : null;
    }

    private string? AddConditions(WaymoRow row)
    {
        if (FrameOf(row) is not { } frame) return NoTime;
        foreach (var name in (ReadOnlySpan<string>)["time_of_day", "location", "weather"])
            if (row.Text(name) is { } said) frame.Conditions[name] = JsonValues.Of(said);
        return null;
    }

    private string? AddCuboid(WaymoRow row)
    {
        if (FrameOf(row) is not { } frame) return NoTime;
        if ((row.Number("box.center.x"), row.Number("box.center.y"), row.Number("box.center.z"), row.Number("box.heading")) is not ({ } x, { } y, { } z, { } heading)
            || Math.Max(Math.Abs(x), Math.Max(Math.Abs(y), Math.Abs(z))) > RigJson.FarthestMetres) return "a box.center and a box.heading were expected.";
        if ((row.Number("box.size.x"), row.Number("box.size.y"), row.Number("box.size.z")) is not ({ } length and > 0, { } width and > 0, { } height and > 0) || Math.Max(length, Math.Max(width, height)) > RigJson.FarthestMetres)
            return FormattableString.Invariant($"a cuboid of {row.Number("box.size.x")} x {row.Number("box.size.y")} x {row.Number("box.size.z")} metres; extents above 0 were expected.");
        var attributes = Levels(row);
        foreach (var axis in (ReadOnlySpan<string>)["x", "y", "z"])
        {
            if (row.Number("speed." + axis) is { } speed) attributes["speed_" + axis] = JsonValues.Of(speed);
            if (row.Number("acceleration." + axis) is { } acceleration) attributes["accel_" + axis] = JsonValues.Of(acceleration);
        }

        foreach (var count in (ReadOnlySpan<string>)["num_lidar_points_in_box", "num_top_lidar_points_in_box"])
            if (row.Whole(count) is { } points) attributes[count] = JsonValues.Of(points);
        var id = row.KeyText("laser_object_id");
        frame.LaserLabels.Add(new LabelledObject(ClassOf(row), new Cuboid(x, y, z, length, width, height, Quaternion.AboutZ(heading), SensorRig.LidarFrame)) { Id = id, Track = id, Attributes = attributes });
        return null;
    }

    private string? AddBox(WaymoRow row)
    {
        if (FrameOf(row) is not { } frame) return NoTime;
        if (row.Key("camera_name") is not (>= 0 and <= int.MaxValue and var camera)) return "a key.camera_name was expected.";
        if ((row.Number("box.center.x"), row.Number("box.center.y"), row.Number("box.size.x"), row.Number("box.size.y")) is not ({ } x, { } y, { } width and > 0, { } height and > 0))
            return FormattableString.Invariant($"a box of {row.Number("box.size.x")} x {row.Number("box.size.y")} pixels; extents above 0 and a centre were expected.");
        var id = row.KeyText("camera_object_id");
        if (!frame.CameraLabels.TryGetValue((int)camera, out var labels)) frame.CameraLabels.Add((int)camera, labels = []);
        labels.Add(new LabelledObject(ClassOf(row), new Outline(new Box(x - width / 2, y - height / 2, width, height))) { Id = id, Track = id, Attributes = Levels(row) });
        return null;
    }

    private static string ClassOf(WaymoRow row) => WaymoNames.Class(row.Whole("type") is >= 0 and <= int.MaxValue and var type ? (int)type : 0);

    private static Dictionary<string, JsonElement> Levels(WaymoRow row)
    {
        Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
        foreach (var level in (ReadOnlySpan<string>)["detection", "tracking"])
            if (row.Whole("difficulty_level." + level) is { } value) attributes[level + "_difficulty_level"] = JsonValues.Of(value);
        return attributes;
    }
}
