using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Annotations.Exports;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Interchange;

/// <summary>Touchstone's own form: everything that a <see cref="Sample"/> can say, one a line, after a line with the classes. Nothing is lost by it.</summary>
public sealed class InterchangeFormat : DatasetFormat
{
    private const int LineMaxBytes = RowFiles.LineMaxBytes;

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "touchstone",
        Name = "Touchstone NDJSON",
        Specification = "Touchstone: Sample and its parts in snake_case, one a line",
        Evidence = Evidence.OwnFiles,
        Inputs = Enum.GetValues<InputKind>(),
        Marks = Enum.GetValues<MarkKind>(),
        Attributes = AttributeSupport.Any,
        OfInput = AnswerParts.Shapes | AnswerParts.Label | AnswerParts.Labels | AnswerParts.Path | AnswerParts.Number | AnswerParts.Text,
        Parts = Enum.GetValues<CarriedParts>().Aggregate((all, part) => all | part),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) => [.. Files(source).Select(f => new Recognition(Traits.Id, source.IsFile ? "" : f, 1, "its first line says so"))];

    /// <inheritdoc/>
    public override async Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken)
    {
        foreach (var file in Files(source).Take(1))
            await foreach (var (_, line) in NdjsonElements.ReadAsync(source, file, LineMaxBytes, new FaultLog(), cancellationToken, RowFiles.OwnDepthMax)) return SampleJsonReader.Facts(line);
        return new DatasetFacts { Title = source.Title };
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in source.IsFile ? source.Files : [.. Files(source)])
        {
            await foreach (var (number, line) in NdjsonElements.ReadAsync(source, file, LineMaxBytes, faults, cancellationToken, RowFiles.OwnDepthMax))
                if (!(number == 1 && SampleJsonReader.IsFacts(line)) && SampleJsonReader.Read(line, new JsonPlace(file, $"line {number} ", "", faults)) is { } sample) yield return sample;
        }
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        await using var stream = target.CreateSingle("samples.ndjson");
        await using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        SampleJsonWriter.Write(json, facts);
        EndLine();
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            SampleJsonWriter.Write(json, sample);
            EndLine();
        }

        void EndLine()
        {
            json.Flush();
            stream.WriteByte((byte)'\n');
            json.Reset();
        }
    }

    private static IEnumerable<string> Files(DatasetSource source) => source.Files.Where(f =>
        (f.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || f.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)) && source.Beginning(f, 64).StartsWith("{\"touchstone\":", StringComparison.Ordinal));
}
