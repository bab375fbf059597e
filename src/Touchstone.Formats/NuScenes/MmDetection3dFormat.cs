using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
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

                foreach (var sample in new MmDetection3dKeyFrame(source, item.Value, item.Index, classes, place).Samples()) yield return sample;
            }
        }
    }
}
