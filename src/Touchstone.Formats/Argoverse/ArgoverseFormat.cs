using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Argoverse;

/// <summary>Argoverse 2's sensor dataset: a folder a log, with <c>annotations.feather</c>, poses, calibrations, sweeps and pictures.</summary>
/// <remarks>
/// Each sweep is a sample, named by its file. Cuboids are in the vehicle's frame (x ahead, y left, z up), in which the data set gives its sweeps too: that is the frame <c>lidar</c> here, of the sensor <c>lidar</c>, which joins the returns of both LiDARs. The city's frame is the
/// world. Cameras stand where the vehicle was when their nearest picture was taken, at most 25 ms away. Pictures are undistorted, so the coefficients of lenses in the calibration are not of them and are not kept; they are written as 0. Cuboids with scores are predictions.
/// Written are annotations, poses and calibrations; sweeps and pictures stay where they are. A sample without a moment in nanoseconds, neither as the fact <c>timestamp_ns</c> nor as its file's name, has its position in its log for one.
/// </remarks>
public sealed class ArgoverseFormat : DatasetFormat
{
    /// <summary>The fact with a sweep's moment, nanoseconds.</summary>
    public const string TimeFact = "timestamp_ns";

    internal const string PointCount = "num_interior_pts";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "argoverse2",
        Name = "Argoverse 2 sensor dataset",
        Specification = "Argoverse 2 API (github.com/argoverse/av2-api), guide/src/datasets/sensor.md",
        Evidence = Evidence.OwnFiles,
        Inputs = [InputKind.Scene],
        Marks = [MarkKind.Cuboid],
        Attributes = AttributeSupport.Only(PointCount),
        Parts = CarriedParts.Tracks | CarriedParts.Scores | CarriedParts.Predictions | CarriedParts.Splits,
        Facts = [SensorRig.FactName, TimeFact],
        Streams = false,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        if (ArgoverseFiles.Of(source) is not [var first, ..] || !first.HasAnnotations && !first.HasPoses) return [];
        var file = first.Folder + (first.HasPoses ? ArgoverseFiles.Poses : ArgoverseFiles.Annotations);
        return [new Recognition(Traits.Id, "", first.HasPoses ? 0.99 : 0.9, file)];
    }

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => Task.FromResult(new DatasetFacts { Title = source.Title });

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var files in ArgoverseFiles.Of(source))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var log = ArgoverseLog.Read(source, files, faults);
            foreach (var time in files.SweepTimes.Union(log.Objects.Keys).Order())
            {
                var objects = log.Objects.GetValueOrDefault(time) ?? [];
                yield return new Sample
                {
                    Name = $"{files.Folder}{ArgoverseFiles.Sweeps}{time.ToString(CultureInfo.InvariantCulture)}.feather",
                    Kind = InputKind.Scene,
                    Scene = files.Scene.Length > 0 ? files.Scene : source.Title,
                    Split = files.Split,
                    Opinions = log.IsLabelled ? [new Opinion { Kind = log.IsScored ? OpinionKind.Prediction : OpinionKind.Annotation, Objects = objects }] : [],
                    Facts = new Dictionary<string, JsonElement> { [SensorRig.FactName] = log.RigAt(time).ToFact(), [TimeFact] = JsonValues.Of(time) },
                };
            }
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override string? Refusal(Sample sample, FormatOptions options) =>
        sample.Split is { } split && Array.IndexOf(ArgoverseFiles.Splits, split) < 0 ? $"the part \"{split}\"; Argoverse 2 has {string.Join(", ", ArgoverseFiles.Splits)}." : null;

    /// <inheritdoc/>
    public override string? Refusal(LabelledObject each, Sample sample) => SensorRig.Of(sample).Bring((Cuboid)each.Mark, SensorRig.LidarFrame) is null
        ? $"a cuboid in the frame \"{((Cuboid)each.Mark).Frame}\"; Argoverse 2's are in the vehicle's, and the sample's sensors do not say how it stands to that."
        : null;

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        Dictionary<string, ArgoverseWriter> logs = new(StringComparer.Ordinal);
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            if (sample.Split is { } split && Array.IndexOf(ArgoverseFiles.Splits, split) < 0) throw new FileFormatFaultException($"{sample.Name}: the part \"{split}\"; Argoverse 2 has {string.Join(", ", ArgoverseFiles.Splits)}.");
            var folder = (sample.Split is { } part ? part + "/" : "") + (sample.Scene is { Length: > 0 } scene ? scene.Trim('/') : "log") + "/";
            if (!logs.TryGetValue(folder, out var log)) logs.Add(folder, log = new ArgoverseWriter());
            log.Add(sample);
        }

        foreach (var (folder, log) in logs) log.Write(target, folder);
    }
}
