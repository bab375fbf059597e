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
        if (length > options.RecordBytesMax)
        {
            if (isDocument) Add(record.Place.Offset, ReadFaultCode.TooLong, $"expected a record of at most {options.RecordBytesMax} bytes, found one of {length}");
            var skipped = window.Skip(length);
            bytes += skipped;
            if (skipped < length) Add(record.Place.Offset, ReadFaultCode.WrongLength, $"expected {length} bytes, the file ends after {skipped}");
            return skipped == length;
        }

        var isWhole = window.Ensure((int)length);
        window.Ensure((int)length + 4);
        var end = (int)length;
        if (!isWhole || !EndsRecord(window.Bytes[end..]))
        {
            end = NextRecord(window.Bytes);
            var found = end < 0 ? window.Bytes.Length : end;
            Add(record.Place.Offset, ReadFaultCode.WrongLength, $"expected {length} bytes, found {found}{(end < 0 ? " to the end of the file: the record is left out" : " to the next record, which are taken")}");
            if (end < 0)
            {
                if (isWhole) return SkipBehind((int)length);
                window.Advance(found);
                return false;
            }
        }

        if (isDocument) records.Add(record with { Block = window.Bytes[..end].ToArray() });
        bytes += end;
        window.Advance(end);
        return true;
    }

    /// <summary>Goes on behind a block that something unknown follows.</summary>
    private bool SkipBehind(int length)
    {
        _window!.Advance(length);
        return SkipToRecord();
    }

    /// <summary>Whether what follows a block is the end of its record: two line ends, then another record or the end of the file.</summary>
    private static bool EndsRecord(ReadOnlySpan<byte> behind) => behind.IsEmpty || behind.StartsWith("\r\n\r\n"u8) || behind.StartsWith("\n\n"u8) || behind.SequenceEqual("\r\n"u8) || behind.SequenceEqual("\n"u8);

    /// <summary>Bytes of the block up to the line ends before the next record; -1 where none is in sight.</summary>
    private static int NextRecord(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf("\r\n\r\nWARC/1."u8);
        return at >= 0 ? at : bytes.IndexOf("\n\nWARC/1."u8);
    }

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
    private bool SkipToRecord()
    {
        var window = _window!;
        while (window.Ensure(8) || window.Bytes.Length > 0)
        {
            var at = window.Bytes.IndexOf("\nWARC/1."u8);
            if (at >= 0)
            {
                window.Advance(at + 1);
                return true;
            }

            if (window.Bytes.Length < 8) return false;
            window.Advance(window.Bytes.Length - 7);
            if (!window.More()) return false;
        }

        return false;
    }
}
