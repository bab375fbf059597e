using System.Runtime.CompilerServices;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Waymo;

/// <summary>Waymo Open Dataset's perception data, version 2: Parquet tables, a folder a component with a file a segment. Read only.</summary>
/// <remarks>
/// Read are <c>lidar_box</c>, <c>camera_box</c>, <c>vehicle_pose</c>, <c>camera_calibration</c>, <c>lidar_calibration</c> and <c>stats</c>, as far as they are there. Scenes, pictures and frames are those of version 1 (<see cref="WaymoFormat"/>). Moments of cameras' own poses stand with the pictures in <c>camera_image</c>,
/// which is not read: cameras are taken where the vehicle was at the frame's pose. Which cameras were looked at without anything being found, tables do not tell.
/// </remarks>
public sealed class WaymoParquetFormat : DatasetFormat
{
    private static readonly string[] LabelFolders = ["lidar_box", "camera_box"];

    private static readonly string[] Parts = ["training", "validation", "testing", "testing_location"];

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "waymo-parquet",
        Name = "Waymo Open Dataset tables",
        Specification = "Waymo Open Dataset 2.0 (github.com/waymo-research/waymo-open-dataset), src/waymo_open_dataset/v2/perception",
        Evidence = Evidence.OwnFiles,
        Writes = false,
        Inputs = [InputKind.Scene, InputKind.Image],
        Marks = [MarkKind.Cuboid, MarkKind.Box],
        Attributes = AttributeSupport.Any,
        Parts = CarriedParts.Tracks | CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Classes | CarriedParts.ObjectIds | CarriedParts.Splits,
        Facts = [SensorRig.FactName, WaymoFormat.TimeFact, "time_of_day", "location", "weather"],
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) =>
        Segments(source).FirstOrDefault() is { File: { } file } first ? [new Recognition(Traits.Id, "", 0.97, $"{first.Prefix}{first.Folder}/{file}")] : [];

    /// <summary>Each file of labels, with the folder of its component and what stands before that; of a segment with both, the first.</summary>
    private static IEnumerable<(string Prefix, string Folder, string File)> Segments(DatasetSource source)
    {
        foreach (var path in source.Files)
        {
            if (!path.EndsWith(".parquet", StringComparison.Ordinal) || path.LastIndexOf('/') is not (> 0 and var at)) continue;
            var above = path.LastIndexOf('/', at - 1) + 1;
            if (Array.IndexOf(LabelFolders, path[above..at]) >= 0) yield return (path[..above], path[above..at], path[(at + 1)..]);
        }
    }

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => Task.FromResult(new DatasetFacts
    {
        Title = source.Title,
        Classes = [.. WaymoNames.Classes.Skip(1).Select((name, i) => new ObjectClass(name) { Number = i + 1 })],
    });

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (prefix, _, file) in Segments(source).DistinctBy(s => (s.Prefix, s.File)))
        {
            var split = Array.Find(Parts, p => ("/" + prefix).EndsWith($"/{p}/", StringComparison.Ordinal));
            var segment = new WaymoSegment(source, prefix, file, faults);
            foreach (var frame in segment.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var rig = WaymoSamples.RigOf(frame, file: null);
                yield return WaymoSamples.SceneOf(frame, rig, segment.HasLaserLabels) with { Split = split };
                foreach (var picture in WaymoSamples.PicturesOf(frame, rig)) yield return picture with { Split = split };
            }
        }

        await Task.CompletedTask;
    }
}
