using System.Globalization;
using Touchstone.Curation.Documents;

namespace Touchstone.Curation.Reading;

/// <summary>
/// Reads web archives (WARC 1.0 and 1.1, ISO 28500), plain or compressed record by record, and their extracts (WET). Documents are responses, resources and conversions of HTML or
/// plain text; requests, metadata and other types of content are passed over. A record whose length is wrong is taken up to where the next one begins, and told.
/// </summary>
/// <param name="parts">Whole files, in order.</param>
/// <param name="options">Limits.</param>
public sealed class WarcReader(IReadOnlyList<SourcePart> parts, ReadOptions options) : BatchReader
{
    private const int HeadBytesMax = 64 * 1024;
    private int _next;
    private long _before;
    private SourcePart _part = null!;
    private SourceFile? _file;
    private ArchiveWindow? _window;
    private List<ReadFault> _faults = [];

    /// <inheritdoc/>
    public override long Position => _before + (_file?.Position ?? 0);

    /// <inheritdoc/>
    public override ReadBatch? Next()
    {
        if (_file is null && _next == parts.Count) return null;
        if (_file is null) Open();
        _faults = [];
        var records = new List<ArchiveRecord>();
        long bytes = 0;
        while (bytes < options.BatchBytes)
        {
            if (!TryReadRecord(records, ref bytes))
            {
                Close();
                break;
            }
        }

        TellStray();
        return new WarcBatch(records, bytes, options, _faults);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _window?.Dispose();
        _file?.Dispose();
        (_window, _file) = (null, null);
        base.Dispose(disposing);
    }

    private void Open()
    {
        _part = parts[_next++];
        _file = SourceFile.Open(_part, options);
        _window = new(_file);
    }

    private void Close()
    {
        if (_window!.Broken is { } broken) Add(_window.Offset + _window.Bytes.Length, ReadFaultCode.BrokenCompression, $"the compressed data cannot be read on: {broken}; what lies behind is lost");
        TellStray();
        Dispose(true);
        _before += _part.Bytes;
    }

    private void TellStray()
    {
        var faults = _faults;
        if (_window is { } window) _file?.TellStray(new(_part.File, 0, window.Offset + window.Bytes.Length), ref faults!);
    }

    private void Add(long offset, string code, string message) => _faults.Add(new(new(_part.File, 0, offset), code, message));

    /// <returns>False at the end of the file.</returns>
    private bool TryReadRecord(List<ArchiveRecord> records, ref long bytes)
    {
        var window = _window!;
        SkipBlankLines();
        if (!window.Ensure(1)) return false;
        var offset = window.Offset;
        window.Ensure("filedesc://".Length);
        if (window.Bytes.StartsWith("filedesc://"u8))
        {
            Add(offset, ReadFaultCode.ArcArchive, "expected a WARC archive, found one of the older ARC format; convert it (warcio recompress, or JWAT's arc2warc) and read that");
            return false;
        }

        if (!window.Bytes.StartsWith("WARC/"u8))
        {
            Add(offset, ReadFaultCode.BrokenRecord, "expected a record that begins with WARC/1, found something else; reading goes on at the next record");
            return SkipToRecord();
        }

        var headLength = HeadLength();
        if (headLength < 0)
        {
            Add(offset, ReadFaultCode.BrokenRecord, $"expected a record's head of at most {HeadBytesMax} bytes that ends with an empty line, found none; reading goes on at the next record");
            window.Advance(5);
            return SkipToRecord();
        }

        var fields = HeaderLines.Fields(window.Bytes[..headLength], out _);
        window.Advance(headLength);
        var place = new DocumentPlace(_part.File, 0, offset);
        if (!fields.TryGetValue("content-length", out var stated) || !long.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            Add(offset, ReadFaultCode.BrokenRecord, $"expected a Content-Length, found {(stated is null ? "none" : $"\"{stated}\"")}; reading goes on at the next record");
            return SkipToRecord();
        }

