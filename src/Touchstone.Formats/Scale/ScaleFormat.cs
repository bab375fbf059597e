using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Annotations.Exports;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Scale;

/// <summary>Scale AI's tasks with their responses: images, videos and LiDAR; one task, a list, or one a line. The list of frames that a LiDAR or video response names is read by itself too.</summary>
public sealed class ScaleFormat : DatasetFormat
{
    private const int LineMaxBytes = 1 << 28;
    private const int FlushBytes = 64 * 1024;

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "scale",
        Name = "Scale tasks",
        Specification = "docs.scale.com: image, video and LiDAR annotation, task and callback formats",
        Evidence = Evidence.Specification,
        Inputs = [InputKind.Image, InputKind.Clip, InputKind.Scene],
        Marks = [MarkKind.Box, MarkKind.RotatedBox, MarkKind.Polygon, MarkKind.Polyline, MarkKind.Keypoints, MarkKind.Ellipse, MarkKind.Cuboid],
        Attributes = AttributeSupport.Any,
        HasPredictionBesideLabels = true,
        OfInput = AnswerParts.Label | AnswerParts.Labels | AnswerParts.Path | AnswerParts.Number | AnswerParts.Text,
        Parts = CarriedParts.Predictions | CarriedParts.Tracks | CarriedParts.EmptySamples | CarriedParts.ObjectIds | CarriedParts.Facts,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) =>
        [.. Files(source).Take(100).Select(f => new Recognition(Traits.Id, source.IsFile ? "" : f, 0.95, "tasks with a task_id and a response, or frames with cuboids"))];

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in source.IsFile ? source.Files : [.. Files(source)])
        {
            List<LabelledObject> objects = [];
            var frames = 0;
            await foreach (var (value, index, place) in ValuesAsync(source, file, faults, cancellationToken))
            {
                if (value.Member("task_id") is null && value.Member("task") is null && (value.Member("cuboids") ?? value.Member("annotations")) is not null)
                    objects.AddRange(ScaleTask.Annotations(value, frames++, place));
                else if (ScaleTask.Read(value, index, place) is { } sample) yield return sample;
            }

            if (frames > 0) yield return ScaleTask.OfFrames(Path.ChangeExtension(file, null), frames, objects);
        }
    }

    private static async IAsyncEnumerable<(JsonElement Value, int Index, JsonPlace Place)> ValuesAsync(DatasetSource source, string file, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (IsLines(source, file))
        {
            await foreach (var (number, line) in NdjsonElements.ReadAsync(source, file, LineMaxBytes, faults, cancellationToken)) yield return (line, (int)number, new JsonPlace(file, $"line {number} ", "", faults));
            yield break;
        }

        await using var stream = source.OpenRead(file);
        await foreach (var element in JsonElements.ReadAsync(stream, file, faults, cancellationToken)) yield return (element.Value, element.Index, new JsonPlace(file, "", element.Pointer, faults));
    }

    private static bool IsLines(DatasetSource source, string file) =>
        !file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || source.Beginning(file, 1 << 16) is var text && text.StartsWith('{') && (text.Contains("}\n{", StringComparison.Ordinal) || text.Contains("}\r\n{", StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string? Refusal(Sample sample, FormatOptions options) => ScaleTask.Refusal(sample);

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        await using var stream = target.CreateSingle("tasks.json");
        await using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var number = 0L;
        json.WriteStartArray();
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            ScaleTask.Write(json, sample, ++number);
            if (json.BytesPending > FlushBytes) await json.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
    }

    private static IEnumerable<string> Files(DatasetSource source) => source.Files.Where(f => Path.GetExtension(f).ToLowerInvariant() is ".json" or ".jsonl" or ".ndjson" && IsTasks(source.Beginning(f, 1 << 16)));

    private static bool IsTasks(string text)
    {
        bool Has(string member) => text.Contains($"\"{member}\"", StringComparison.Ordinal);
        return Has("task_id") && (Has("response") || Has("params")) && !Has("from_name") || Has("cuboids") && Has("dimensions") && Has("yaw") && text.TrimStart().StartsWith('[');
    }
}
