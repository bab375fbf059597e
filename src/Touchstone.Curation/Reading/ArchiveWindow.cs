using System.Buffers;

namespace Touchstone.Curation.Reading;

/// <summary>The bytes of an archive around the record being read.</summary>
internal sealed class ArchiveWindow(SourceFile file) : IDisposable
{
    private const int FirstBytes = 1 << 20;
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

    /// <summary>Passes over bytes without holding them.</summary>
    /// <returns>How many there were, at most as many as asked for.</returns>
    public long Skip(long count)
    {
        var left = count;
        while (left > 0 && (_end > _start || More()))
        {
            var step = (int)Math.Min(left, _end - _start);
            Advance(step);
            left -= step;
        }

        return count - left;
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
