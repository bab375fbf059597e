using System.Globalization;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Argoverse;

/// <summary>The tables of one log: what is marked, where the vehicle stood, where its sensors sit.</summary>
internal sealed class ArgoverseLog
{
    /// <summary>The sweep joins the returns of all LiDARs in the vehicle's frame, so it is a sensor of its own.</summary>
    public const string SweepSensor = "lidar";

    /// <summary>Half of the ring cameras' shutter interval of 50 ms: the farthest that the picture of a sweep is looked for, as the devkit's SynchronizationDB does.</summary>
    private const long PictureTolerance = 25_000_000;

    private readonly ArgoverseFiles _files;
    private readonly Dictionary<long, RigidTransform> _poses = [];
    private readonly List<Sensor> _sensors = [];

    private ArgoverseLog(ArgoverseFiles files) => _files = files;

    /// <summary>Cuboids by moment, nanoseconds.</summary>
    public SortedDictionary<long, List<LabelledObject>> Objects { get; } = [];

    /// <summary>Whether somebody labelled it: parts of the data set are kept back.</summary>
    public bool IsLabelled { get; private set; }

    /// <summary>Whether cuboids have scores: they are what a detector found.</summary>
    public bool IsScored { get; private set; }

    public static ArgoverseLog Read(DatasetSource source, ArgoverseFiles files, FaultLog faults)
    {
        var log = new ArgoverseLog(files);
        if (files.HasAnnotations) log.IsLabelled = log.ReadAnnotations(source, faults);
        if (files.HasPoses) log.ReadPoses(source, faults);
        log.ReadSensors(source, faults);
        return log;
    }

    private bool ReadAnnotations(DatasetSource source, FaultLog faults) => FeatherTable.Read(
        source, _files.Folder + ArgoverseFiles.Annotations,
        ["timestamp_ns", "category", "length_m", "width_m", "height_m", "qw", "qx", "qy", "qz", "tx_m", "ty_m", "tz_m"], ["track_uuid", "num_interior_pts", "score"], faults, AddCuboid);

    private string? AddCuboid(FeatherRow row)
    {
        if (row.Whole(0) is not { } time) return "a timestamp_ns was expected.";
        if (row.Text(1) is not { Length: > 0 } category) return "a category was expected.";
        if ((row.Number(2), row.Number(3), row.Number(4)) is not ({ } length and > 0, { } width and > 0, { } height and > 0) || Math.Max(length, Math.Max(width, height)) > RigJson.FarthestMetres)
            return FormattableString.Invariant($"a cuboid of {row.Number(2)} x {row.Number(3)} x {row.Number(4)} metres; extents above 0 were expected.");
        if (Pose(row, 5) is not { } pose) return "a rotation of the length 1 and a place in metres were expected.";
        Dictionary<string, JsonElement> attributes = [];
        if (row.Whole(13) is { } points) attributes[ArgoverseFormat.PointCount] = JsonValues.Of(points);
        var score = row.Number(14);
        IsScored |= score is not null;
        if (!Objects.TryGetValue(time, out var all)) Objects.Add(time, all = []);
        all.Add(new LabelledObject(category, new Cuboid(pose.X, pose.Y, pose.Z, length, width, height, pose.Rotation, SensorRig.LidarFrame)) { Track = row.Text(12), Attributes = attributes, Score = score is { } stated && double.IsNaN(stated) ? null : score });
        return null;
    }

    /// <summary>qw, qx, qy, qz, tx_m, ty_m, tz_m; null where they are no rotation and no place.</summary>
    private static RigidTransform? Pose(FeatherRow row, int first)
    {
        if ((row.Number(first), row.Number(first + 1), row.Number(first + 2), row.Number(first + 3)) is not ({ } w, { } x, { } y, { } z) || Turns.OfFile(x, y, z, w) is not { } rotation) return null;
        if ((row.Number(first + 4), row.Number(first + 5), row.Number(first + 6)) is not ({ } right, { } ahead, { } up)) return null;
        return Math.Max(Math.Abs(right), Math.Max(Math.Abs(ahead), Math.Abs(up))) <= RigJson.FarthestMetres ? new RigidTransform(rotation, right, ahead, up) : null;
    }

