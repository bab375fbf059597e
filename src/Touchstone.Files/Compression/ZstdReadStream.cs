using System.Buffers;

namespace Touchstone.Files.Compression;

/// <summary>Decompresses Zstandard frames (RFC 8878) as they are read, one frame after another; memory is bounded by the library's limit of a window, 128 MiB.</summary>
/// <remarks>Skippable frames give nothing. Data that ends within a frame ends the reading with <see cref="InvalidDataException"/>, after all content before the cut was given.</remarks>
public sealed class ZstdReadStream : Stream
{
    private const int BufferBytes = 256 * 1024;
    private readonly Stream _inner;
    private readonly bool _leaveOpen;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private nint _context = Zstd.NewStream();
    private int _start, _end;
    private bool _isFrameEnd = true;
    private long _content;

    /// <summary>Opens a stream for reading.</summary>
    /// <param name="inner">Frames.</param>
    /// <param name="leaveOpen">Whether the inner stream stays open.</param>
    /// <exception cref="DllNotFoundException">The system has no libzstd.</exception>
    public ZstdReadStream(Stream inner, bool leaveOpen = false) => (_inner, _leaveOpen) = (inner, leaveOpen);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <summary>Bytes of content read so far.</summary>
    public override long Position { get => _content; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        while (!buffer.IsEmpty)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, _inner.Read(_buffer));
                if (_end == 0) return _isFrameEnd ? 0 : Drain(buffer);
            }

            var (read, written) = Zstd.Decompress(_context, _buffer.AsSpan(_start, _end - _start), buffer, out _isFrameEnd);
            _start += read;
            if (written == 0) continue;
            _content += written;
            return written;
        }

        return 0;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _context != 0)
        {
            Zstd.Free(_context);
            _context = 0;
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            if (!_leaveOpen) _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>What the library still holds of a frame whose input has ended.</summary>
    private int Drain(Span<byte> buffer)
    {
        var (_, written) = Zstd.Decompress(_context, [], buffer, out _isFrameEnd);
        _content += written;
        return written > 0 || _isFrameEnd ? written : throw new InvalidDataException($"the Zstandard data ends within a frame, after {_content} bytes of content");
    }
}
