using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Dgp;

/// <summary>Reads the data of one scene.</summary>
internal sealed class DgpSceneReader(DatasetSource source, string file, string? part, DgpScene scene, FaultLog faults)
{
    private const string Boxes = "0", Cuboids = "1";

    private readonly string _folder = file[..(file.LastIndexOf('/') + 1)];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, DgpCalibration>> _calibrations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<long, string>> _ontologies = new(StringComparer.Ordinal);

    public async IAsyncEnumerable<Sample> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var title = _folder.Length > 0 ? _folder.TrimEnd('/') : source.Title;
        for (var i = 0; i < scene.Samples.Count; i++)
        {
            var moment = scene.Samples[i];
            var calibration = await CalibrationAsync(moment, cancellationToken);
            List<DgpDatum> data = [];
            foreach (var key in moment.Keys)
                if (scene.Data.TryGetValue(key, out var datum)) data.Add(datum with { Sensor = Placed(datum.Sensor, calibration) });
            foreach (var datum in data)
            {
                if (!IsHere(datum)) continue;
                var rig = datum.Sensor.Kind == SensorRig.LidarFrame ? data.Select(d => d.Sensor) : data.Select(d => d.Sensor).Where(s => s.Kind == SensorRig.LidarFrame || s == datum.Sensor);
                yield return new Sample
                {
                    Name = _folder + datum.Sensor.File,
                    Kind = datum.Sensor.Kind == SensorRig.LidarFrame ? InputKind.Scene : InputKind.Image,
                    WidthPx = datum.Sensor.WidthPx,
                    HeightPx = datum.Sensor.HeightPx,
                    Split = part,
                    Scene = title,
                    Opinions = await OpinionsAsync(datum, cancellationToken),
                    Facts = Facts(datum, new SensorRig([.. rig.DistinctBy(s => s.Name).Select(s => s with { File = _folder + s.File })]), i),
                };
            }
        }
    }

    private Dictionary<string, JsonElement> Facts(DgpDatum datum, SensorRig rig, int index)
    {
        Dictionary<string, JsonElement> facts = new(StringComparer.Ordinal) { [SensorRig.FactName] = rig.ToFact(), [DgpFormat.SensorFact] = JsonValues.Of(datum.Sensor.Name), [SensorRig.MomentFact] = JsonValues.Of((long)index) };
        if (scene.Log is { Length: > 0 } log) facts[DgpFormat.LogFact] = JsonValues.Of(log);
        return facts;
    }

    private static Sensor Placed(Sensor sensor, Dictionary<string, DgpCalibration> calibration) =>
        calibration.TryGetValue(sensor.Name, out var known) ? sensor with { ToVehicle = known.ToVehicle, Camera = sensor.Kind == SensorRig.CameraFrame ? known.Camera : null, Distortion = known.Distortion } : sensor;

    /// <summary>Whether a datum's labels may be said to be known: none of them are named, or one of its files is here.</summary>
    private bool IsHere(DgpDatum datum)
    {
        string[] labels = [.. datum.Annotations.Where(a => a.Key is Boxes or Cuboids).Select(a => a.Value)];
        if (labels.Length == 0 || source.Has(_folder + datum.Sensor.File) || labels.Any(f => source.Has(_folder + f))) return true;
        datum.Place.Tell($"no file of this datum is here ({datum.Sensor.File}, {string.Join(", ", labels)}); it is left out.");
        return false;
    }

    private async Task<Dictionary<string, DgpCalibration>> CalibrationAsync(DgpSample moment, CancellationToken cancellationToken)
    {
        if (_calibrations.TryGetValue(moment.Calibration, out var known)) return known;
        Dictionary<string, DgpCalibration> calibration = [];
        if (moment.Calibration.Length > 0 && await JsonAsync($"calibration/{moment.Calibration}.json", moment.Place.Below("calibration_key"), cancellationToken) is var (json, place)) calibration = DgpCalibration.Read(json, place);
        return _calibrations[moment.Calibration] = calibration;
    }

    private async Task<List<Opinion>> OpinionsAsync(DgpDatum datum, CancellationToken cancellationToken)
    {
        Opinion? opinion = null;
        var at = datum.Place.Below("datum").Below(datum.Sensor.Kind == SensorRig.LidarFrame ? "point_cloud" : "image").Below("annotations");
        DgpAnnotations? all = null;
        foreach (var (type, name) in datum.Annotations.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            if (type is not (Boxes or Cuboids))
            {
                if (_told.Add($"type {type}")) at.Below(type).Tell($"annotations of the type {type} are not read: boxes (0) and cuboids (1) are.");
                continue;
            }

            if (await JsonAsync(name, at.Below(type), cancellationToken) is not var (json, place)) continue;
            all ??= new DgpAnnotations(await OntologyAsync(type, cancellationToken), datum.Sensor.Kind);
            if (type == Boxes) all.AddBoxes(json, place);
            else all.AddCuboids(json, place);
            opinion = new Opinion { Objects = all.Objects };
        }

        return opinion is null ? [] : [opinion];
    }

    private async Task<Dictionary<long, string>> OntologyAsync(string type, CancellationToken cancellationToken)
    {
        var name = scene.Ontologies.GetValueOrDefault(type) ?? "";
        if (_ontologies.TryGetValue(name, out var known)) return known;
        Dictionary<long, string> classes = [];
        if (await JsonAsync($"ontology/{name}.json", new JsonPlace(file, "", $"/ontologies/{type}", faults), cancellationToken) is var (json, place))
            foreach (var each in DgpFormat.ReadOntology(json, place)) classes[each.Number!.Value] = each.Name;
        return _ontologies[name] = classes;
    }

    /// <summary>A file of the scene; null where it is missing or no JSON, which is told, once of each.</summary>
    private async Task<(JsonElement, JsonPlace)?> JsonAsync(string name, JsonPlace named, CancellationToken cancellationToken)
    {
        var path = _folder + name;
        if (!source.Has(path))
        {
            if (_told.Add(path)) named.Tell($"the file {path} is not here.");
            return null;
        }

        return await JsonFile.ReadAsync(source, path, faults, cancellationToken) is { } json ? (json, new JsonPlace(path, "", "", faults)) : null;
    }
}
