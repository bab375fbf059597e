using System.Buffers;
using System.IO.Compression;

namespace Touchstone.Curation.Reading;

/// <summary>
/// Decompresses a gzip file of one member or many (RFC 1952). The framework ends at the first bytes that are no member and says nothing of what lies behind; here
/// reading goes on at the next member, and what was passed over is told. Zeros at the end, as tapes and block devices leave them, are no fault.
/// </summary>
/// <param name="file">The file, at its start, which can be sought in; it stays open.</param>
internal sealed class GzipMembers(Stream file) : Stream
{
    private const int ChunkBytes = 8192;
    private const int HeaderBytes = 10;
    private readonly Queue<StrayBytes> _stray = [];
    private Feed _feed = new(file, long.MaxValue);
    private GZipStream? _run;
    private long _runStart;
    private long _given;             // decompressed bytes since then
    private Queue<byte>? _recovered;
    private string _fault = "";
    private bool _isEnd;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Bytes between or behind members that were passed over since the last call, one find a call; false where there are none.</summary>
    public bool TryTakeStray(out StrayBytes stray) => _stray.TryDequeue(out stray);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A member is cut or damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!_isEnd && buffer.Length > 0)
        {
            if (_recovered is not null) return Recovered(buffer);
            _run ??= new(_feed, CompressionMode.Decompress, leaveOpen: true);
            int got;
            try
            {
                got = _run.Read(buffer);
            }
            catch (InvalidDataException broken)
            {
                _fault = _feed.IsEnd ? broken.Message : "a member is damaged: a code is invalid, or the checksum does not match the content";
                _recovered = Recover(buffer.Length);
                continue;
            }

            _given += got;
            if (got > 0) return got;
            // The inflater asks for more behind a member unless it holds bytes that begin no other.
            if (_feed.IsEnd || !GoOn()) _isEnd = true;
        }

        return 0;
    }

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _run?.Dispose();
        _run = null;
        base.Dispose(disposing);
    }

    private int Recovered(Span<byte> buffer)
    {
        if (_recovered!.Count == 0) throw new InvalidDataException(_fault);
        var count = 0;
        while (count < buffer.Length && _recovered.TryDequeue(out var next)) buffer[count++] = next;
        return count;
    }

    /// <summary>What a read that failed had decoded before the fault. The inflater does not tell, so the members are read once more, and byte by byte behind what was given.</summary>
    private Queue<byte> Recover(int most)
    {
        var recovered = new Queue<byte>();
        var bytes = ArrayPool<byte>.Shared.Rent(1 << 16);
        var isBehind = false;
        try
        {
            file.Position = _runStart;
            using var again = new GZipStream(new Feed(file, long.MaxValue), CompressionMode.Decompress, leaveOpen: true);
            for (var left = _given; left > 0;) left -= again.ReadAtLeast(bytes.AsSpan(0, (int)Math.Min(left, bytes.Length)), 1);
            isBehind = true;
            while (recovered.Count < most)
            {
                bytes[0] = 0;
                if (again.Read(bytes.AsSpan(0, 1)) == 0) break;
                recovered.Enqueue(bytes[0]);
            }
        }
        catch (InvalidDataException) when (!isBehind || bytes[0] == 0)
        {
            // The fault that is told once everything before it is given.
        }
        catch (InvalidDataException)
        {
            recovered.Enqueue(bytes[0]);      // the checksum is looked at in the same step as a member's last byte is written
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        return recovered;
    }

    /// <summary>Passes over what is no member.</summary>
    /// <returns>False where no other member follows.</returns>
    private bool GoOn()
    {
        var end = EndOfRun();
        var next = NextMember(end, out var hasOther);
        if (hasOther || next < file.Length) _stray.Enqueue(new(end, next - end, next == file.Length));
        _run!.Dispose();
        _run = null;
        (_runStart, file.Position, _given) = (next, next, 0);
        _feed = new(file, long.MaxValue);
        return next < file.Length;
    }

    /// <summary>Where the members that were just read end. The inflater does not tell how much of its last chunk it left, so they are read once more and that chunk byte by byte.</summary>
    private long EndOfRun()
    {
        var bytes = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            file.Position = _runStart;
            var feed = new Feed(file, _feed.LastChunk);
            using var again = new GZipStream(feed, CompressionMode.Decompress, leaveOpen: true);
            while (again.Read(bytes) > 0)
            {
            }
        }
        catch (InvalidDataException)
        {
            return file.Position - 2;      // what follows begins as a member does and is none: two bytes of it were taken
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        return file.Position - 1;
    }

    /// <summary>The first place at or behind another that begins as a member; the file's length where there is none.</summary>
    /// <param name="from">Where to begin.</param>
    /// <param name="hasOther">Whether anything but zeros lies before it.</param>
    private long NextMember(long from, out bool hasOther)
    {
        hasOther = false;
        var bytes = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            file.Position = from;
            var held = 0;
            while (true)
            {
                var got = file.Read(bytes, held, bytes.Length - held);
                held += got;
                var last = got == 0 ? held : held - HeaderBytes + 1;
                for (var at = 0; at < last; at++)
                {
                    if (IsHeader(bytes.AsSpan(at, held - at))) return from + at;
                    hasOther |= bytes[at] != 0;
                }

                if (got == 0) return file.Length;
                if (last <= 0) continue;
                bytes.AsSpan(last, held - last).CopyTo(bytes);
                (from, held) = (from + last, held - last);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>RFC 1952, 2.3: the magic numbers, deflate, no reserved flag, and levels and systems that are defined.</summary>
    private static bool IsHeader(ReadOnlySpan<byte> bytes) =>
        bytes is [0x1F, 0x8B, 8, var flags, _, _, _, _, 0 or 2 or 4, <= 13 or 255, ..] && (flags & 0xE0) == 0;

    /// <summary>Gives the file in chunks, from a place on byte by byte, and keeps where the last one began.</summary>
    private sealed class Feed(Stream file, long singleFrom) : Stream
    {
        public long LastChunk { get; private set; }

        /// <summary>Whether more was asked for than there is.</summary>
        public bool IsEnd { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            LastChunk = file.Position;
            var most = LastChunk >= singleFrom ? 1 : Math.Min(ChunkBytes, singleFrom - LastChunk);
            var got = file.Read(buffer[..(int)Math.Min(most, buffer.Length)]);
            IsEnd |= got == 0 && buffer.Length > 0;
            return got;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>Bytes of a compressed file that belong to no member.</summary>
/// <param name="Offset">The first, in the file as it lies on the disk.</param>
/// <param name="Count">How many.</param>
/// <param name="IsLast">Whether they reach to the file's end.</param>
internal readonly record struct StrayBytes(long Offset, long Count, bool IsLast)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"expected another gzip member or the end at byte {Offset} of the file as it lies on the disk, found {Count} other bytes {(IsLast ? "up to the file's end" : "before the next member, at which reading goes on")}";
}
