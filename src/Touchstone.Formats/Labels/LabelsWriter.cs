using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Touchstone.Formats.Labels;

/// <summary>Writes <c>labels.ndjson</c>: one record a line, the same bytes for the same records.</summary>
/// <param name="output">Where to; it stays open.</param>
public sealed class LabelsWriter(Stream output) : IAsyncDisposable
{
    private const int FlushBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushBytes + 4096);

    /// <summary>Lines written so far.</summary>
    public long LineCount { get; private set; }

    /// <summary>Writes one line. Confidences are rounded to four decimals.</summary>
    public async ValueTask WriteAsync(LabelRecord label, CancellationToken cancellationToken = default)
    {
        using (var json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            JsonSerializer.Serialize(json, Rounded(label), LabelJson.Shared.LabelRecord);
        _buffer.Write("\n"u8);
        LineCount++;
        if (_buffer.WrittenCount > FlushBytes) await FlushAsync(cancellationToken);
    }

    /// <summary>Passes on what is buffered.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken = default)
    {
        await output.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        _buffer.ResetWrittenCount();
    }

    /// <summary>Passes on what is buffered.</summary>
    public ValueTask DisposeAsync() => FlushAsync();

    private static LabelRecord Rounded(LabelRecord label) => label with
    {
        Confidence = [.. label.Confidence.Select(c => c with
        {
            Value = Rounded(c.Value),
            Shapes = c.Shapes is null ? null : [.. c.Shapes.Select(s => s with { Value = Rounded(s.Value) })],
        })],
    };

    private static double? Rounded(double? value) => value is { } v ? Math.Round(v, 4) + 0.0 : null;
}
