using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.NuScenes;

/// <summary>A moment of a scene.</summary>
internal sealed record NuScenesSample(string Token, JsonElement? Timestamp, string Scene);

/// <summary>What a sensor recorded at it, with its pose.</summary>
internal sealed record NuScenesRecording(string Calibration, string Pose, string File, JsonElement? Timestamp, int WidthPx, int HeightPx);

/// <summary>The tables of a data set, joined as far as its labels need it. Tokens are looked up; what points nowhere is told.</summary>
/// <remarks>nutonomy/nuscenes-devkit, docs/schema_nuscenes.md. Of the recordings only those of key frames are kept: labels are of them alone.</remarks>
internal sealed class NuScenesTables
{
    private readonly DatasetSource _source;
    private readonly string _folder;
    private readonly FaultLog _faults;

    private NuScenesTables(DatasetSource source, string folder, FaultLog faults) => (_source, _folder, _faults) = (source, folder, faults);

    public List<ObjectClass> Categories { get; } = [];

    public Dictionary<string, string> CategoryOf { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> CategoryOfInstance { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Visibilities { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, (string Name, string Log)> Scenes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Locations { get; } = new(StringComparer.Ordinal);

    public List<NuScenesSample> Samples { get; } = [];

    public Dictionary<string, List<NuScenesRecording>> Recordings { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, List<LabelledObject>> Annotations { get; } = new(StringComparer.Ordinal);

    private readonly Dictionary<string, (string Channel, string Modality)> _sensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Sensor, RigidTransform? ToVehicle, PinholeCamera? Camera)> _calibrations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RigidTransform?> _poses = new(StringComparer.Ordinal);

    /// <summary>Reads the classes alone.</summary>
    public static async Task<NuScenesTables> ClassesAsync(DatasetSource source, string folder, FaultLog faults, CancellationToken cancellationToken)
    {
        var tables = new NuScenesTables(source, folder, faults);
        await tables.EachAsync("category", isNeeded: true, tables.AddCategory, cancellationToken);
        return tables;
    }

    /// <summary>Reads all of them.</summary>
    /// <exception cref="FileFormatFaultException">A table that labels rest on is missing or no JSON.</exception>
    public static async Task<NuScenesTables> ReadAsync(DatasetSource source, string folder, FaultLog faults, CancellationToken cancellationToken)
    {
        var tables = await ClassesAsync(source, folder, faults, cancellationToken);
        await tables.EachAsync("instance", isNeeded: true, (e, p) => tables.CategoryOfInstance[Token(e)] = e.Text("category_token") ?? "", cancellationToken);
        await tables.EachAsync("attribute", isNeeded: false, (e, p) => tables.Attributes[Token(e)] = e.Text("name") ?? "", cancellationToken);
        await tables.EachAsync("visibility", isNeeded: false, (e, p) => tables.Visibilities[Token(e)] = e.Text("level") ?? "", cancellationToken);
        await tables.EachAsync("log", isNeeded: false, (e, p) => tables.Locations[Token(e)] = e.Text("location") ?? "", cancellationToken);
        await tables.EachAsync("scene", isNeeded: false, (e, p) => tables.Scenes[Token(e)] = (e.Text("name") ?? Token(e), e.Text("log_token") ?? ""), cancellationToken);
        await tables.EachAsync("sample", isNeeded: true, (e, p) => tables.Samples.Add(new NuScenesSample(Token(e), e.Member("timestamp"), e.Text("scene_token") ?? "")), cancellationToken);
        await tables.EachAsync("sensor", isNeeded: false, (e, p) => tables._sensors[Token(e)] = (e.Text("channel") ?? "", e.Text("modality") ?? ""), cancellationToken);
        await tables.EachAsync("calibrated_sensor", isNeeded: false, tables.AddCalibration, cancellationToken);
        await tables.EachAsync("sample_data", isNeeded: false, tables.AddRecording, cancellationToken);
        await tables.EachAsync("ego_pose", isNeeded: false, tables.AddPose, cancellationToken);
        await tables.EachAsync("sample_annotation", isNeeded: true, tables.AddAnnotation, cancellationToken);
        return tables;
    }

    private static string Token(JsonElement row) => row.Text("token") ?? "";

    private async Task EachAsync(string table, bool isNeeded, Action<JsonElement, JsonPlace> add, CancellationToken cancellationToken)
    {
        var file = $"{_folder}{table}.json";
        if (!_source.Has(file))
        {
            if (isNeeded) throw new FileFormatFaultException($"{file} is missing; labels rest on it.");
            _faults.Add(file, "", "this table is missing; what it says is left out.");
            return;
        }

        await using var stream = _source.OpenRead(file);
        await foreach (var row in JsonElements.ReadAsync(stream, file, _faults, cancellationToken))
        {
            var place = new JsonPlace(file, "", row.Pointer, _faults);
            if (row.Value.Text("token") is { Length: > 0 }) add(row.Value, place);
            else place.Below("token").Tell($"a token was expected; {row.Value.Member("token").Found()} found.");
        }
    }

    private void AddCategory(JsonElement row, JsonPlace place)
    {
        if (row.Text("name") is not { Length: > 0 } name)
        {
            place.Below("name").Tell($"the name of a class was expected; {row.Member("name").Found()} found.");
            return;
        }

        CategoryOf[Token(row)] = name;
        Categories.Add(new ObjectClass(name) { Number = row.Whole("index"), Key = Token(row) });
    }

    private void AddCalibration(JsonElement row, JsonPlace place)
    {
        var isCamera = row.Member("camera_intrinsic") is { ValueKind: JsonValueKind.Array } k && k.GetArrayLength() > 0;
        _calibrations[Token(row)] = (row.Text("sensor_token") ?? "", Transform(row, place), isCamera ? place.Below("camera_intrinsic").Intrinsics(row.Member("camera_intrinsic")) : null);
    }

    private static RigidTransform? Transform(JsonElement row, JsonPlace place) =>
        place.Position(row, "translation") is var (x, y, z) && place.RotationFromW(row, "rotation") is { } rotation ? new RigidTransform(rotation, x, y, z) : null;

    private void AddRecording(JsonElement row, JsonPlace place)
    {
        if (row.Flag("is_key_frame") != true) return;
        if (row.Text("sample_token") is not { } sample || row.Text("filename") is not { Length: > 0 } file)
        {
            place.Tell("a recording of a key frame has a sample_token and a filename.");
            return;
        }

        if (!Recordings.TryGetValue(sample, out var all)) Recordings.Add(sample, all = []);
        var pose = row.Text("ego_pose_token") ?? "";
        all.Add(new NuScenesRecording(row.Text("calibrated_sensor_token") ?? "", pose, file, row.Member("timestamp"), Math.Max(0, row.Whole("width") ?? 0), Math.Max(0, row.Whole("height") ?? 0)));
        _poses.TryAdd(pose, null);
    }

    private void AddPose(JsonElement row, JsonPlace place)
    {
        if (_poses.ContainsKey(Token(row))) _poses[Token(row)] = Transform(row, place);
    }

    private void AddAnnotation(JsonElement row, JsonPlace place)
    {
        if (row.Text("sample_token") is not { } sample || row.Text("instance_token") is not { } instance || !CategoryOfInstance.TryGetValue(instance, out var category) || !CategoryOf.TryGetValue(category, out var name))
        {
            place.Tell("an annotation of a sample, with an instance whose category is known, was expected.");
            return;
        }

        // Sizes stand in the order width, length, height.
        if (Transform(row, place) is not { } pose || place.Below("size").List(row.Member("size"), 3, 3) is not [var width, var length, var height] || !place.Below("size").IsSize(length, width, height)) return;
        if (!Annotations.TryGetValue(sample, out var all)) Annotations.Add(sample, all = []);
        all.Add(new LabelledObject(name, new Cuboid(pose.X, pose.Y, pose.Z, length, width, height, pose.Rotation, SensorRig.WorldFrame)) { Id = Token(row), Track = instance, Attributes = AttributesOf(row, place) });
    }

    /// <summary>Attributes are named by a group and a value, such as <c>vehicle.moving</c>.</summary>
    private Dictionary<string, JsonElement> AttributesOf(JsonElement row, JsonPlace place)
    {
        Dictionary<string, JsonElement> said = new(StringComparer.Ordinal);
        var index = 0;
        foreach (var token in row.Items("attribute_tokens"))
        {
            var at = place.Below("attribute_tokens").Below(index++);
            if (token.ValueKind != JsonValueKind.String || !Attributes.TryGetValue(token.GetString()!, out var name)) at.Tell("the attribute of this token is not in the table of attributes.");
            else if (name.LastIndexOf('.') is > 0 and var dot) said[name[..dot]] = JsonValues.Of(name[(dot + 1)..]);
            else said[name] = JsonValues.True;
        }

        if (row.Text("visibility_token") is { Length: > 0 } visibility && Visibilities.TryGetValue(visibility, out var level)) said["visibility"] = JsonValues.Of(level);
        foreach (var count in (ReadOnlySpan<string>)["num_lidar_pts", "num_radar_pts"])
            if (row.Number(count) is { } points) said[count] = JsonValues.Of(points);
        return said;
    }

    /// <summary>The sensors of a sample, as they stood when each recorded.</summary>
    public SensorRig RigOf(string sample)
    {
        List<Sensor> sensors = [];
        foreach (var each in Recordings.GetValueOrDefault(sample) ?? [])
        {
            var (token, toVehicle, camera) = _calibrations.GetValueOrDefault(each.Calibration);
            var (channel, modality) = token is null ? default : _sensors.GetValueOrDefault(token);
            sensors.Add(new Sensor(channel ?? each.File, modality ?? "")
            {
                File = each.File,
                Timestamp = each.Timestamp,
                ToVehicle = toVehicle,
                ToWorld = toVehicle is { } on && _poses.GetValueOrDefault(each.Pose) is { } vehicle ? vehicle * on : null,
                Camera = camera,
                WidthPx = each.WidthPx,
                HeightPx = each.HeightPx,
            });
        }

        return new SensorRig([.. sensors.DistinctBy(s => s.Name)]);
    }
}
