namespace Touchstone.Curation.Reading.Objects;

/// <summary>
/// An object's bytes as a stream with a position, by ranges. The next range is on its way while one is read; behind a jump a small one comes first, since what is looked for there may be
/// little. Every range is asked for with the entity tag that the object was found with, so what is read is of one object or is told. Holds three ranges at most.
/// </summary>
/// <param name="store">Where it is.</param>
/// <param name="address">The object.</param>
/// <param name="length">Its size in bytes.</param>
/// <param name="etag">Its entity tag.</param>
internal sealed class ObjectStream(ObjectStore store, ObjectAddress address, long length, string etag) : Stream
{
    /// <summary>Bytes of a range where one is read after the other: 4 MiB, of which a store gives several a second to one connection.</summary>
    public const int RangeBytes = 4 << 20;

    /// <summary>Bytes of the first range, and of one behind a jump: 256 KiB.</summary>
    public const int JumpBytes = 256 << 10;

    private readonly CancellationTokenSource _closing = new();
    private Range? _now;
    private Range? _ahead;
    private byte[] _spare = [];
    private long _position;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="IOException">The object has changed or is gone, or the store does not give it.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || _position >= length) return 0;
        var range = _now is { } now && now.Holds(_position) ? now : Load();
        var at = (int)(_position - range.Start);
        var count = Math.Min(buffer.Length, range.Count - at);
        range.Bytes.AsSpan(at, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => _position, _ => length };

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closing.IsCancellationRequested)
        {
            _closing.Cancel();
            _closing.Dispose();
            (_now, _ahead, _spare) = (null, null, []);
        }

        base.Dispose(disposing);
    }

    private Range Load()
    {
        var isNext = _now is { } before && before.End == _position;
        var range = _ahead is { } ahead && ahead.Holds(_position) ? ahead : Begin(_position, isNext ? RangeBytes : JumpBytes);
        _ahead = null;      // one that is not wanted any more ends by itself; its buffer is not used again
        range.Filled.GetAwaiter().GetResult();
        if (_now is { } read) _spare = read.Bytes;
        _now = range;
        if (isNext && range.End < length) _ahead = Begin(range.End, RangeBytes);
        return range;
    }

    private Range Begin(long start, int most)
    {
        var count = (int)Math.Min(most, length - start);
        var bytes = _spare.Length >= count ? _spare : new byte[count];
        _spare = [];
        return new(start, count, bytes, store.ReadAsync(address, etag, start, bytes.AsMemory(0, count), _closing.Token));
    }

    /// <param name="Start">First byte in the object.</param>
    /// <param name="Count">How many bytes.</param>
    /// <param name="Bytes">They, in an array that may be longer.</param>
    /// <param name="Filled">Done when they are there.</param>
    private sealed record Range(long Start, int Count, byte[] Bytes, Task Filled)
    {
        public long End => Start + Count;

        public bool Holds(long position) => position >= Start && position < End;
    }
}
