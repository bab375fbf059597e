using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.NuScenes;

/// <summary>Information files of MMDetection3D for nuScenes, version 1.1, as JSON: key frames with cuboids in the LiDAR's frame and, by camera, boxes and cuboids. Read only.</summary>
/// <remarks>
/// Each key frame makes a sample of its sweep and, where the file has boxes by camera, one of each picture. Cuboids are given by their centre, l, w, h and one angle. What they were made of is level in the world, and the angle is the one between their heading and
/// the LiDAR's x axis as seen from above (<c>yaw_pitch_roll[0]</c> of pyquaternion, of the rotation into the LiDAR's frame), so with <c>lidar2ego</c> and <c>ego2global</c> the whole rotation is known again; without them a cuboid is level in the LiDAR's frame. A
/// camera's list repeats the sweep's cuboids; where the centre is that of one of them, it is that one, whole rotation and all. The label -1 says that a class is not trained on: it is read as <see cref="UnlabelledClass"/>, marked as nothing to be counted. The files that
/// the tool itself writes are Python's pickle, which is a program and is not read; nor are they written here, as the tool makes them of the data set's own tables.
/// </remarks>
public sealed class MmDetection3dFormat : DatasetFormat
{
    /// <summary>The class of what has the label -1.</summary>
    public const string UnlabelledClass = "unlabelled";

    private const string LidarName = "LIDAR_TOP";
    private const double SamePlaceMetres = 1e-3;

