using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Dgp;

/// <summary>Writes annotations as they come, and the scenes' indices at the end. Ids are digests of what they name.</summary>
internal sealed class DgpWriter(DatasetFacts facts, DatasetTarget target)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, long> _classes = Numbered(facts.Classes);
    private readonly Dictionary<(string? Split, string Folder), Scene> _scenes = [];
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _calibrations = new(StringComparer.Ordinal);

    private sealed class Scene(string? split, string folder)
    {
        public string? Split => split;

        public string Folder => folder;

        public List<(Sample Sample, Sensor Sensor, string File, JsonObject Annotations)> Data { get; } = [];

        public Dictionary<string, uint> Instances { get; } = new(StringComparer.Ordinal);

        public HashSet<uint> Taken { get; } = [];

        /// <summary>Numbers of the sample's objects without a track.</summary>
        public Dictionary<LabelledObject, uint> Alone { get; } = new(ReferenceEqualityComparer.Instance);

        private uint _free = uint.MaxValue;

        /// <summary>From above, as the tracks of most data sets count from below.</summary>
        public uint FreeNumber()
        {
            while (!Taken.Add(_free)) _free--;
            return _free;
        }
    }

    /// <summary>The classes' own numbers where each has one of its own, else their positions.</summary>
    private static Dictionary<string, long> Numbered(IReadOnlyList<ObjectClass> classes)
    {
        var areNumbered = classes.All(c => c.Number is >= 0 and <= uint.MaxValue) && classes.Select(c => c.Number).Distinct().Count() == classes.Count;
        Dictionary<string, long> numbers = new(StringComparer.Ordinal);
        foreach (var each in classes) numbers.Add(each.Name, areNumbered ? each.Number!.Value : numbers.Count);
        return numbers;
    }

    public async Task AddAsync(Sample sample, CancellationToken cancellationToken)
    {
        var folder = DgpPlaces.Folder(sample);
        if (!_scenes.TryGetValue((sample.Split, folder), out var scene))
        {
            if (!_folders.Add(folder)) throw new FileFormatFaultException($"{sample.Name}: the scene {folder.TrimEnd('/')} is in two parts of the data set; in DGP a scene belongs to one.");
            if (sample.Split is { } split && Array.IndexOf(DgpFormat.Parts, split) < 0) throw new FileFormatFaultException($"{sample.Name}: the part \"{split}\"; DGP has {string.Join(", ", DgpFormat.Parts)}.");
            _scenes.Add((sample.Split, folder), scene = new Scene(sample.Split, folder));
        }

        var name = DgpPlaces.SensorName(sample);
        var rig = SensorRig.Of(sample);
        var isSweep = sample.Kind == InputKind.Scene;
        var sensor = rig.InOwnFrames().Find(name) ?? new Sensor(name, isSweep ? SensorRig.LidarFrame : SensorRig.CameraFrame);
        JsonObject annotations = [];
        if (sample.Opinions.Count > 0)
        {
            var objects = sample.Opinions[0].Objects;
            var stem = Path.ChangeExtension(DgpPlaces.File(sample), ".json");
            stem = stem[(stem.IndexOf('/') + 1)..];       // without the folder that says what kind of sensor it is of
            if (!isSweep) annotations["0"] = await WriteAsync(scene, $"bounding_box_2d/{stem}", objects, sample, BoxOf, cancellationToken);
            if (isSweep || objects.Any(o => Marks(o).Any(m => m is Cuboid)))
                annotations["1"] = await WriteAsync(scene, $"bounding_box_3d/{stem}", objects, sample, (o, s) => CuboidOf(o, s, rig), cancellationToken);
        }

        scene.Alone.Clear();
        scene.Data.Add((sample, sensor, DgpPlaces.File(sample), annotations));
    }

    private static IEnumerable<Mark> Marks(LabelledObject each) => [each.Mark, .. each.OtherMarks];

    private async Task<string> WriteAsync(Scene scene, string file, IReadOnlyList<LabelledObject> objects, Sample sample, Func<LabelledObject, Sample, JsonObject?> write, CancellationToken cancellationToken)
    {
        JsonArray list = [];
        foreach (var each in objects)
        {
            if (write(each, sample) is not { } one) continue;
            one["class_id"] = _classes[each.Class];
            one["instance_id"] = InstanceOf(scene, each);
            JsonObject attributes = [];
            foreach (var (name, value) in each.Attributes)
                if (!HasPlace(name, value, one)) attributes[name] = value.ToString();
            one["attributes"] = attributes;
            list.Add(one);
        }

        await using var stream = target.Create(scene.Folder + file);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(new JsonObject { ["annotations"] = list }.ToJsonString(Indented)), cancellationToken);
        return file;
    }

    /// <summary>Whether an attribute has a member of its own in what was written of its object; boxes in pictures have fewer than cuboids, and an occlusion of 3 is read as unknown.</summary>
    private static bool HasPlace(string name, JsonElement value, JsonObject written) => name switch
    {
        CommonAttributes.Crowd => value.ValueKind is JsonValueKind.True or JsonValueKind.False && written.ContainsKey("iscrowd"),
        DgpAnnotations.PointCount => written.ContainsKey(DgpAnnotations.PointCount),
        CommonAttributes.Occluded => IsNumber(value) && written["box"] is JsonObject box && box.ContainsKey("occlusion") && box["occlusion"]!.GetValue<double>() != DgpAnnotations.UnknownOcclusion,
        CommonAttributes.Truncated => IsNumber(value) && written["box"] is JsonObject box && box.ContainsKey("truncation"),
        _ => false,
    };

    private static bool IsNumber(JsonElement value) => value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    /// <summary>One number for all that is of one track; an object without a track has one of its own, by which its box and its cuboid find each other.</summary>
    private static uint InstanceOf(Scene scene, LabelledObject each)
    {
        if (each.Track is not { } track) return scene.Alone.TryGetValue(each, out var own) ? own : scene.Alone[each] = scene.FreeNumber();
        if (scene.Instances.TryGetValue(track, out var number)) return number;
        if (!uint.TryParse(track, NumberStyles.None, CultureInfo.InvariantCulture, out number) || !scene.Taken.Add(number)) number = scene.FreeNumber();
        return scene.Instances[track] = number;
    }

    /// <summary>Why an object cannot be in a DGP file of its sample; null where it can.</summary>
    public static string? Refusal(LabelledObject each, Sample sample)
    {
        var isSweep = sample.Kind == InputKind.Scene;
        if (!isSweep && Marks(each).OfType<Outline>().Select(o => o.Geometry).OfType<Box>().Any(IsTooFar)) return "a box beyond 32 bits of pixels.";
        if (Marks(each).OfType<Cuboid>().FirstOrDefault() is not { } cuboid) return isSweep ? "a box in a picture, of a sweep of LiDAR; DGP has boxes with the pictures that they are in." : null;
        var frame = isSweep ? SensorRig.LidarFrame : SensorRig.CameraFrame;
        return SensorRig.Of(sample).Bring(cuboid, frame) is null ? $"a cuboid in the frame \"{cuboid.Frame}\"; DGP's are in the {frame}'s, and the sample's sensors do not say how it stands to that." : null;
    }

    private static bool IsTooFar(Box box) => Math.Max(Math.Max(Math.Abs(box.X), Math.Abs(box.Y)), Math.Max(Math.Abs(box.Right), Math.Abs(box.Bottom))) >= int.MaxValue;

    /// <summary>Edges go to the nearest pixel: DGP's boxes are of whole ones.</summary>
    private static JsonObject? BoxOf(LabelledObject each, Sample sample)
    {
        if (Marks(each).OfType<Outline>().Select(o => o.Geometry).OfType<Box>().FirstOrDefault() is not { } box) return null;
        if (IsTooFar(box)) throw new FileFormatFaultException($"{sample.Name}: a box beyond 32 bits of pixels.");
        var (left, top, right, bottom) = ((long)Math.Round(box.X), (long)Math.Round(box.Y), (long)Math.Round(box.Right), (long)Math.Round(box.Bottom));
        return new JsonObject
        {
            ["area"] = (right - left) * (bottom - top),
            ["iscrowd"] = each.Attributes.TryGetValue(CommonAttributes.Crowd, out var crowd) && crowd.ValueKind == JsonValueKind.True,
            ["box"] = new JsonObject { ["x"] = left, ["y"] = top, ["w"] = right - left, ["h"] = bottom - top },
        };
    }

    private static JsonObject? CuboidOf(LabelledObject each, Sample sample, SensorRig rig)
    {
        var frame = sample.Kind == InputKind.Scene ? SensorRig.LidarFrame : SensorRig.CameraFrame;
        if (Marks(each).OfType<Cuboid>().FirstOrDefault() is not { } stated)
            return frame == SensorRig.CameraFrame ? null : throw new FileFormatFaultException($"{sample.Name}: a box in a picture, of a sweep of LiDAR; DGP has boxes with the pictures that they are in.");
        var c = rig.BringToOwn(stated, frame) ?? throw new FileFormatFaultException($"{sample.Name}: a cuboid in the frame \"{stated.Frame}\"; DGP's are in the {frame}'s, and the sample's sensors do not say how it stands to that.");
        JsonObject box = new() { ["length"] = c.Length, ["width"] = c.Width, ["height"] = c.Height, ["occlusion"] = Number(each, CommonAttributes.Occluded) ?? DgpAnnotations.UnknownOcclusion, ["pose"] = Pose(new RigidTransform(c.Rotation, c.X, c.Y, c.Z)) };
        if (Number(each, CommonAttributes.Truncated) is { } truncation) box["truncation"] = truncation;
        JsonObject annotation = new() { ["box"] = box };
        if (Number(each, DgpAnnotations.PointCount) is { } points) annotation[DgpAnnotations.PointCount] = points;
        return annotation;
    }

    private static double? Number(LabelledObject each, string name) => each.Attributes.TryGetValue(name, out var value)
        ? value.ValueKind switch { JsonValueKind.Number => value.AsNumber(), JsonValueKind.True => 1, JsonValueKind.False => 0, _ => null }
        : null;

    private static JsonObject Pose(RigidTransform t) => new()
    {
        ["rotation"] = new JsonObject { ["qw"] = t.Rotation.W, ["qx"] = t.Rotation.X, ["qy"] = t.Rotation.Y, ["qz"] = t.Rotation.Z },
        ["translation"] = new JsonObject { ["x"] = t.X, ["y"] = t.Y, ["z"] = t.Z },
    };

    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        var ontology = Ontology();
        var ontologyKey = DgpPlaces.KeyOf(ontology);
        JsonObject splits = [];
        foreach (var scene in _scenes.Values)
        {
            await PutAsync($"{scene.Folder}ontology/{ontologyKey}.json", ontology, cancellationToken);
            var index = (await IndexAsync(scene, ontologyKey, cancellationToken)).ToJsonString(Indented);
            var file = $"{scene.Folder}scene_{DgpPlaces.KeyOf(index)}.json";
            await PutAsync(file, index, cancellationToken);
            if (scene.Split is null) continue;
            var part = Array.IndexOf(DgpFormat.Parts, scene.Split).ToString(CultureInfo.InvariantCulture);
            if (splits[part] is not JsonObject files) splits[part] = files = new JsonObject { ["filenames"] = new JsonArray() };
            ((JsonArray)files["filenames"]!).Add(file);
        }

        JsonObject dataset = new() { ["metadata"] = new JsonObject { ["name"] = facts.Title, ["version"] = "1.0", ["available_annotation_types"] = new JsonArray(0, 1) }, ["scene_splits"] = splits };
        await PutAsync("scene_dataset_v1.0.json", dataset.ToJsonString(Indented), cancellationToken);
    }

    private string Ontology()
    {
        JsonArray items = [];
        foreach (var each in facts.Classes)
        {
            JsonObject item = new() { ["name"] = each.Name, ["id"] = _classes[each.Name], ["isthing"] = !each.IsStuff, ["supercategory"] = each.Parent };
            if (each.Colour is { Length: 7 } colour && int.TryParse(colour.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb))
                item["color"] = new JsonObject { ["r"] = rgb >> 16, ["g"] = rgb >> 8 & 255, ["b"] = rgb & 255 };
            items.Add(item);
        }

        return new JsonObject { ["items"] = items }.ToJsonString(Indented);
    }

    private async Task<JsonObject> IndexAsync(Scene scene, string ontologyKey, CancellationToken cancellationToken)
    {
        JsonArray data = [], samples = [];
        var moments = scene.Data.Select((d, i) => (Datum: d, Index: i)).GroupBy(d => d.Datum.Sample.Facts.TryGetValue(SensorRig.MomentFact, out var at) && at.AsNumber() is { } number ? $"{number}" : $"alone {d.Index}");
        foreach (var moment in moments)
        {
            JsonArray keys = [];
            foreach (var ((sample, sensor, file, annotations), index) in moment)
            {
                var key = DgpPlaces.KeyOf($"{scene.Folder}{file}\n{index}");
                keys.Add(key);
                JsonObject body = new() { ["annotations"] = annotations, ["filename"] = file, ["metadata"] = new JsonObject() };
                if (sensor.ToWorld is { } pose) body["pose"] = Pose(pose);
                if (sample.Kind == InputKind.Image) (body["width"], body["height"], body["channels"]) = (sample.WidthPx, sample.HeightPx, 3);
                else if (sensor.Fields.Count > 0) body["point_format"] = new JsonArray([.. sensor.Fields.Select(f => (JsonNode)f)]);
                data.Add(new JsonObject { ["key"] = key, ["id"] = Id(sample, sensor), ["datum"] = new JsonObject { [sample.Kind == InputKind.Image ? "image" : "point_cloud"] = body } });
            }

            var (_, first, _, _) = moment.First().Datum;
            JsonObject one = new() { ["datum_keys"] = keys, ["id"] = new JsonObject { ["timestamp"] = Node(first.Timestamp) }, ["metadata"] = new JsonObject() };
            one["calibration_key"] = await CalibrationAsync(scene, [.. moment.Select(m => m.Datum.Sensor)], cancellationToken);
            samples.Add(one);
        }

        return new JsonObject
        {
            ["name"] = scene.Folder.TrimEnd('/'),
            ["log"] = scene.Data.Select(d => d.Sample.Facts.TryGetValue(DgpFormat.LogFact, out var log) && log.ValueKind == JsonValueKind.String ? log.GetString() : null).FirstOrDefault(l => l is not null) ?? "",
            ["data"] = data,
            ["samples"] = samples,
            ["ontologies"] = new JsonObject { ["0"] = ontologyKey, ["1"] = ontologyKey },
        };
    }

    private static JsonObject Id(Sample sample, Sensor sensor)
    {
        JsonObject id = new() { ["name"] = sensor.Name, ["timestamp"] = Node(sensor.Timestamp) };
        if (sample.Facts.TryGetValue(DgpFormat.LogFact, out var log) && log.ValueKind == JsonValueKind.String) id["log"] = log.GetString();
        return id;
    }

    private static JsonNode? Node(JsonElement? value) => value is { } known ? JsonNode.Parse(known.GetRawText()) : null;

    /// <summary>The calibration of a moment's sensors; empty where none of them has one.</summary>
    private async Task<string> CalibrationAsync(Scene scene, IReadOnlyList<Sensor> sensors, CancellationToken cancellationToken)
    {
        JsonArray names = [], extrinsics = [], intrinsics = [];
        foreach (var sensor in sensors.Where(s => s.ToVehicle is not null).DistinctBy(s => s.Name))
        {
            names.Add(sensor.Name);
            extrinsics.Add(Pose(sensor.ToVehicle!.Value));
            var camera = sensor.Camera ?? default;
            JsonObject lens = new() { ["fx"] = camera.FocalX, ["fy"] = camera.FocalY, ["cx"] = camera.CentreX, ["cy"] = camera.CentreY, ["skew"] = camera.Skew };
            foreach (var (name, value) in sensor.Distortion) lens[name] = value;
            intrinsics.Add(lens);
        }

        if (names.Count == 0) return "";
        var text = new JsonObject { ["names"] = names, ["extrinsics"] = extrinsics, ["intrinsics"] = intrinsics }.ToJsonString(Indented);
        var key = DgpPlaces.KeyOf(text);
        var file = $"{scene.Folder}calibration/{key}.json";
        if (_calibrations.Add(file)) await PutAsync(file, text, cancellationToken);
        return key;
    }

    private async Task PutAsync(string file, string text, CancellationToken cancellationToken)
    {
        await using var stream = target.Create(file);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
    }
}
