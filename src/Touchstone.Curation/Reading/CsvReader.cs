using System.Buffers;
using System.Text;
using System.Text.Json;
using Touchstone.Curation.Documents;
using Touchstone.Files.Tables;

namespace Touchstone.Curation.Reading;

/// <summary>
/// Reads CSV files with a header line (RFC 4180), plain or compressed. Every column travels with the document as a member of its record. A row that is broken is told
/// with file, line and its first byte and left out. A quote that is not closed ends the reading of its file, since where the next row begins cannot be known.
/// </summary>
/// <param name="parts">Whole files, in order.</param>
/// <param name="options">Names of the columns and limits.</param>
public sealed class CsvReader(IReadOnlyList<SourcePart> parts, ReadOptions options) : BatchReader
{
    private const int FaultsMax = 1000;      // of a batch, which is small where nothing but faults is found
    private int _next;
    private long _before;
    private SourcePart _part = null!;
    private Stream? _file;
    private Stream? _content;
    private TableReader? _table;
    private JsonEncodedText[] _names = [];
    private List<ReadFault>? _faults;

    /// <inheritdoc/>
    public override long Position => _before + (_file?.Position ?? 0);

    /// <inheritdoc/>
    public override ReadBatch? Next()
    {
        if (_file is null && _next == parts.Count) return null;
        _faults = null;
        var bytes = new ArrayBufferWriter<byte>(options.BatchBytes);
        var rows = new List<(Range, DocumentPlace)>();
        try
        {
            if (_file is null) Open();
            ReadRows(bytes, rows);
        }
        catch (TableFormatException broken)
        {
            Tell(broken, 0, "the file is not read");
            Close();
        }
        catch (InvalidDataException broken)
        {
            (_faults ??= []).Add(new(new(_part.File, _table?.Line ?? 0, _table?.Offset ?? 0), ReadFaultCode.BrokenCompression, $"the compressed data cannot be read on: {broken.Message}; what lies behind is lost"));
            Close();
        }

        SourceFile.TellStray(_content, new(_part.File, _table?.Line ?? 0, _table?.Offset ?? 0), ref _faults);
        return new RecordsBatch(bytes.WrittenMemory, rows, options, _faults);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _table?.Dispose();
        _content?.Dispose();
        _file?.Dispose();
        (_table, _content, _file) = (null, null, null);
        base.Dispose(disposing);
    }

    private void Open()
    {
        _part = parts[_next++];
        (_file, _content) = SourceFile.OpenStream(_part, options);
        _table = TableReader.Open(_content, _part.File);
        _table.Require(options.TextName);
        _names = [.. _table.Header.Select(h => JsonEncodedText.Encode(h))];
    }

    private void Close()
    {
        SourceFile.TellStray(_content, new(_part.File, _table?.Line ?? 0, _table?.Offset ?? 0), ref _faults);
        Dispose(true);
        _before += _part.Bytes;
    }

    private void ReadRows(ArrayBufferWriter<byte> bytes, List<(Range, DocumentPlace)> rows)
    {
        var table = _table!;
        using var json = new Utf8JsonWriter(bytes, JsonText.Raw);
        while (bytes.WrittenCount < options.BatchBytes && (_faults?.Count ?? 0) < FaultsMax)
        {
            try
            {
                if (!table.Read())
                {
                    Close();
                    return;
                }

                var start = bytes.WrittenCount;
                json.Reset();
                WriteRow(json, table);
                rows.Add((start..bytes.WrittenCount, new(_part.File, table.Line, table.Offset)));
            }
            catch (TableFormatException broken) when (table.TrySkipBroken())
            {
                Tell(broken, table.Offset, "the row is left out");
            }
            catch (TableFormatException broken)
            {
                Tell(broken, table.Offset, $"the {table.SkipRest()} bytes from line {table.Line} to the end of the file are not read");
                Close();
                return;
            }
        }
    }

    private void Tell(TableFormatException broken, long offset, string outcome) =>
        (_faults ??= []).Add(new(new(_part.File, broken.Line, offset), ReadFaultCode.BrokenTable, $"{broken.Message}; {outcome}"));

    private void WriteRow(Utf8JsonWriter json, TableReader table)
    {
        json.WriteStartObject();
        for (var column = 0; column < _names.Length; column++)
        {
            json.WritePropertyName(_names[column]);
            WriteField(json, table[column]);
        }

        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteField(Utf8JsonWriter json, ReadOnlySpan<byte> field)
    {
        if (System.Text.Unicode.Utf8.IsValid(field)) json.WriteStringValue(field);
        else json.WriteRawValue(InvalidText(field), skipInputValidation: true);   // so that the record is told as one that is no UTF-8
    }

    private static byte[] InvalidText(ReadOnlySpan<byte> field)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(field[at..], out _, out var length) == OperationStatus.Done) at += length;
        return [(byte)'"', field[at], (byte)'"'];
    }
}
