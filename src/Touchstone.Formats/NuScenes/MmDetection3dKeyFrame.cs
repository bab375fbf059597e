using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.NuScenes;

/// <summary>One element of <c>data_list</c>.</summary>
internal sealed class MmDetection3dKeyFrame(DatasetSource source, JsonElement frame, int moment, IReadOnlyDictionary<int, string> classes, JsonPlace place)
{
    private const string LidarName = "LIDAR_TOP";
    private const double SamePlaceMetres = 1e-3;

    /// <summary>From an object's own axes (x ahead, y left, z up) to a camera's at the angle 0: a quarter turn about x.</summary>
    private static readonly Quaternion Upright = Turns.AboutX(Math.PI / 2);

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
        var known = SensorRig.Between(lidar, camera) is { } toCamera ? ByPlace(toCamera) : [];
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

            var cuboid = InCamera(each, known, here);
            objects.Add(new LabelledObject(name, new Outline(new Box(left, top, right - left, bottom - top))) { OtherMarks = cuboid is null ? [] : [cuboid], Attributes = Attributes(each, name) });
        }

        return objects;
    }

    /// <summary>x, y, z, l, h, w and the angle about the camera's y axis.</summary>
    private static Cuboid? InCamera(JsonElement each, Dictionary<(long X, long Y, long Z), Cuboid> known, JsonPlace at)
    {
        if (each.Member("bbox_3d") is not { } value || at.Below("bbox_3d").List(value, 7, 7) is not [var x, var y, var z, var length, var height, var width, var angle]
            || !InReach(x, y, z, at.Below("bbox_3d")) || !at.Below("bbox_3d").IsSize(length, width, height)) return null;
        var cell = CellOf(x, y, z);
        for (var i = 0; i < 27; i++)
        {
            if (known.TryGetValue((cell.X + i / 9 - 1, cell.Y + i / 3 % 3 - 1, cell.Z + i % 3 - 1), out var same)
                && Math.Abs(same.X - x) < SamePlaceMetres && Math.Abs(same.Y - y) < SamePlaceMetres && Math.Abs(same.Z - z) < SamePlaceMetres) return same;
        }

        return new Cuboid(x, y, z, length, width, height, Quaternion.AboutY(angle) * Upright, SensorRig.CameraFrame);
    }

    /// <summary>The sweep's cuboids in the camera's frame, by the cell of a grid that their centres are in.</summary>
    private Dictionary<(long X, long Y, long Z), Cuboid> ByPlace(RigidTransform toCamera)
    {
        Dictionary<(long, long, long), Cuboid> known = [];
        foreach (var each in _inSweep)
        {
            var there = toCamera.Apply((Cuboid)each.Mark, SensorRig.CameraFrame);
            known.TryAdd(CellOf(there.X, there.Y, there.Z), there);
        }

        return known;
    }

    private static (long X, long Y, long Z) CellOf(double x, double y, double z) => ((long)Math.Round(x / SamePlaceMetres), (long)Math.Round(y / SamePlaceMetres), (long)Math.Round(z / SamePlaceMetres));

    private string? ClassOf(JsonElement each, string member, JsonPlace at)
    {
        if (each.Whole(member) is -1) return MmDetection3dFormat.UnlabelledClass;
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
        if (name == MmDetection3dFormat.UnlabelledClass) attributes[CommonAttributes.Crowd] = JsonValues.True;
        return attributes;
    }
}
