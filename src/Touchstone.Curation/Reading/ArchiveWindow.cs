using System.Buffers;

namespace Touchstone.Curation.Reading;

/// <summary>The bytes of an archive around the record being read.</summary>
internal sealed class ArchiveWindow(SourceFile file) : IDisposable
{
    private const int FirstBytes = 1 << 20;
    private const int HeadBytes = 10;            // "\nWARC/1.0\r"
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _start, _end;
    private bool _isEnd;

    /// <summary>Place of the window's first byte in the decompressed file.</summary>
    public long Offset { get; private set; }

    /// <summary>What is wrong with the compressed data behind the window; null where nothing is.</summary>
    public string? Broken { get; private set; }

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Brings in bytes until there are so many, or the file ends.</summary>
    /// <returns>Whether there are so many.</returns>
    public bool Ensure(int count)
    {
        while (_end - _start < count && !_isEnd) Fill(count);
        return _end - _start >= count;
    }

    /// <summary>Brings in more, as much as comes easily.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool More() => Ensure(_end - _start + 1);

    public void Advance(int count)
    {
        _start += count;
        Offset += count;
    }

    /// <summary>Where the next record's separation from the one before begins: bytes of the window before the line ends that stand before a line such as <c>WARC/1.0</c>. Brings in bytes until
    /// it is found.</summary>
    /// <param name="most">How far to look.</param>
    /// <returns>-1 where none is found; may be a little more than asked for.</returns>
    public int FindRecord(int most)
    {
        var looked = 0;
        while (true)
        {
            var at = IndexOfRecord(Bytes[looked..]);
            if (at >= 0) return WithoutLineEnds(Bytes[..(looked + at)]);
            looked = Math.Max(0, Bytes.Length - HeadBytes + 1);
            if (looked > most || !More()) return -1;
        }
    }

    /// <summary>Passes over bytes without holding them, as far as a line that begins a record.</summary>
    /// <param name="most">The most to pass over.</param>
    /// <param name="isRecord">Whether a record begins before so many are passed; the line end before it is left in the window.</param>
    /// <returns>How many were passed over.</returns>
    public long SkipToRecord(long most, out bool isRecord)
    {
        var left = most;
        while (true)
        {
            var at = IndexOfRecord(Bytes);
            isRecord = at >= 0 && at < left;
            var isEnd = !isRecord && Bytes.Length < HeadBytes && !More();
            if (!isRecord && !isEnd && Bytes.Length < HeadBytes) continue;
            var step = (int)Math.Min(left, isRecord ? at : isEnd ? Bytes.Length : Bytes.Length - HeadBytes + 1);
            Advance(step);
            left -= step;
            if (isRecord || isEnd || left == 0) return most - left;
        }
    }

    /// <summary>The line end before a line that states a version of WARC, such as <c>WARC/1.0</c>; -1 where there is none.</summary>
    public static int IndexOfRecord(ReadOnlySpan<byte> bytes)
    {
        var from = 0;
        while (true)
        {
            var at = bytes[from..].IndexOf("\nWARC/"u8);
            if (at < 0) return -1;
            from += at;
            if (bytes[from..] is [_, _, _, _, _, _, >= (byte)'0' and <= (byte)'9', (byte)'.', >= (byte)'0' and <= (byte)'9', (byte)'\r' or (byte)'\n', ..]) return from;
            from++;
        }
    }

    private static int WithoutLineEnds(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [.., (byte)'\r']) bytes = bytes[..^1];
        if (bytes is [.., (byte)'\n']) bytes = bytes[..^1];
        return bytes is [.., (byte)'\r'] ? bytes.Length - 1 : bytes.Length;
    }

    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Fill(int wanted)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_buffer.Length < wanted || _end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, _buffer.Length * 2));
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var room = _buffer.Length - _end;
        var got = file.Fill(_buffer.AsSpan(_end, room), out var broken);
        _end += got;
        _isEnd = got < room;
        Broken ??= broken;
    }
}
