using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.SusTech;

/// <summary>SUSTechPOINTS: a folder a scene, in it <c>label/*.json</c> with the cuboids of a frame, <c>lidar</c>, <c>camera</c> and <c>calib/camera</c>.</summary>
/// <remarks>
/// A frame is a sample. Coordinates: <see cref="SusTechBox"/>. A calibration's <c>extrinsic</c> leads from the LiDAR's frame to the camera's (x right, y down, z ahead), <c>intrinsic</c> to pixels; both are matrices row by row. The tool knows no vehicle, so
/// the LiDAR stands for it in the fact <c>sensors</c>. The frames of a scene share it as their <see cref="Sample.Scene"/>, ids of objects hold across them.
/// </remarks>
public sealed class SusTechFormat : DatasetFormat
{
    private const string LidarName = "lidar";

    private static readonly string[] Pictures = [".jpg", ".png", ".jpeg"];

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "sustech",
        Name = "SUSTechPOINTS",
        Specification = "SUSTechPOINTS (github.com/naurril/SUSTechPOINTS), doc/data-format.md",
        Evidence = Evidence.OtherPrograms,
        Inputs = [InputKind.Scene],
        Marks = [MarkKind.Cuboid],
        Attributes = AttributeSupport.Only(SusTechBox.Attribute, CommonAttributes.Source),
        Parts = CarriedParts.Tracks | CarriedParts.EmptySamples,
        Facts = [SensorRig.FactName],
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var files = Files(source).Take(5).ToList();
        var filled = files.FindAll(f => source.Beginning(f, 16).Trim() is not ("[]" or ""));
        return filled.Count > 0 && filled.TrueForAll(f => source.Beginning(f).Contains("\"psr\"", StringComparison.Ordinal)) ? [new Recognition(Traits.Id, "", 0.97, $"{filled[0]} with psr")] : [];
    }

    /// <summary>The label files: those in folders of that name, or, where the source is one file, that.</summary>
    private static IEnumerable<string> Files(DatasetSource source) => source.Files.Where(f => f.EndsWith(".json", StringComparison.Ordinal) && (source.IsFile || ("/" + f).Contains("/label/", StringComparison.Ordinal)));

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, List<Sensor>> rigs = new(StringComparer.Ordinal);
        foreach (var file in Files(source))
        {
            if (await JsonFile.ReadAsync(source, file, faults, cancellationToken) is not { } json) continue;
            var place = new JsonPlace(file, "", "", faults);
            var (folder, frame) = Parse(file);
            if (!rigs.TryGetValue(folder, out var cameras)) rigs.Add(folder, cameras = await CamerasAsync(source, folder, faults, cancellationToken));
            // Programs that label write the list below the name "objs".
            var list = json.ValueKind == JsonValueKind.Array ? json : json.Member("objs") ?? default;
            if (list.ValueKind != JsonValueKind.Array)
            {
                place.Tell($"a list of objects was expected; {((JsonElement?)json).Found()} found.");
                continue;
            }

            List<LabelledObject> objects = [];
            var index = 0;
            foreach (var each in list.EnumerateArray())
                if (SusTechBox.Read(each, place.Below(index++)) is { } one) objects.Add(one);
            var rig = RigOf(source, folder, frame, cameras);
            yield return new Sample
            {
                Name = rig.Lidar!.File ?? $"{folder}lidar/{frame}.pcd",
                Kind = InputKind.Scene,
                Scene = folder.Length > 0 ? folder.TrimEnd('/') : source.IsFile ? null : source.Title,
                Opinions = [new Opinion { Objects = objects }],
                Facts = new Dictionary<string, JsonElement> { [SensorRig.FactName] = rig.ToFact() },
            };
        }
    }

    private static (string Folder, string Frame) Parse(string file)
    {
        var at = ("/" + file).LastIndexOf("/label/", StringComparison.Ordinal);
        return at < 0 ? ("", file[..^5]) : (file[..at], file[(at + 6)..^5]);
    }

    private static async Task<List<Sensor>> CamerasAsync(DatasetSource source, string folder, FaultLog faults, CancellationToken cancellationToken)
    {
        List<Sensor> cameras = [];
        var calibrations = $"{folder}calib/camera/";
        foreach (var file in source.Files.Where(f => f.StartsWith(calibrations, StringComparison.Ordinal) && f.EndsWith(".json", StringComparison.Ordinal)))
        {
            if (await JsonFile.ReadAsync(source, file, faults, cancellationToken) is not { } json) continue;
            var place = new JsonPlace(file, "", "", faults);
            cameras.Add(new Sensor(file[calibrations.Length..^5], SensorRig.CameraFrame)
            {
                ToVehicle = place.Below("extrinsic").Matrix(json.Member("extrinsic"))?.Inverse,
                Camera = place.Below("intrinsic").Intrinsics(json.Member("intrinsic")),
            });
        }

        return cameras;
    }

    private static SensorRig RigOf(DatasetSource source, string folder, string frame, List<Sensor> cameras)
    {
        string? sweep = null;
        foreach (var ending in (ReadOnlySpan<string>)[".pcd", ".bin"])
            if (sweep is null && source.Has($"{folder}lidar/{frame}{ending}")) sweep = $"{folder}lidar/{frame}{ending}";
        List<Sensor> sensors = [new Sensor(LidarName, SensorRig.LidarFrame) { File = sweep, ToVehicle = RigidTransform.Identity }];
        foreach (var camera in cameras)
        {
            var picture = Pictures.Select(ending => $"{folder}camera/{camera.Name}/{frame}{ending}").FirstOrDefault(source.Has);
            var (width, height) = picture is null ? (0, 0) : source.SizeOf(picture) ?? (0, 0);
            sensors.Add(camera with { File = picture, WidthPx = width, HeightPx = height });
        }

        return new SensorRig(sensors);
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => PlaceOf(sample) is var (folder, frame) ? $"{folder}label/{frame}.json" : null;

    /// <inheritdoc/>
    public override string? Refusal(LabelledObject each, Sample sample) => SensorRig.Of(sample).Bring((Cuboid)each.Mark, SensorRig.LidarFrame) is null ? WrongFrame(each) : null;

    private static string WrongFrame(LabelledObject each) => $"a cuboid in the frame \"{((Cuboid)each.Mark).Frame}\"; SUSTechPOINTS' are in the LiDAR's, and the sample's sensors do not say how it stands to that.";

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        HashSet<string> calibrations = new(StringComparer.Ordinal);
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            var rig = SensorRig.Of(sample);
            JsonArray list = [];
            foreach (var each in sample.Opinions.SelectMany(o => o.Objects))
            {
                var stated = (Cuboid)each.Mark;
                list.Add(SusTechBox.Write(each, rig.Bring(stated, SensorRig.LidarFrame)
                    ?? throw new FileFormatFaultException($"{sample.Name}: {WrongFrame(each)}")));
            }

            var (folder, frame) = PlaceOf(sample);
            await PutAsync(target, $"{folder}label/{frame}.json", list, cancellationToken);
            foreach (var camera in rig.Sensors.Where(s => s is { Kind: SensorRig.CameraFrame, Camera: not null })) await WriteCameraAsync(target, folder, camera, rig, calibrations, cancellationToken);
        }
    }

    /// <summary>A scene's folder and the name of a frame's files in it.</summary>
    private static (string Folder, string Frame) PlaceOf(Sample sample)
    {
        var name = sample.Name;
        foreach (var ending in (ReadOnlySpan<string>)[".pcd.bin", ".pcd", ".bin", ".npz", ".ply"])
        {
            if (!name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) continue;
            name = name[..^ending.Length];
            break;
        }

        var at = ("/" + name).LastIndexOf("/lidar/", StringComparison.Ordinal);
        if (at >= 0) return (name[..at], name[(at + 6)..]);
        return (sample.Scene is { Length: > 0 } scene ? scene.Trim('/') + "/" : "", name[(name.LastIndexOf('/') + 1)..]);
    }

    /// <summary>A scene has one calibration for each camera, so the first frame's stands for all; a camera that moves on its vehicle cannot be said.</summary>
    private static async Task WriteCameraAsync(DatasetTarget target, string folder, Sensor camera, SensorRig rig, HashSet<string> calibrations, CancellationToken cancellationToken)
    {
        // Through the vehicle: what it drove between the moments of the sensors is another distance at every frame.
        if (rig.Lidar?.ToVehicle is not { } lidar || camera.ToVehicle is not { } onVehicle || camera.Camera is not { } c) return;
        var file = $"{folder}calib/camera/{camera.Name}.json";
        JsonObject calibration = new()
        {
            ["extrinsic"] = new JsonArray([.. (onVehicle.Inverse * lidar).ToMatrix().Select(v => (JsonNode)v)]),
            ["intrinsic"] = new JsonArray(c.FocalX, c.Skew, c.CentreX, 0, c.FocalY, c.CentreY, 0, 0, 1),
        };
        if (calibrations.Add(file)) await PutAsync(target, file, calibration, cancellationToken);
    }

    private static async Task PutAsync(DatasetTarget target, string file, JsonNode value, CancellationToken cancellationToken)
    {
        await using var stream = target.Create(file);
        using var buffer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(buffer, Relaxed)) value.WriteTo(json);
        await stream.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
    }
}
