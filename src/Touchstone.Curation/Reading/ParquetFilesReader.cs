using System.Buffers;
using System.Text.Json;
using Touchstone.Curation.Documents;
using Touchstone.Files.Parquet;

namespace Touchstone.Curation.Reading;

/// <summary>Reads Parquet files. Every column travels with the document as a member of its record: times and UUIDs as text, bytes as base64.</summary>
/// <param name="parts">Whole files, in order.</param>
/// <param name="options">Names of the columns and limits.</param>
public sealed class ParquetFilesReader(IReadOnlyList<SourcePart> parts, ReadOptions options) : BatchReader
{
    private int _next;
    private long _before;
    private SourcePart _part = null!;
    private Stream? _file;
    private IEnumerator<ParquetRow>? _rows;
    private long _row;

    /// <inheritdoc/>
    public override long Position => _before + (_file is null ? 0 : Math.Min(_file.Position, _part.Bytes));

    /// <inheritdoc/>
    public override ReadBatch? Next()
    {
        if (_file is null && _next == parts.Count) return null;
        List<ReadFault>? faults = null;
        var bytes = new ArrayBufferWriter<byte>(options.BatchBytes);
        var rows = new List<(Range, DocumentPlace)>();
        try
        {
            if (_file is null) Open();
            ReadRows(bytes, rows);
        }
        catch (ParquetFormatException broken)
        {
            (faults = []).Add(new(new(_part.File, _row, 0), ReadFaultCode.BrokenTable, $"{broken.Message}; rows from {_row} on are not read"));
            Close();
        }

        return new RecordsBatch(bytes.WrittenMemory, rows, options, faults);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _rows?.Dispose();
        _file?.Dispose();
        (_rows, _file) = (null, null);
        base.Dispose(disposing);
    }

    private void Open()
    {
        _part = parts[_next++];
        _row = 1;
        _file = SourceFile.OpenStored(_part, options);
        var reader = ParquetReader.Open(_file, _part.File);
        if (!reader.Schema.Fields.Any(f => f.Name == options.TextName))
            throw new ParquetFormatException(_part.File, default, $"expected a column {options.TextName}, found {string.Join(", ", reader.Schema.Fields.Take(50).Select(f => f.Name))}");
        _rows = reader.ReadRows().GetEnumerator();
    }

    private void Close()
    {
        Dispose(true);
        _before += _part.Bytes;
    }

    private void ReadRows(ArrayBufferWriter<byte> bytes, List<(Range, DocumentPlace)> rows)
    {
        using var json = new Utf8JsonWriter(bytes, JsonText.Raw);
        while (bytes.WrittenCount < options.BatchBytes)
        {
            if (!_rows!.MoveNext())
            {
                Close();
                return;
            }

            var start = bytes.WrittenCount;
            json.Reset();
            _rows.Current.WriteTo(json);
            json.Flush();
            rows.Add((start..bytes.WrittenCount, new(_part.File, _row++, 0)));
        }
    }
}
