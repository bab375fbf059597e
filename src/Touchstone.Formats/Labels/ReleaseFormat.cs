using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Interchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Labels;

/// <summary>The labels of a release, <c>labels.ndjson</c>; they are read, and written only when a release is made.</summary>
/// <remarks>
/// Answers that are lists of shapes become objects, with the confidence of each shape as its score; all others become answers about the picture, where several paths of a taxonomy
/// are their steps with <c>/</c> between them. What the answers rest on (origin, confidence, lineage) is kept as facts and not looked into.
/// </remarks>
public sealed class ReleaseFormat : DatasetFormat
{
    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "touchstone-release",
        Name = "Touchstone release",
        Specification = "Touchstone: labels.ndjson of a release",
        Evidence = Evidence.Specification,
        Writes = false,
        Marks = [MarkKind.Box, MarkKind.RotatedBox, MarkKind.Polygon, MarkKind.Polyline, MarkKind.Keypoints],
        Attributes = AttributeSupport.Any,
        OfInput = Annotations.Exports.AnswerParts.Label | Annotations.Exports.AnswerParts.Labels | Annotations.Exports.AnswerParts.Path | Annotations.Exports.AnswerParts.Number | Annotations.Exports.AnswerParts.Text,
        Parts = CarriedParts.Scores | CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.ObjectIds | CarriedParts.Gold | CarriedParts.Reviews | CarriedParts.Facts,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) => [.. Files(source).Select(f => new Recognition(Traits.Id, source.IsFile ? "" : f, 0.98, "lines with a task, its image and the lineage of its answers"))];

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in source.IsFile ? source.Files : [.. Files(source)])
        {
            await using var stream = source.OpenRead(file);
            await foreach (var line in LabelsReader.ReadAsync(stream, cancellationToken))
            {
                if (line.Fault is { } fault) faults.Add(file, fault.Pointer, fault.Message);
                else if (!JsonText.IsUnicode(JsonMarshal.GetRawUtf8Value(line.Label!.Answers))) faults.Add(file, $"line {line.Number} /answers", "a text in it is not Unicode.");
                else if (!IsFinite(line.Label)) faults.Add(file, $"line {line.Number} /confidence", "a confidence is a number in [0, 1].");
                else yield return SampleOf(line.Label, new JsonPlace(file, $"line {line.Number} ", "/answers", faults));
            }
        }
    }

    private static bool IsFinite(LabelRecord label) =>
        label.Confidence.All(c => double.IsFinite(c.Value ?? 0) && (c.Shapes ?? []).All(s => double.IsFinite(s.Value ?? 0)));

    private static Sample SampleOf(LabelRecord label, JsonPlace place)
    {
        List<LabelledObject> objects = [];
        Dictionary<string, JsonElement> answers = new(StringComparer.Ordinal);
        foreach (var answer in ((JsonElement?)label.Answers).Members())
        {
            var confidence = label.Confidence.FirstOrDefault(c => c.Question == answer.Name)?.Shapes;
            if (confidence is null && !IsShapes(answer.Value)) answers[answer.Name] = Answer(answer.Value);
            else AddObjects(answer.Value, confidence ?? [], place.Below(answer.Name), objects);
        }

        return new Sample
        {
            Name = label.Image.FileName,
            WidthPx = label.Image.Width,
            HeightPx = label.Image.Height,
            Opinions = [new Opinion { Kind = label.Origin == LabelOrigin.Gold ? OpinionKind.Gold : OpinionKind.Annotation, Review = label.Review?.Decision switch { ReviewDecision.Accepted => "accepted", ReviewDecision.Edited => "edited", _ => null }, Objects = objects, Answers = answers.Count == 0 ? Sample.Empty : answers }],
            Facts = Facts(label),
        };
    }

    private static bool IsShapes(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(s => s.Text("class") is not null);

    private static void AddObjects(JsonElement shapes, IReadOnlyList<ShapeConfidence> confidence, JsonPlace place, List<LabelledObject> objects)
    {
        var index = 0;
        foreach (var shape in shapes.ValueKind == JsonValueKind.Array ? shapes.EnumerateArray() : default)
        {
            var at = place.Below(index++);
            if (shape.Text("class") is not { } name) at.Below("class").Tell($"a shape has a class; {shape.Member("class").Found()} found.");
            else if (MarkJson.Read(shape, at) is { } mark)
            {
                var id = shape.Text("id");
                objects.Add(new LabelledObject(name, mark) { Id = id, Score = confidence.FirstOrDefault(c => c.Shape == id)?.Value, Attributes = shape.Member("attributes").Values() });
            }
        }
    }

    /// <summary>Several paths of a taxonomy become texts; everything else stands as it is.</summary>
    private static JsonElement Answer(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(p => p.ValueKind == JsonValueKind.Array)
            ? JsonFields.Of([.. value.EnumerateArray().Select(p => string.Join('/', p.EnumerateArray().Select(s => s.ToString())))])
            : value;

    private static Dictionary<string, JsonElement> Facts(LabelRecord label)
    {
        var all = JsonSerializer.SerializeToElement(label, LabelJson.Shared.LabelRecord);
        Dictionary<string, JsonElement> facts = new(StringComparer.Ordinal);
        foreach (var member in ((JsonElement?)all).Members())
            if (member.Name is not ("answers" or "review" or "image")) facts[member.Name] = member.Value;
        foreach (var member in all.Member("image").Members())
            if (member.Name is not ("file_name" or "width" or "height")) facts[member.Name] = member.Value;
        return facts;
    }

    private static IEnumerable<string> Files(DatasetSource source) => source.Files.Where(f =>
        f.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) && source.Beginning(f) is var text && text.StartsWith("{\"task\":", StringComparison.Ordinal) && text.Contains("\"image\":", StringComparison.Ordinal));
}
