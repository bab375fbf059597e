using System.Buffers;
using Touchstone.Curation.Documents;

namespace Touchstone.Curation.Reading;

/// <summary>
/// Reads files of one JSON object a line, plain or compressed, in batches of whole lines. Only line ends are looked for here, so that one thread feeds many workers from one file.
/// </summary>
/// <param name="parts">Files and ranges, in order.</param>
/// <param name="options">Limits and names.</param>
public sealed class JsonLinesReader(IReadOnlyList<SourcePart> parts, ReadOptions options) : BatchReader
{
    private readonly int _lineBytesMax = options.RecordBytesMax;
    private int _next;
    private long _before;
    private SourceFile? _file;
    private SourcePart _part = null!;
    private byte[] _buffer = [];
    private int _count;
    private long _offset;
    private long _line;
    private bool _isEnd;

    /// <inheritdoc/>
    public override long Position => _before + (_file is null ? 0 : Math.Max(0, Math.Min(_file.Position, _part.End) - _part.Start));

    /// <inheritdoc/>
    public override ReadBatch? Next()
    {
        while (true)
        {
            if (_file is null && !OpenNext()) return null;
            if (ReadLines() is { } batch) return batch;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _file?.Dispose();
        _file = null;
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        base.Dispose(disposing);
    }

    private bool OpenNext()
    {
        if (_next == parts.Count) return false;
        _part = parts[_next++];
        _file = SourceFile.Open(_part, options);
        if (_buffer.Length == 0) _buffer = ArrayPool<byte>.Shared.Rent(options.BatchBytes);
        (_count, _offset, _line, _isEnd) = (0, 0, 1, false);
        if (_part.Start == 0) return true;
        _file.Seek(_offset = _part.Start - 1);
        _line = 0;                                   // the lines before are not counted
        SkipLine();
        return true;
    }

    private void Close()
    {
        _file!.Dispose();
        _file = null;
        _before += _part.End - _part.Start;
    }

    /// <summary>A batch of the lines that fit; null at the file's end.</summary>
    private JsonLinesBatch? ReadLines()
    {
        List<ReadFault>? faults = null;
        while (true)
        {
            if (!_part.IsWhole && _offset >= _part.End) (_isEnd, _count) = (true, 0);
            if (!_isEnd) Fill(ref faults);
            var length = LinesLength();
            if (length > 0 || faults is not null || _isEnd) return Take(length, faults);
            if (_count > _lineBytesMax)
            {
                faults = [new(new(_part.File, _line, _offset), ReadFaultCode.TooLong, $"expected a line of at most {_lineBytesMax} bytes, found a longer one")];
                _offset += _count;
                _count = 0;
                if (SkipLine() is { } broken) faults.Add(new(new(_part.File, 0, _offset), ReadFaultCode.BrokenCompression, $"the compressed data cannot be read on: {broken}; what lies behind is lost"));
            }
        }
    }

    private void Fill(ref List<ReadFault>? faults)
    {
        var room = Room();
        if (_buffer.Length < _count + room) Grow(_count + room);
        var got = _file!.Fill(_buffer.AsSpan(_count, room), out var broken);
        _count += got;
        _isEnd = got < room;
        if (broken is null) return;
        var place = new DocumentPlace(_part.File, 0, _offset + _count);
        (faults ??= []).Add(new(place, ReadFaultCode.BrokenCompression, $"the compressed data cannot be read on: {broken}; what lies behind is lost"));
        _count = _buffer.AsSpan(0, _count).LastIndexOf((byte)'\n') + 1;      // a line that is cut is no record
    }

    /// <summary>Bytes to read at once: pooled buffers may be larger than asked for, which must not move the ends of batches.</summary>
    private int Room()
    {
        var size = options.BatchBytes;
        while (size <= _count) size *= 2;
        return size - _count;
    }

    /// <summary>Bytes of whole lines in the buffer that belong to the part.</summary>
    private int LinesLength()
    {
        var bytes = _buffer.AsSpan(0, _count);
        if (!_part.IsWhole && _offset < _part.End && _offset + _count >= _part.End)
        {
            // The last line is the one that holds the range's last byte.
            var last = (int)(_part.End - 1 - _offset);
            var end = bytes[last..].IndexOf((byte)'\n');
            if (end >= 0)
            {
                _isEnd = true;
                _count = last + end + 1;
                return _count;
            }
        }

        return _isEnd ? _count : bytes.LastIndexOf((byte)'\n') + 1;
    }

    private JsonLinesBatch? Take(int length, List<ReadFault>? faults)
    {
        JsonLinesBatch? batch = null;
        _file!.TellStray(new(_part.File, 0, _offset + _count), ref faults);
        if (length > 0 || faults is not null)
        {
            var next = ArrayPool<byte>.Shared.Rent(Math.Max(options.BatchBytes, _count - length));
            _buffer.AsSpan(length, _count - length).CopyTo(next);
            batch = new(_buffer, length, _part.File, _line, _offset, options, faults);
            if (_line > 0) _line += _buffer.AsSpan(0, length).Count((byte)'\n');
            _offset += length;
            (_buffer, _count) = (next, _count - length);
        }

        if (_isEnd && _count == 0) Close();
        return batch;
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        _buffer.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    /// <summary>Passes over the rest of a line.</summary>
    /// <returns>What is wrong with the compressed data; null where nothing is.</returns>
    private string? SkipLine()
    {
        while (true)
        {
            var got = _file!.Fill(_buffer.AsSpan(0, options.BatchBytes), out var broken);
            var end = _buffer.AsSpan(0, got).IndexOf((byte)'\n');
            if (end >= 0)
            {
                _count = got - end - 1;
                _buffer.AsSpan(end + 1, _count).CopyTo(_buffer);
                _offset += end + 1;
                if (_line > 0) _line++;
                _isEnd = broken is not null;
                return broken;
            }

            _offset += got;
            if (got == options.BatchBytes && broken is null) continue;
            _isEnd = true;
            return broken;
        }
    }
}
