using System.Buffers;

namespace Touchstone.Files.Compression;

/// <summary>Decompresses Zstandard frames (RFC 8878) as they are read, one frame after another; memory is bounded by the library's limit of a window, 128 MiB.</summary>
/// <remarks>
/// Skippable frames give nothing. Data that ends within a frame or is damaged ends the reading with <see cref="InvalidDataException"/>, after all content before that place was given. The
/// library does not tell what a call that fails had decoded, so it is never given more than a block at a time.
/// </remarks>
public sealed class ZstdReadStream : Stream
{
    private const int BufferBytes = 256 * 1024;
    private const int FrameStartBytes = 5, BlockHeadBytes = 3;      // ZSTD_FRAMEHEADERSIZE_MIN of zstd.h with the magic number; RFC 8878, 3.1.1.2
    private readonly Stream _inner;
    private readonly bool _leaveOpen;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private nint _context = Zstd.NewStream();
    private int _start, _end;
    private int _hint;                   // what the library wants next; 0 at the end of a frame
    private bool _isHeld;                // whether it may hold content that there was no room for
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
            if (!_isHeld && _start == _end)
            {
                (_start, _end) = (0, _inner.Read(_buffer));
                if (_end == 0) return _hint == 0 ? 0 : throw new InvalidDataException($"the Zstandard data ends within a frame, after {_content} bytes of content");
            }

            var (read, written) = Zstd.Decompress(_context, _isHeld ? [] : _buffer.AsSpan(_start, Math.Min(_end - _start, Wanted)), buffer, out _hint);
            _start += read;
            _isHeld = written == buffer.Length && _hint != 0;
            if (written == 0) continue;
            _content += written;
            return written;
        }

        return 0;
    }

    /// <summary>A block without the head of the next one, which may be the broken one.</summary>
    private int Wanted => _hint switch
    {
        0 => FrameStartBytes,
        > BlockHeadBytes => _hint - BlockHeadBytes,
        _ => _hint,
    };

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
}
