using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.NuScenes;

/// <summary>nuScenes v1.0: the devkit's tables, such as those in <c>v1.0-trainval</c>. Read only.</summary>
/// <remarks>
/// Each key frame is a sample, named by its LiDAR sweep. Cuboids are in the world's frame, as the tables have them: metres, z up. The sensors with their calibrations and poses are the fact <c>sensors</c> (<see cref="SensorRig"/>), by which
/// cuboids are brought into the LiDAR's or a camera's frame; each sensor stands where the vehicle was at its own moment, as the devkit has it. Tracks are instances. Which scenes are for training stands in the devkit's code and not in the tables.
/// It is not written: labels are two tables of thirteen, and the others (logs, maps, sweeps between key frames, prev and next of all) are no part of a set of labels.
/// </remarks>
public sealed class NuScenesFormat : DatasetFormat
{
    private const string Annotations = "sample_annotation.json";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "nuscenes",
        Name = "nuScenes tables",
        Specification = "nuScenes v1.0 (github.com/nutonomy/nuscenes-devkit), docs/schema_nuscenes.md",
        Evidence = Evidence.OwnFiles,
        Writes = false,
        Inputs = [InputKind.Scene],
        Marks = [MarkKind.Cuboid],
        Attributes = AttributeSupport.Any,
        Parts = CarriedParts.Tracks | CarriedParts.EmptySamples | CarriedParts.Classes | CarriedParts.ObjectIds,
        Facts = [SensorRig.FactName, "token", "timestamp", "location"],
        Streams = false,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) =>
        [.. Folders(source).Select(f => new Recognition(Traits.Id, f.TrimEnd('/'), 0.99, $"{f}{Annotations} beside the other tables"))];

    private static IEnumerable<string> Folders(DatasetSource source) => source.Files
        .Where(f => f == Annotations || f.EndsWith("/" + Annotations, StringComparison.Ordinal))
        .Select(f => f[..^Annotations.Length])
        .Where(f => source.Has(f + "sample.json") && source.Has(f + "instance.json") && source.Has(f + "category.json"));

    /// <inheritdoc/>
    public override async Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken)
    {
        List<ObjectClass> classes = [];
        foreach (var folder in Folders(source)) classes.AddRange((await NuScenesTables.ClassesAsync(source, folder, new FaultLog(), cancellationToken)).Categories);
        return new DatasetFacts { Title = source.Title, Classes = [.. classes.DistinctBy(c => c.Name)] };
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var folder in Folders(source))
        {
            var tables = await NuScenesTables.ReadAsync(source, folder, faults, cancellationToken);
            // A table without any row is of a part whose labels are kept back: nobody said that its samples hold nothing.
            var isLabelled = tables.Annotations.Count > 0;
            foreach (var each in tables.Samples)
            {
                var rig = tables.RigOf(each.Token);
                var (scene, log) = tables.Scenes.TryGetValue(each.Scene, out var known) ? known : (each.Scene, "");
                Dictionary<string, JsonElement> facts = new(StringComparer.Ordinal) { ["token"] = JsonValues.Of(each.Token) };
                if (rig.Sensors.Count > 0) facts[SensorRig.FactName] = rig.ToFact();
                if (each.Timestamp is { } timestamp) facts["timestamp"] = timestamp;
                if (tables.Locations.TryGetValue(log, out var location)) facts["location"] = JsonValues.Of(location);
                tables.Annotations.Remove(each.Token, out var objects);
                yield return new Sample
                {
                    Name = rig.Lidar?.File ?? each.Token,
                    Kind = InputKind.Scene,
                    Scene = scene.Length > 0 ? scene : null,
                    Opinions = isLabelled ? [new Opinion { Objects = objects ?? [] }] : [],
                    Facts = facts,
                };
            }

            foreach (var (sample, left) in tables.Annotations) faults.Add(folder + Annotations, "", $"{left.Count} annotations are of the sample \"{sample}\", which is not in the table of samples.");
        }
    }
}