    private void ReadPoses(DatasetSource source, FaultLog faults) => FeatherTable.Read(source, _files.Folder + ArgoverseFiles.Poses, ["timestamp_ns", "qw", "qx", "qy", "qz", "tx_m", "ty_m", "tz_m"], [], faults, row =>
    {
        if (row.Whole(0) is not { } time) return "a timestamp_ns was expected.";
        if (Pose(row, 1) is not { } pose) return "a rotation of the length 1 and a place in metres were expected.";
        _poses[time] = pose;
        return null;
    });

    private void ReadSensors(DatasetSource source, FaultLog faults)
    {
        Dictionary<string, Sensor> cameras = new(StringComparer.Ordinal);
        var (extrinsics, intrinsics) = (_files.Folder + ArgoverseFiles.Extrinsics, _files.Folder + ArgoverseFiles.Intrinsics);
        if (source.Has(intrinsics))
        {
            FeatherTable.Read(source, intrinsics, ["sensor_name", "fx_px", "fy_px", "cx_px", "cy_px", "height_px", "width_px"], [], faults, row =>
            {
                if (row.Text(0) is not { Length: > 0 } name) return "a sensor_name was expected.";
                if ((row.Number(1), row.Number(2), row.Number(3), row.Number(4)) is not ({ } fx and > 0, { } fy and > 0, { } cx, { } cy)) return "fx_px and fy_px above 0, cx_px and cy_px were expected.";
                var (height, width) = (row.Whole(5) is > 0 and <= int.MaxValue and var h ? (int)h : 0, row.Whole(6) is > 0 and <= int.MaxValue and var w ? (int)w : 0);
                return cameras.TryAdd(name, new Sensor(name, SensorRig.CameraFrame) { Camera = new PinholeCamera(fx, fy, cx, cy), WidthPx = width, HeightPx = height }) ? null : $"\"{name}\" has an earlier row.";
            });
        }

        if (!source.Has(extrinsics)) return;
        FeatherTable.Read(source, extrinsics, ["sensor_name", "qw", "qx", "qy", "qz", "tx_m", "ty_m", "tz_m"], [], faults, row =>
        {
            if (row.Text(0) is not { Length: > 0 } name) return "a sensor_name was expected.";
            if (name == SweepSensor || _sensors.Exists(s => s.Name == name)) return $"\"{name}\" has an earlier row.";
            if (Pose(row, 1) is not { } pose) return "a rotation of the length 1 and a place in metres were expected.";
            var kind = name.Contains(SensorRig.LidarFrame, StringComparison.OrdinalIgnoreCase) ? SensorRig.LidarFrame : SensorRig.CameraFrame;
            _sensors.Add((cameras.GetValueOrDefault(name) ?? new Sensor(name, kind)) with { ToVehicle = pose });
            return null;
        });
    }

    /// <summary>The sensors at a sweep: the sweep itself, then those of the calibration, each where the vehicle stood at its own moment.</summary>
    public SensorRig RigAt(long time)
    {
        List<Sensor> sensors =
        [
            new Sensor(SweepSensor, SensorRig.LidarFrame)
            {
                File = _files.SweepTimes.Contains(time) ? $"{_files.Folder}{ArgoverseFiles.Sweeps}{time.ToString(CultureInfo.InvariantCulture)}.feather" : null,
                Timestamp = JsonValues.Of(time),
                ToVehicle = RigidTransform.Identity,
                ToWorld = _poses.TryGetValue(time, out var pose) ? pose : null,
            },
        ];
        foreach (var sensor in _sensors)
        {
            var picture = _files.Nearest(sensor.Name, time, PictureTolerance);
            var at = picture?.Time ?? time;
            sensors.Add(sensor with
            {
                File = picture?.File,
                Timestamp = picture is null ? null : JsonValues.Of(at),
                ToWorld = _poses.TryGetValue(at, out var vehicle) ? vehicle * sensor.ToVehicle!.Value : null,
            });
        }

        return new SensorRig(sensors);
    }
}
