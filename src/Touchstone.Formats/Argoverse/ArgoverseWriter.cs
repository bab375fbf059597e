using System.Text.Json;
using Touchstone.Files.Arrow;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Argoverse;

/// <summary>Gathers the samples of one log and writes its tables. Columns and their order are those of the devkit's examples; sizes of pictures and counts of points are 64-bit numbers, as pandas has them.</summary>
internal sealed class ArgoverseWriter
{
    private readonly HashSet<long> _times = [];
    private readonly List<(long Time, LabelledObject Object, Cuboid Cuboid)> _cuboids = [];
    private readonly SortedDictionary<long, RigidTransform> _poses = [];
    private readonly List<Sensor> _sensors = [];
    private bool _isPredicted;

    /// <summary>Takes a sample; the first one's calibration stands for the log.</summary>
    /// <exception cref="FileFormatFaultException">Two samples are of one moment, or a cuboid's frame does not lead to the vehicle's.</exception>
    public void Add(Sample sample)
    {
        var rig = SensorRig.Of(sample);
        var stated = sample.Facts.TryGetValue(ArgoverseFormat.TimeFact, out var fact) && fact.ValueKind == JsonValueKind.Number && fact.TryGetInt64(out var whole) ? whole : (long?)null;
        var time = stated ?? ArgoverseFiles.Time(Path.GetFileNameWithoutExtension(sample.Name)) ?? _times.Count;
        if (!_times.Add(time)) throw new FileFormatFaultException($"{sample.Name}: another sample of its log is of the moment {time} ns too; a sweep has one of its own in Argoverse 2.");
        _isPredicted |= sample.Opinions.Any(o => o.Kind == OpinionKind.Prediction);
        foreach (var each in sample.Opinions.SelectMany(o => o.Objects))
        {
            var cuboid = (Cuboid)each.Mark;
            _cuboids.Add((time, each, InVehicle(rig, cuboid)
                ?? throw new FileFormatFaultException($"{sample.Name}: a cuboid in the frame \"{cuboid.Frame}\"; Argoverse 2's are in the vehicle's, and the sample's sensors do not say how it stands to that.")));
        }

        foreach (var sensor in rig.Sensors)
        {
            if (sensor is not { ToWorld: { } toWorld, ToVehicle: { } toVehicle }) continue;
            if (sensor.Name == rig.Lidar?.Name) _poses[time] = toWorld * toVehicle.Inverse;
            else if (stated is not null && sensor.Timestamp is { ValueKind: JsonValueKind.Number } own && own.TryGetInt64(out var moment)) _poses.TryAdd(moment, toWorld * toVehicle.Inverse);
        }

        foreach (var sensor in rig.Sensors)
            if (sensor.ToVehicle is not null && sensor.Name != ArgoverseLog.SweepSensor && !_sensors.Exists(s => s.Name == sensor.Name)) _sensors.Add(sensor);
    }

    /// <summary>Where nothing is said of the vehicle, the LiDAR stands for it.</summary>
    private static Cuboid? InVehicle(SensorRig rig, Cuboid cuboid) =>
        rig.Bring(cuboid, SensorRig.LidarFrame) is { } inLidar ? (rig.Lidar?.ToVehicle ?? RigidTransform.Identity).Apply(inLidar, SensorRig.LidarFrame) : null;

    public void Write(DatasetTarget target, string folder)
    {
        List<ArrowValues> columns =
        [
            Column(_cuboids, "timestamp_ns", c => c.Time),
            Column(_cuboids, "track_uuid", c => c.Object.Track ?? ""),
            Column(_cuboids, "category", c => c.Object.Class),
            Column(_cuboids, "length_m", c => c.Cuboid.Length),
            Column(_cuboids, "width_m", c => c.Cuboid.Width),
            Column(_cuboids, "height_m", c => c.Cuboid.Height),
            .. Pose(_cuboids, c => new RigidTransform(c.Cuboid.Rotation, c.Cuboid.X, c.Cuboid.Y, c.Cuboid.Z)),
        ];
        if (_cuboids.Exists(c => c.Object.Attributes.ContainsKey(ArgoverseFormat.PointCount))) columns.Add(Column(_cuboids, ArgoverseFormat.PointCount, c => Points(c.Object)));
        if (_isPredicted || _cuboids.Exists(c => c.Object.Score is not null)) columns.Add(Column(_cuboids, "score", c => c.Object.Score ?? double.NaN));
        Put(target, folder + ArgoverseFiles.Annotations, columns);
        if (_poses.Count > 0) Put(target, folder + ArgoverseFiles.Poses, [Column([.. _poses], "timestamp_ns", p => p.Key), .. Pose([.. _poses], p => p.Value)]);
        if (_sensors.Count > 0) Put(target, folder + ArgoverseFiles.Extrinsics, [Column(_sensors, "sensor_name", s => s.Name), .. Pose(_sensors, s => s.ToVehicle!.Value)]);
        var cameras = _sensors.FindAll(s => s.Camera is not null);
        if (cameras.Count == 0) return;
        Put(target, folder + ArgoverseFiles.Intrinsics,
        [
            Column(cameras, "sensor_name", s => s.Name),
            Column(cameras, "fx_px", s => s.Camera!.Value.FocalX),
            Column(cameras, "fy_px", s => s.Camera!.Value.FocalY),
            Column(cameras, "cx_px", s => s.Camera!.Value.CentreX),
            Column(cameras, "cy_px", s => s.Camera!.Value.CentreY),
            .. ((string[])["k1", "k2", "k3"]).Select(k => Column(cameras, k, s => s.Distortion.GetValueOrDefault(k))),
            Column(cameras, "height_px", s => (long)s.HeightPx),
            Column(cameras, "width_px", s => (long)s.WidthPx),
        ]);
    }

    private static long Points(LabelledObject each) => each.Attributes.TryGetValue(ArgoverseFormat.PointCount, out var count) && count.AsNumber() is { } points && Math.Abs(points) < 1L << 53 ? (long)points : 0;

    private static ArrowValues[] Pose<T>(IReadOnlyList<T> rows, Func<T, RigidTransform> of) =>
    [
        Column(rows, "qw", r => of(r).Rotation.W),
        Column(rows, "qx", r => of(r).Rotation.X),
        Column(rows, "qy", r => of(r).Rotation.Y),
        Column(rows, "qz", r => of(r).Rotation.Z),
        Column(rows, "tx_m", r => of(r).X),
        Column(rows, "ty_m", r => of(r).Y),
        Column(rows, "tz_m", r => of(r).Z),
    ];

    private static ArrowValues Column<T>(IReadOnlyList<T> rows, string name, Func<T, long> of) => ArrowValues.Of(name, rows.Select(of).ToArray());

    private static ArrowValues Column<T>(IReadOnlyList<T> rows, string name, Func<T, double> of) => ArrowValues.Of(name, rows.Select(of).ToArray());

    private static ArrowValues Column<T>(IReadOnlyList<T> rows, string name, Func<T, string> of) => ArrowValues.Of(name, [.. rows.Select(of)]);

    private static void Put(DatasetTarget target, string file, IReadOnlyList<ArrowValues> columns)
    {
        using var stream = target.Create(file);
        ArrowWriter.Write(stream, columns);
    }
}
