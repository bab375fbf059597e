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
        HasWholePixels = true,
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

    internal static IEnumerable<ObjectClass> ReadOntology(JsonElement ontology, JsonPlace place)
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
            var reader = new DgpSceneReader(source, file, part, DgpScene.Read(json, new JsonPlace(file, "", "", faults)), faults);
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

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => DgpPlaces.Folder(sample) + DgpPlaces.File(sample);

    /// <inheritdoc/>
    public override string? Refusal(Sample sample, FormatOptions options) => sample.Split is { } split && Array.IndexOf(Parts, split) < 0 ? $"the part \"{split}\"; DGP has {string.Join(", ", Parts)}." : null;

    /// <inheritdoc/>
    public override string? Refusal(LabelledObject each, Sample sample) => DgpWriter.Refusal(each, sample);

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        var writer = new DgpWriter(facts, target);
        await foreach (var sample in samples.WithCancellation(cancellationToken)) await writer.AddAsync(sample, cancellationToken);
        await writer.FinishAsync(cancellationToken);
    }
}