        return TakeBlock(records, new(place, fields, default), length, ref bytes);
    }

    private bool TakeBlock(List<ArchiveRecord> records, ArchiveRecord record, long length, ref long bytes)
    {
        var window = _window!;
        var isDocument = record.Type is "response" or "resource" or "conversion";
        var end = IsRight(record.Place.Offset, length, isDocument) ? (int)length : -1;
        if (end < 0)
        {
            end = window.FindRecord(options.RecordBytesMax);
            if (end < 0 || end > options.RecordBytesMax) return PassOver(record, length, ref bytes);
            Add(record.Place.Offset, ReadFaultCode.WrongLength, $"expected {length} bytes, found {end} to the next record{(isDocument ? ", which are taken" : "; reading goes on there")}");
        }

        if (isDocument) records.Add(record with { Block = window.Bytes[..end].ToArray() });
        bytes += end;
        window.Advance(end);
        return true;
    }

    /// <summary>Whether a record ends where it states. One that is no document and in which another record begins is taken for one that does not, since it would hide that one; a document may
    /// quote an archive, so it is taken whole and told.</summary>
    private bool IsRight(long offset, long length, bool isDocument)
    {
        if (length > options.RecordBytesMax) return false;
        var window = _window!;
        var isWhole = window.Ensure((int)length);
        window.Ensure((int)length + 4);
        if (!isWhole || !EndsRecord(window.Bytes[(int)length..])) return false;
        var within = ArchiveWindow.IndexOfRecord(window.Bytes[..(int)length]);
        if (within < 0) return true;
        if (isDocument) Add(offset, ReadFaultCode.BrokenRecord, $"expected a record of {length} bytes, found the beginning of another one behind {within} of them; all are taken for one record, since it ends where it states");
        return isDocument;
    }

    /// <summary>Passes over a block that is longer than what is held, or of which nobody can tell the end: up to its stated end or to where the next record begins before.</summary>
    private bool PassOver(ArchiveRecord record, long length, ref long bytes)
    {
        var isTooLong = length > options.RecordBytesMax;
        var passed = _window!.SkipToRecord(isTooLong ? length : long.MaxValue, out var isRecord);
        bytes += passed;
        if (isTooLong && passed == length && EndsRecord(Behind()))
        {
            Add(record.Place.Offset, ReadFaultCode.TooLong, $"expected a record of at most {options.RecordBytesMax} bytes, found one of {length}");
            return true;
        }

        var isBehind = passed == length && !isRecord;
        var found = isRecord ? $"found {passed} to the next record" : isBehind ? "found no end of a record behind them" : $"found {passed} to the end of the file";
        Add(record.Place.Offset, ReadFaultCode.WrongLength, $"expected {length} bytes, {found}: the record is left out{(isRecord || isBehind ? ", and reading goes on at the next one" : "")}");
        return isBehind ? SkipToRecord() : isRecord;
    }

    private ReadOnlySpan<byte> Behind()
    {
        _window!.Ensure(4);
        return _window.Bytes;
    }

    /// <summary>Whether what follows a block is the end of its record: two line ends, then another record or the end of the file.</summary>
    private static bool EndsRecord(ReadOnlySpan<byte> behind) => behind.IsEmpty || behind.StartsWith("\r\n\r\n"u8) || behind.StartsWith("\n\n"u8) || behind.SequenceEqual("\r\n"u8) || behind.SequenceEqual("\n"u8);

    private void SkipBlankLines()
    {
        while (_window!.Ensure(1) && _window.Bytes[0] is (byte)'\r' or (byte)'\n') _window.Advance(1);
    }

    private int HeadLength()
    {
        while (true)
        {
            var length = HeaderLines.Length(_window!.Bytes[..Math.Min(HeadBytesMax, _window.Bytes.Length)]);
            if (length >= 0 || _window.Bytes.Length >= HeadBytesMax || !_window.More()) return length;
        }
    }

    /// <summary>Passes over everything up to a line that begins a record.</summary>
    /// <returns>False where none follows.</returns>
    private bool SkipToRecord()
    {
        _window!.SkipToRecord(long.MaxValue, out var isRecord);
        return isRecord;
    }
}
