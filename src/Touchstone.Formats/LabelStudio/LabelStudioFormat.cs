using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Annotations.Exports;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.LabelStudio;

/// <summary>Label Studio's JSON: a list of tasks with data, annotations, predictions and drafts.</summary>
/// <remarks>Read and written task by task. Conventions stand with <see cref="LabelStudioRegions"/>, <see cref="LabelStudioVideo"/>, <see cref="LabelStudioAnswers"/> and <see cref="BrushRle"/>.</remarks>
public sealed class LabelStudioFormat : DatasetFormat
{
    private const int FlushBytes = 64 * 1024;

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "label-studio",
        Name = "Label Studio JSON",
        Specification = "labelstud.io: Export annotations, raw JSON format of completed tasks; label-studio-sdk converter",
        Evidence = Evidence.OtherPrograms,
        Inputs = [InputKind.Image, InputKind.Clip, InputKind.Text],
        Marks = [MarkKind.Box, MarkKind.RotatedBox, MarkKind.Polygon, MarkKind.Polyline, MarkKind.Keypoints, MarkKind.Ellipse, MarkKind.Mask, MarkKind.TextSpan],
        Attributes = AttributeSupport.Any,
        OfInput = AnswerParts.Label | AnswerParts.Labels | AnswerParts.Path | AnswerParts.Number | AnswerParts.Text,
        Parts = CarriedParts.Scores | CarriedParts.Tracks | CarriedParts.Keyframes | CarriedParts.Contributors | CarriedParts.Predictions | CarriedParts.Skips | CarriedParts.Times | CarriedParts.Relations
            | CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Classes | CarriedParts.ObjectIds | CarriedParts.Drafts | CarriedParts.Gold | CarriedParts.Reviews | CarriedParts.Facts,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) =>
        [.. Files(source).Take(100).Select(f => new Recognition(Traits.Id, source.IsFile ? "" : f.File, f.Certainty, "a list of tasks with data and annotations, as Label Studio exports it"))];

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) =>
        Task.FromResult(new DatasetFacts { Title = source.Title, Classes = LabelStudioConfig.Classes(source) });

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new LabelStudioTask(source, options, []);
        var files = source.IsFile ? source.Files : [.. Files(source).Select(f => f.File)];
        foreach (var file in files)
        {
            await using var stream = source.OpenRead(file);
            await foreach (var task in JsonElements.ReadAsync(stream, file, faults, cancellationToken))
                foreach (var sample in reader.Read(task.Value, task.Index, new ResultPlace(file, task.Pointer, faults))) yield return sample;
        }
    }

    /// <inheritdoc/>
    public override string? Refusal(Sample sample, FormatOptions options) =>
        sample.Kind == InputKind.Text || sample.Opinions.All(o => o.Objects.All(each => each.Mark is PixelMask or TextSpan)) ? null : RefusalWithoutSize(sample, options);

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        SortedSet<(string, string)> controls = [];
        await using (var stream = target.CreateSingle("tasks.json"))
        {
            await using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            var writer = new LabelStudioTaskWriter(json, options);
            var number = 0L;
            json.WriteStartArray();
            await foreach (var sample in samples.WithCancellation(cancellationToken))
            {
                writer.Write(sample, ++number);
                foreach (var each in sample.Opinions.SelectMany(o => o.Objects)) controls.Add((ControlOf(sample, each), LabelStudioTaskWriter.KeyOf(sample.Kind)));
                if (json.BytesPending > FlushBytes) await json.FlushAsync(cancellationToken);
            }

            json.WriteEndArray();
        }

        if (target.OnlyFile is not null || controls.Count == 0) return;
        await using var config = target.Create(LabelStudioConfig.FileName);
        LabelStudioConfig.Write(config, facts, controls);
    }

    private static string ControlOf(Sample sample, LabelledObject each) =>
        sample.Kind == InputKind.Clip && each.Mark is Outline { Geometry: Box or RotatedBox } ? "videorectangle" : LabelStudioRegionWriter.ShapeOf(each.Mark) + "labels";

    private static IEnumerable<(string File, double Certainty)> Files(DatasetSource source)
    {
        foreach (var file in source.Files)
            if (file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && CertaintyOf(source.Beginning(file, 1 << 16)) is > 0 and var certainty) yield return (file, certainty);
    }

    /// <summary>Names that other formats do not use together.</summary>
    private static double CertaintyOf(string text)
    {
        bool Has(string member) => text.Contains($"\"{member}\"", StringComparison.Ordinal);
        if (text.TrimStart() is not ['[' or '{', ..] || Has("openlabel") || Has("images") && Has("categories")) return 0;
        if (Has("result") && Has("from_name") && Has("to_name") && Has("type")) return 0.98;
        var words = Has("annotations") || Has("completions") || Has("predictions");
        if (!words || !Has("data") || text.TrimStart()[0] != '[') return 0;
        return Has("result") || Has("lead_time") || Has("was_cancelled") ? 0.95 : 0.4;
    }
}
