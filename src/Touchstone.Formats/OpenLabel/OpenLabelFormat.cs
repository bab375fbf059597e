using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Annotations.Exports;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.OpenLabel;

/// <summary>ASAM OpenLABEL 1.0.0: one JSON document a scene, clip or picture.</summary>
/// <remarks>Pixels count from the top left corner of the first one. Sections that are not objects with places, and members of objects that are none, are kept as facts and written again as they were.</remarks>
public sealed class OpenLabelFormat : DatasetFormat
{
    private const long FileMaxBytes = 1L << 30;

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "openlabel",
        Name = "OpenLABEL",
        Specification = "ASAM OpenLABEL 1.0.0, concept paper and JSON schema",
        Evidence = Evidence.OtherPrograms,
        Inputs = [InputKind.Image, InputKind.Clip, InputKind.Scene],
        Marks = [MarkKind.Box, MarkKind.RotatedBox, MarkKind.Polygon, MarkKind.Polygons, MarkKind.Polyline, MarkKind.Keypoints, MarkKind.Cuboid],
        Attributes = AttributeSupport.Any,
        OfInput = AnswerParts.Label | AnswerParts.Labels | AnswerParts.Number | AnswerParts.Text,
        Parts = CarriedParts.Scores | CarriedParts.Tracks | CarriedParts.Relations | CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.ObjectIds | CarriedParts.Facts,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var files = Files(source).Take(2).ToList();
        return files.Count == 0 ? [] : [new Recognition(Traits.Id, "", 1, "documents whose top is \"openlabel\"")];
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var file in source.IsFile ? source.Files : [.. Files(source)])
        {
            if (await DocumentAsync(source, file, faults, cancellationToken) is not { } document) continue;
            var sample = new OpenLabelReader(file, faults).Read(document, Path.ChangeExtension(file, null));
            if (!names.Add(sample.Name)) sample = sample with { Name = Path.ChangeExtension(file, null) };
            yield return sample;
        }
    }

    private static async Task<JsonElement?> DocumentAsync(DatasetSource source, string file, FaultLog faults, CancellationToken cancellationToken)
    {
        await using var stream = source.OpenRead(file);
        if (stream.Length > FileMaxBytes)
        {
            faults.Add(file, "", $"the file is longer than {FileMaxBytes} bytes.");
            return null;
        }

        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        var start = bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        try
        {
            if (!JsonText.IsUnicode(bytes.AsSpan(start))) faults.Add(file, "", "a text in it is not Unicode.");
            else if (JsonElement.Parse(bytes.AsSpan(start), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = JsonElements.DepthMax }) is var document && document.Member("openlabel") is { ValueKind: JsonValueKind.Object }) return document;
            else faults.Add(file, "/openlabel", "an object was expected.");
        }
        catch (JsonException fault)
        {
            faults.Add(file, $"line {(fault.LineNumber ?? 0) + 1}", $"this is no JSON ({fault.Message.Split(" LineNumber")[0].TrimEnd('.')}).");
        }

        return null;
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => $"{NameOf(sample)}.json";

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        var written = 0;
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            if (target.OnlyFile is not null && written++ > 0) throw new FileFormatFaultException("OpenLABEL has a file for each input: name a folder.");
            await using var stream = target.OnlyFile is null ? target.Create($"{NameOf(sample)}.json") : target.CreateSingle("");
            await using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            new OpenLabelWriter(sample).Make().WriteTo(json);
        }
    }

    /// <summary>The name as it is where it has no ending of a picture or a film.</summary>
    private static string NameOf(Sample sample) => Path.GetExtension(sample.Name).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png" or ".bmp" or ".webp" or ".mp4" or ".pcd" or ".bin" ? Path.ChangeExtension(sample.Name, null) : sample.Name;

    private static IEnumerable<string> Files(DatasetSource source) => source.Files.Where(f => f.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && source.Beginning(f, 256).TrimStart() is ['{', .. var rest] && rest.TrimStart().StartsWith("\"openlabel\"", StringComparison.Ordinal));
}
