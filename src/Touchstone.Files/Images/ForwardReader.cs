using System.Buffers.Binary;

namespace Touchstone.Files.Images;

/// <summary>Reads a stream once, forward, through one buffer; an end that comes too early is told as such.</summary>
internal sealed class ForwardReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _at;
    private int _end;
    private long _bufferStart;

    /// <summary>Bytes consumed.</summary>
    public long Offset => _bufferStart + _at;

    /// <summary>The next bytes without consuming them; fewer at the end of the stream.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        while (_end - _at < count && Refill())
        {
        }

        return _buffer.AsSpan(_at, Math.Min(count, _end - _at));
    }

    /// <summary>The next bytes, consumed; valid until the next call.</summary>
    public ReadOnlySpan<byte> Take(int count, string what)
    {
        var bytes = Peek(count);
        if (bytes.Length < count) throw Truncated(what);
        _at += count;
        return bytes;
    }

    /// <summary>The next byte.</summary>
    public byte Byte(string what) => _at < _end ? _buffer[_at++] : Take(1, what)[0];

    /// <summary>A big-endian 16-bit number.</summary>
    public int UInt16BigEndian(string what) => BinaryPrimitives.ReadUInt16BigEndian(Take(2, what));

    /// <summary>A little-endian 32-bit number.</summary>
    public uint UInt32LittleEndian(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, what));

    /// <summary>The next bytes as an array of their own, which may be longer than the buffer.</summary>
    public byte[] Copy(int count, string what)
    {
        var copy = new byte[count];
        for (var filled = 0; filled < count;)
        {
            var part = Take(Math.Min(count - filled, _buffer.Length / 2), what);
            part.CopyTo(copy.AsSpan(filled));
            filled += part.Length;
        }

        return copy;
    }

    /// <summary>Passes over bytes, which must be there.</summary>
    public void Skip(long count, string what)
    {
        while (count > 0)
        {
            if (_at == _end && !Refill()) throw Truncated(what);
            var part = (int)Math.Min(count, _end - _at);
            _at += part;
            count -= part;
        }
    }

    /// <summary>Passes over everything before the next byte of this value.</summary>
    public void SkipTo(byte value, string what)
    {
        while (true)
        {
            var found = _buffer.AsSpan(_at, _end - _at).IndexOf(value);
            if (found >= 0)
            {
                _at += found;
                return;
            }

            _at = _end;
            if (!Refill()) throw Truncated(what);
        }
    }

    public ImageFaultException Truncated(string what) =>
        new(ImageFaults.Truncated, $"The file ends at byte {_bufferStart + _end}, within {what}.");

    private bool Refill()
    {
        var kept = _end - _at;
        _buffer.AsSpan(_at, kept).CopyTo(_buffer);
        _bufferStart += _at;
        (_at, _end) = (0, kept);
        var got = stream.Read(_buffer, kept, _buffer.Length - kept);
        _end += got;
        return got > 0;
    }
}

/// <summary>Carries a fault from where it is found to the probe's one exit.</summary>
internal sealed class ImageFaultException(string reason, string message) : Exception(message)
{
    public ImageFault Fault { get; } = new(reason, message);
}
