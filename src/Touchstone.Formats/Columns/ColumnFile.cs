using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Files.Lines;
using Touchstone.Files.Parquet;

namespace Touchstone.Formats.Columns;

/// <summary>Writes rows of JSON as a Parquet file. Its columns are known once all rows were seen: until then they wait in a file beside it, so that memory does not grow with them.</summary>
/// <remarks>
/// As Hugging Face's data sets have them: lists of objects (<c>messages</c>) are lists of structs, a member that an object lacks is null. Values of several kinds in one place (a text here, a list there) are JSON in a text, which is marked as such.
/// </remarks>
internal sealed class ColumnFile : IDisposable
{
    private const int RowGroupBytesMax = 32 << 20;
    private const int RowBytesMax = 1 << 30;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1_000 };

    private readonly FileStream _target;
    private readonly string _name;
    private readonly FileStream _waiting;
    private readonly ArrayBufferWriter<byte> _row = new();
    private readonly ColumnShape _shape = new();
    private readonly Utf8JsonWriter _json;

    /// <summary>Begins a file.</summary>
    /// <param name="target">Where to; it is closed at the end.</param>
    /// <param name="name">The file's name, for messages.</param>
    public ColumnFile(FileStream target, string name)
    {
        (_target, _name) = (target, name);
        _json = new Utf8JsonWriter(_row, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _waiting = new FileStream($"{target.Name}.{Guid.NewGuid():N}.rows", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
    }

    /// <summary>Takes a row.</summary>
    /// <param name="write">Writes the one object.</param>
    /// <exception cref="FileFormatFaultException">It has a member without a name, or more members than a file has columns.</exception>
    public void Write(Action<Utf8JsonWriter> write)
    {
        _row.ResetWrittenCount();
        _json.Reset();
        write(_json);
        _json.Flush();
        _shape.Add(JsonElement.Parse(_row.WrittenSpan, Deep));
        if (_shape.Kind != ColumnKind.Struct) throw new FileFormatFaultException($"{_name}: a row has a member without a name, or rows have more than 1,000 different ones: they cannot be columns. Write lines of JSON.");
        _waiting.Write(_row.WrittenSpan);
        _waiting.WriteByte((byte)'\n');
    }

    /// <summary>Writes the file.</summary>
    /// <param name="columns">Columns that a file without rows has.</param>
    public async Task FinishAsync(IReadOnlyList<string> columns)
    {
        if (_shape.Members.Count == 0)
            foreach (var column in columns.Count > 0 ? columns : ["row"]) _shape.Members.Add(column, new ColumnShape());
        var shapes = _shape.Members.Values.ToArray();
        var places = _shape.Members.Keys.Select((name, place) => (name, place)).ToDictionary(m => m.name, m => m.place, StringComparer.Ordinal);
        var writer = new ParquetWriter(_target, new ParquetSchema([.. _shape.Members.Select(m => m.Value.ToField(m.Key))]), ParquetWriterOptions.Default with { RowGroupBytesMax = RowGroupBytesMax });
        var values = new object?[shapes.Length];
        _waiting.Position = 0;
        await foreach (var line in NdjsonReader.ReadAsync(_waiting, RowBytesMax, CancellationToken.None))
        {
            Array.Clear(values);
            foreach (var member in JsonElement.Parse(line.Bytes.Span, Deep).EnumerateObject()) values[places[member.Name]] = shapes[places[member.Name]].ToValue(member.Value);
            writer.WriteRow(values.AsSpan());
        }

        writer.Finish();
    }

    public void Dispose()
    {
        _json.Dispose();
        _waiting.Dispose();
        _target.Dispose();
    }
}