    /// <summary>From an object's own axes (x ahead, y left, z up) to a camera's at the angle 0: a quarter turn about x.</summary>
    private static readonly Quaternion Upright = Turns.AboutX(Math.PI / 2);

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "mmdet3d-nuscenes",
        Name = "MMDetection3D infos of nuScenes",
        Specification = "MMDetection3D 1.1 (github.com/open-mmlab/mmdetection3d), docs/en/advanced_guides/datasets/nuscenes.md",
        Evidence = Evidence.OtherPrograms,
        Writes = false,
        Inputs = [InputKind.Scene, InputKind.Image],
        Marks = [MarkKind.Cuboid, MarkKind.Box],
        Attributes = AttributeSupport.Only(CommonAttributes.Crowd, "num_lidar_pts", "num_radar_pts", "velocity", "attr_label", "bbox_3d_isvalid"),
        Parts = CarriedParts.EmptySamples | CarriedParts.Classes | CarriedParts.SeveralMarks | CarriedParts.Sizes,
        Facts = [SensorRig.FactName, SensorRig.MomentFact, "token"],
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) => [.. Files(source).Select(f => new Recognition(Traits.Id, source.IsFile ? "" : f, 0.97, $"{f} with metainfo of nuscenes and data_list"))];

    private static IEnumerable<string> Files(DatasetSource source) => source.Files.Where(f => f.EndsWith(".json", StringComparison.Ordinal) && source.Beginning(f) is var text
        && text.TrimStart().StartsWith('{') && text.Contains("\"metainfo\"", StringComparison.Ordinal) && text.Contains("\"info_version\"", StringComparison.Ordinal) && text.Contains("nuscenes", StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override async Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken)
    {
        List<ObjectClass> classes = [];
        foreach (var file in source.IsFile ? source.Files : Files(source)) classes.AddRange((await ClassesAsync(source, file, cancellationToken)).Select(c => new ObjectClass(c.Value) { Number = c.Key }));
        return new DatasetFacts { Title = source.Title, Classes = [.. classes.DistinctBy(c => c.Name)] };
    }

    private static async Task<SortedDictionary<int, string>> ClassesAsync(DatasetSource source, string file, CancellationToken cancellationToken)
    {
        SortedDictionary<int, string> classes = [];
        await using var stream = new PythonJson(source.OpenRead(file));
        await foreach (var item in JsonItems.ReadAsync(stream, file, m => m == "metainfo", cancellationToken))
            foreach (var category in item.Value.Member("categories").Members())
                if (((JsonElement?)category.Value)?.AsNumber() is { } number && number == (int)number && JsonText.IsUnicode(JsonMarshal.GetRawUtf8PropertyName(category))) classes[(int)number] = category.Name;
        return classes;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in source.IsFile ? source.Files : [.. Files(source)])
        {
            var classes = await ClassesAsync(source, file, cancellationToken);
            await using var stream = new PythonJson(source.OpenRead(file));
            await foreach (var item in JsonItems.ReadAsync(stream, file, m => m == "data_list", cancellationToken))
            {
                if (item.Index < 0) continue;
                var place = new JsonPlace(file, "", $"/data_list/{item.Index}", faults);
                if (!JsonText.IsUnicode(JsonMarshal.GetRawUtf8Value(item.Value)))
                {
                    place.Tell("a text in it is not Unicode; it is left out.");
                    continue;
                }

                foreach (var sample in new KeyFrame(source, item.Value, item.Index, classes, place).Samples()) yield return sample;
            }
        }
    }

    /// <summary>One element of <c>data_list</c>.</summary>
    private sealed class KeyFrame(DatasetSource source, JsonElement frame, int moment, IReadOnlyDictionary<int, string> classes, JsonPlace place)
    {
        private readonly List<LabelledObject> _inSweep = [];

        public IEnumerable<Sample> Samples()
        {
            if (frame.Member("lidar_points")?.Text("lidar_path") is not { Length: > 0 } sweep)
            {
                place.Below("lidar_points").Below("lidar_path").Tell("the name of a file was expected.");
                yield break;
            }

            var rig = Rig(sweep);
            AddSweep(rig.Lidar!);
            var facts = Facts(rig);
            if (frame.Text("token") is { Length: > 0 } token) facts["token"] = JsonValues.Of(token);
            var scene = sweep[(sweep.LastIndexOf('/') + 1)..].Split("__")[0];   // nuScenes' files begin with their recording's name
            yield return new Sample { Name = sweep, Kind = InputKind.Scene, Scene = scene, Opinions = [new Opinion { Objects = _inSweep }], Facts = facts };
            foreach (var camera in frame.Member("cam_instances").Members())
            {
                if (rig.Find(camera.Name) is not { File: { } picture } sensor)
                {
                    place.Below("cam_instances").Below(camera.Name).Tell("there is no picture of this camera.");
                    continue;
                }

                yield return new Sample
                {
                    Name = picture,
                    WidthPx = sensor.WidthPx,
                    HeightPx = sensor.HeightPx,
                    Scene = scene,
                    Opinions = [new Opinion { Objects = InPicture(camera.Value, sensor, rig.Lidar!, place.Below("cam_instances").Below(camera.Name)) }],
                    Facts = Facts(new SensorRig([rig.Lidar!, sensor])),
                };
            }
        }

        private Dictionary<string, JsonElement> Facts(SensorRig rig) => new(StringComparer.Ordinal) { [SensorRig.FactName] = rig.ToFact(), [SensorRig.MomentFact] = JsonValues.Of((long)moment) };

        private SensorRig Rig(string sweep)
        {
            var points = frame.Member("lidar_points") ?? default;
            RigidTransform? Matrix(JsonElement of, string member, JsonPlace at) => of.Member(member) is { } value ? at.Below(member).Matrix(value) : null;
            var lidarToVehicle = Matrix(points, "lidar2ego", place.Below("lidar_points"));
            var lidarToWorld = lidarToVehicle is { } on && Matrix(frame, "ego2global", place) is { } vehicle ? vehicle * on : (RigidTransform?)null;
            List<Sensor> sensors = [new Sensor(LidarName, SensorRig.LidarFrame) { File = sweep, Timestamp = frame.Member("timestamp"), ToVehicle = lidarToVehicle, ToWorld = lidarToWorld }];
            foreach (var image in frame.Member("images").Members())
            {
                var at = place.Below("images").Below(image.Name);
                if (image.Value.Text("img_path") is not { Length: > 0 } path) continue;       // cameras of other data sets stand here without anything
                var picture = source.FindPicture(path) ?? path;
                var (width, height) = source.SizeOf(picture) ?? (0, 0);
                sensors.Add(new Sensor(image.Name, SensorRig.CameraFrame)
                {
                    File = picture,
                    Timestamp = image.Value.Member("timestamp"),
                    ToVehicle = Matrix(image.Value, "cam2ego", at),
                    // What the vehicle drove between sweep and picture is within lidar2cam.
                    ToWorld = lidarToWorld is { } world && Matrix(image.Value, "lidar2cam", at) is { } toCamera ? world * toCamera.Inverse : null,
                    Camera = at.Below("cam2img").Intrinsics(image.Value.Member("cam2img")),
                    WidthPx = width,
                    HeightPx = height,
                });
            }

            return new SensorRig([.. sensors.DistinctBy(s => s.Name)]);
        }

        private void AddSweep(Sensor lidar)
        {
            var index = 0;
            foreach (var each in frame.Items("instances"))
            {
                var at = place.Below("instances").Below(index++);
                if (ClassOf(each, "bbox_label_3d", at) is not { } name || at.Below("bbox_3d").List(each.Member("bbox_3d"), 7, 7) is not [var x, var y, var z, var length, var width, var height, var angle]
                    || !InReach(x, y, z, at.Below("bbox_3d")) || !at.Below("bbox_3d").IsSize(length, width, height)) continue;
                _inSweep.Add(new LabelledObject(name, new Cuboid(x, y, z, length, width, height, RotationOf(angle, lidar.ToWorld), SensorRig.LidarFrame)) { Attributes = Attributes(each, name) });
            }
        }

        private static bool InReach(double x, double y, double z, JsonPlace at)
        {
            if (Math.Max(Math.Abs(x), Math.Max(Math.Abs(y), Math.Abs(z))) <= RigJson.FarthestMetres) return true;
            at.Tell($"farther than {RigJson.FarthestMetres} metres.");
            return false;
        }

        /// <summary>The rotation of what heads at an angle from the LiDAR's x axis and is level in the world.</summary>
        private static Quaternion RotationOf(double angle, RigidTransform? toWorld)
        {
            if (toWorld is not { } t) return Quaternion.AboutZ(angle);
            var (x, y, _) = t.Rotation.Turn(1, 0, 0);
            return t.Rotation.Inverse * Quaternion.AboutZ(angle + Math.Atan2(y, x));
        }

        private List<LabelledObject> InPicture(JsonElement list, Sensor camera, Sensor lidar, JsonPlace at)
        {
            List<LabelledObject> objects = [];
            if (list.ValueKind != JsonValueKind.Array) return objects;
            var toCamera = SensorRig.Between(lidar, camera);
            var index = 0;
            foreach (var each in list.EnumerateArray())
            {
                var here = at.Below(index++);
                if (ClassOf(each, "bbox_label", here) is not { } name || here.Below("bbox").List(each.Member("bbox"), 4, 4) is not [var left, var top, var right, var bottom]) continue;
                if (right < left || bottom < top)
                {
                    here.Below("bbox").Tell(FormattableString.Invariant($"right {right} and bottom {bottom} must not be below left {left} and top {top}."));
                    continue;
                }

                var cuboid = InCamera(each, toCamera, here);
                objects.Add(new LabelledObject(name, new Outline(new Box(left, top, right - left, bottom - top))) { OtherMarks = cuboid is null ? [] : [cuboid], Attributes = Attributes(each, name) });
            }

            return objects;
        }

        /// <summary>x, y, z, l, h, w and the angle about the camera's y axis.</summary>
        private Cuboid? InCamera(JsonElement each, RigidTransform? toCamera, JsonPlace at)
        {
            if (each.Member("bbox_3d") is not { } value || at.Below("bbox_3d").List(value, 7, 7) is not [var x, var y, var z, var length, var height, var width, var angle]
                || !InReach(x, y, z, at.Below("bbox_3d")) || !at.Below("bbox_3d").IsSize(length, width, height)) return null;
            foreach (var known in _inSweep)
            {
                if (toCamera?.Apply((Cuboid)known.Mark, SensorRig.CameraFrame) is { } same && Math.Abs(same.X - x) < SamePlaceMetres && Math.Abs(same.Y - y) < SamePlaceMetres && Math.Abs(same.Z - z) < SamePlaceMetres) return same;
            }

            return new Cuboid(x, y, z, length, width, height, Quaternion.AboutY(angle) * Upright, SensorRig.CameraFrame);
        }

        private string? ClassOf(JsonElement each, string member, JsonPlace at)
        {
            if (each.Whole(member) is -1) return UnlabelledClass;
            if (each.Whole(member) is { } number && classes.TryGetValue(number, out var name)) return name;
            at.Below(member).Tell($"the number of a class in metainfo was expected; {each.Member(member).Found()} found.");
            return null;
        }

        private static Dictionary<string, JsonElement> Attributes(JsonElement each, string name)
        {
            Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
            foreach (var number in (ReadOnlySpan<string>)["num_lidar_pts", "num_radar_pts", "attr_label"])
                if (each.Number(number) is { } value) attributes[number] = JsonValues.Of(value);
            // Of an object that was seen once the velocity is not a number.
            if (each.Member("velocity") is { ValueKind: JsonValueKind.Array } velocity && velocity.EnumerateArray().All(v => v.AsNumber() is not null)) attributes["velocity"] = velocity;
            if (each.Flag("bbox_3d_isvalid") == false) attributes["bbox_3d_isvalid"] = JsonValues.False;
            if (name == UnlabelledClass) attributes[CommonAttributes.Crowd] = JsonValues.True;
            return attributes;
        }
    }
}
