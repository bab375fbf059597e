using System.Text.Json;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Dgp;

/// <summary>What one sensor recorded at one moment.</summary>
/// <param name="Key">Its id within the scene.</param>
/// <param name="Sensor">The sensor, with what it recorded below the scene's folder; where it stands on the vehicle follows from the sample's calibration.</param>
/// <param name="Annotations">Files of annotations by their type.</param>
/// <param name="Place">Where it stands in the scene's file.</param>
internal sealed record DgpDatum(string Key, Sensor Sensor, IReadOnlyDictionary<string, string> Annotations, JsonPlace Place);

/// <summary>Data that belong together in time.</summary>
internal sealed record DgpSample(IReadOnlyList<string> Keys, string Calibration, JsonPlace Place);

/// <summary>One scene's index.</summary>
/// <param name="Log">The recording that it is cut from.</param>
/// <param name="Data">Its data by key.</param>
/// <param name="Samples">Its samples in time's order.</param>
/// <param name="Ontologies">Names of ontologies by type of annotation.</param>
/// <remarks>TRI-ML/dgp, <c>dgp/proto/scene.proto</c>, <c>sample.proto</c>, <c>image.proto</c>, <c>point_cloud.proto</c>.</remarks>
internal sealed record DgpScene(string? Log, IReadOnlyDictionary<string, DgpDatum> Data, IReadOnlyList<DgpSample> Samples, IReadOnlyDictionary<string, string> Ontologies)
{
    public static DgpScene Read(JsonElement scene, JsonPlace place)
    {
        Dictionary<string, DgpDatum> data = new(StringComparer.Ordinal);
        var index = 0;
        foreach (var each in scene.Items("data"))
        {
            var at = place.Below("data").Below(index++);
            if (ReadDatum(each, at) is { } datum && !data.TryAdd(datum.Key, datum)) at.Tell($"the key \"{datum.Key}\" stands twice.");
        }

        List<DgpSample> samples = [];
        index = 0;
        foreach (var each in scene.Items("samples"))
            samples.Add(new DgpSample([.. each.Items("datum_keys").Select(k => k.ToString())], each.Text("calibration_key") ?? "", place.Below("samples").Below(index++)));
        return new DgpScene(scene.Text("log"), data, samples, Texts(scene.Member("ontologies")));
    }

    private static DgpDatum? ReadDatum(JsonElement each, JsonPlace place)
    {
        var id = each.Member("id") ?? default;
        if (each.Text("key") is not { Length: > 0 } key || id.Text("name") is not { Length: > 0 } name)
        {
            place.Tell("a datum with a key and a name was expected.");
            return null;
        }

        foreach (var (member, kind) in (ReadOnlySpan<(string, string)>)[("image", SensorRig.CameraFrame), ("point_cloud", SensorRig.LidarFrame)])
        {
            if (each.Member("datum")?.Member(member) is not { } body) continue;
            if (body.Text("filename") is not { Length: > 0 } file)
            {
                place.Below("datum").Below(member).Below("filename").Tell("the name of a file was expected.");
                return null;
            }

            var sensor = new Sensor(name, kind)
            {
                File = file,
                Timestamp = id.Member("timestamp"),
                ToWorld = body.Member("pose") is { } pose ? ReadPose(pose, place.Below("datum").Below(member).Below("pose")) : null,
                WidthPx = body.Whole("width") is > 0 and var width ? width : 0,
                HeightPx = body.Whole("height") is > 0 and var height ? height : 0,
                Fields = [.. body.Items("point_format").Select(f => f.ToString())],
            };
            return new DgpDatum(key, sensor, Texts(body.Member("annotations")), place);
        }

        return null;                                      // radar, agents and files of other kinds carry no annotations that are read
    }

    /// <summary>A pose by name; what it leaves out is 0, as in protocol buffers.</summary>
    public static RigidTransform? ReadPose(JsonElement pose, JsonPlace place)
    {
        var (t, r) = (pose.Member("translation") ?? default, pose.Member("rotation") ?? default);
        double Of(JsonElement value, string name) => value.Number(name) ?? 0;
        if (Math.Max(Math.Abs(Of(t, "x")), Math.Max(Math.Abs(Of(t, "y")), Math.Abs(Of(t, "z")))) > RigJson.FarthestMetres)
        {
            place.Below("translation").Tell($"farther than {RigJson.FarthestMetres} metres.");
            return null;
        }

        return place.Below("rotation").Unit(Of(r, "qx"), Of(r, "qy"), Of(r, "qz"), Of(r, "qw")) is { } rotation ? new RigidTransform(rotation, Of(t, "x"), Of(t, "y"), Of(t, "z")) : null;
    }

    private static Dictionary<string, string> Texts(JsonElement? value)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach (var member in value.Members())
            if (member.Value.ValueKind == JsonValueKind.String) texts[member.Name] = member.Value.GetString()!;
        return texts;
    }
}

/// <summary>A sensor's place on the vehicle and its lens.</summary>
internal sealed record DgpCalibration(RigidTransform? ToVehicle, PinholeCamera? Camera, IReadOnlyDictionary<string, double> Distortion)
{
    private static readonly string[] Pinhole = ["fx", "fy", "cx", "cy", "skew"];

    /// <summary>Of each sensor that a calibration names: three lists of one length.</summary>
    public static Dictionary<string, DgpCalibration> Read(JsonElement calibration, JsonPlace place)
    {
        Dictionary<string, DgpCalibration> sensors = new(StringComparer.Ordinal);
        JsonElement[] extrinsics = [.. calibration.Items("extrinsics")], intrinsics = [.. calibration.Items("intrinsics")];
        var index = 0;
        foreach (var name in calibration.Items("names"))
        {
            var at = index++;
            if (name.ValueKind != JsonValueKind.String || at >= extrinsics.Length || at >= intrinsics.Length)
            {
                place.Below("names").Below(at).Tell("a name with extrinsics and intrinsics at its place was expected.");
                continue;
            }

            var lens = intrinsics[at];
            var isCamera = lens.Number("fx") is > 0 && lens.Number("fy") is > 0;
            sensors[name.GetString()!] = new DgpCalibration(
                DgpScene.ReadPose(extrinsics[at], place.Below("extrinsics").Below(at)),
                isCamera ? new PinholeCamera(lens.Number("fx")!.Value, lens.Number("fy")!.Value, lens.Number("cx") ?? 0, lens.Number("cy") ?? 0, lens.Number("skew") ?? 0) : null,
                ((JsonElement?)lens).Members().Where(m => Array.IndexOf(Pinhole, m.Name) < 0 && m.Value.AsNumber() is not (null or 0)).ToDictionary(m => m.Name, m => m.Value.GetDouble(), StringComparer.Ordinal));
        }

        return sensors;
    }
}
