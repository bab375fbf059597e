using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Dgp;

/// <summary>DGP, the layout of DDAD: scenes with cameras and LiDAR, boxes and cuboids by instance, calibrations and poses.</summary>
/// <remarks>
/// Each datum is a sample: a picture with boxes and cuboids in its camera's frame, as KITTI has them, or a sweep with cuboids in the LiDAR's. Tracks hold across time and sensors of a scene. Calibrations and poses are the fact
/// <c>sensors</c> (<see cref="SensorRig"/>); of a sweep all sensors of its moment. Annotations of other types, such as masks, are told and not read. A datum of which every file is missing, as in parts of a data set, is told and left out: it must
/// not look like one without objects. Written, an object without a track is an instance of its own.
/// </remarks>
public sealed class DgpFormat : DatasetFormat
{
    /// <summary>The fact that names the sensor whose datum it is.</summary>
    public const string SensorFact = "sensor";

    /// <summary>The fact that names the recording that a scene is cut from.</summary>
    public const string LogFact = "log";

    internal static readonly string[] Parts = ["train", "val", "test", "train_overfit"];

    private const string Boxes = "0", Cuboids = "1";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "dgp",
        Name = "DGP (DDAD)",
        Specification = "TRI Dataset Governance Policy (github.com/TRI-ML/dgp), dgp/proto",
        Evidence = Evidence.OtherPrograms,
        Inputs = [InputKind.Image, InputKind.Scene],
        Marks = [MarkKind.Box, MarkKind.Cuboid],
        Attributes = AttributeSupport.Any,
        Parts = CarriedParts.Tracks | CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Splits | CarriedParts.Classes | CarriedParts.SeveralMarks,
        Facts = [SensorRig.FactName, SensorFact, SensorRig.MomentFact, LogFact],
        RoundingPx = 0.5,
        Streams = false,
    };

    /// <inheritdoc/>
    public override string PicturePlace(Sample sample, FormatOptions options) => DgpPlaces.Folder(sample) + DgpPlaces.File(sample);

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var found = source.Files.Where(f => Name(f).StartsWith("scene_dataset", StringComparison.Ordinal) && f.EndsWith(".json", StringComparison.Ordinal) && source.Beginning(f, 1 << 16).Contains("\"scene_splits\"", StringComparison.Ordinal)).ToList();
        if (found.Count > 0) return [.. found.Select(f => new Recognition(Traits.Id, Folder(f).TrimEnd('/'), 0.99, $"{Name(f)} with scene_splits")).DistinctBy(r => r.Place)];
        var scene = SceneFiles(source).FirstOrDefault(f => source.Files.Any(o => o.StartsWith(Folder(f) + "calibration/", StringComparison.Ordinal)));
        return scene is null ? [] : [new Recognition(Traits.Id, "", 0.95, $"{scene} beside calibrations")];
    }

    private static string Name(string file) => file[(file.LastIndexOf('/') + 1)..];

    private static string Folder(string file) => file[..(file.LastIndexOf('/') + 1)];

    private static IEnumerable<string> SceneFiles(DatasetSource source) => source.Files.Where(f => Name(f) is ['s', 'c', 'e', 'n', 'e', '_', .. var rest] && rest.EndsWith(".json", StringComparison.Ordinal) && !rest.StartsWith("dataset", StringComparison.Ordinal));

    /// <inheritdoc/>
    public override async Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken)
    {
        SortedDictionary<long, ObjectClass> classes = [];
        var faults = new FaultLog();                      // told when the samples are read
        foreach (var file in source.Files.Where(f => ("/" + Folder(f)).EndsWith("/ontology/", StringComparison.Ordinal) && f.EndsWith(".json", StringComparison.Ordinal)))
            if (await JsonFile.ReadAsync(source, file, faults, cancellationToken) is { } ontology)
                foreach (var each in ReadOntology(ontology, new JsonPlace(file, "", "", faults))) classes.TryAdd(each.Number!.Value, each);
        return new DatasetFacts { Title = source.Title, Classes = [.. classes.Values.DistinctBy(c => c.Name)] };
    }

    private static IEnumerable<ObjectClass> ReadOntology(JsonElement ontology, JsonPlace place)
    {
        var index = 0;
        foreach (var item in ontology.Items("items"))
        {
            var at = place.Below("items").Below(index++);
            var number = item.Number("id") ?? 0;
            if (item.Text("name") is not { Length: > 0 } name || number != Math.Floor(number) || Math.Abs(number) > 1L << 53)
            {
                at.Tell("a class with a name and a whole number was expected.");
                continue;
            }

            var colour = item.Member("color") ?? default;
            int? Part(string part) => colour.ValueKind == JsonValueKind.Object && (colour.Whole(part) ?? 0) is >= 0 and < 256 and var value ? value : null;
            yield return new ObjectClass(name)
            {
                Number = (long)number,
                Parent = item.Text("supercategory") ?? "",
                IsStuff = item.Flag("isthing") == false,
                Colour = Part("r") is { } r && Part("g") is { } g && Part("b") is { } b ? string.Create(CultureInfo.InvariantCulture, $"#{r:x2}{g:x2}{b:x2}") : null,
            };
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (file, part) in await ScenesAsync(source, faults, cancellationToken))
        {
            if (await JsonFile.ReadAsync(source, file, faults, cancellationToken) is not { } json) continue;
            var reader = new SceneReader(source, file, part, DgpScene.Read(json, new JsonPlace(file, "", "", faults)), faults);
            await foreach (var sample in reader.ReadAsync(cancellationToken)) yield return sample;
        }
    }

    /// <summary>The scenes with the parts that they belong to; those that no list names belong to none.</summary>
    private static async Task<List<(string File, string? Part)>> ScenesAsync(DatasetSource source, FaultLog faults, CancellationToken cancellationToken)
    {
        List<(string, string?)> scenes = [];
        Dictionary<string, string> partOf = new(StringComparer.Ordinal);
        foreach (var list in source.Files.Where(f => Name(f).StartsWith("scene_dataset", StringComparison.Ordinal) && f.EndsWith(".json", StringComparison.Ordinal)))
        {
            if (await JsonFile.ReadAsync(source, list, faults, cancellationToken) is not { } json) continue;
            var place = new JsonPlace(list, "", "", faults).Below("scene_splits");
            foreach (var split in json.Member("scene_splits").Members())
            {
                var part = int.TryParse(split.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < Parts.Length ? Parts[number] : $"part_{split.Name}";
                var index = 0;
                foreach (var name in split.Value.Items("filenames"))
                {
                    var at = place.Below(split.Name).Below("filenames").Below(index++);
                    var file = Folder(list) + name;
                    if (name.ValueKind != JsonValueKind.String || !source.Has(file)) at.Tell($"{((JsonElement?)name).Found()} is no scene's file that is here.");
                    else if (!partOf.TryAdd(file, part)) at.Tell($"this scene is in the part {partOf[file]} too; it is read as of that one alone: training and test must not share it.");
                    else scenes.Add((file, part));
                }
            }
        }

        scenes.AddRange(SceneFiles(source).Where(f => !partOf.ContainsKey(f)).Select(f => (f, (string?)null)));
        return scenes;
    }

    /// <summary>Reads the data of one scene.</summary>
    private sealed class SceneReader(DatasetSource source, string file, string? part, DgpScene scene, FaultLog faults)
    {
        private readonly string _folder = Folder(file);
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
            Dictionary<string, JsonElement> facts = new(StringComparer.Ordinal) { [SensorRig.FactName] = rig.ToFact(), [SensorFact] = JsonValues.Of(datum.Sensor.Name), [SensorRig.MomentFact] = JsonValues.Of((long)index) };
            if (scene.Log is { Length: > 0 } log) facts[LogFact] = JsonValues.Of(log);
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
                foreach (var each in ReadOntology(json, place)) classes[each.Number!.Value] = each.Name;
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

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        var writer = new DgpWriter(facts, target);
        await foreach (var sample in samples.WithCancellation(cancellationToken)) await writer.AddAsync(sample, cancellationToken);
        await writer.FinishAsync(cancellationToken);
    }
}
