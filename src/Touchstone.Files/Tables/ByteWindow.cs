using System.Buffers;

namespace Touchstone.Files.Tables;

/// <summary>A moving window of a stream's bytes that always holds the record being read whole.</summary>
internal sealed class ByteWindow(Stream stream, int recordBytesMax) : IDisposable
{
    private const int FirstBytes = 1 << 20;
    private bool _ended;
    private long _before;        // bytes of the stream before the buffer's first

    public byte[] Buffer { get; private set; } = ArrayPool<byte>.Shared.Rent(FirstBytes);

    /// <summary>Place of <see cref="Start"/> in the stream.</summary>
    public long Offset => _before + Start;

    /// <summary>First byte of the record being read.</summary>
    public int Start { get; set; }

    /// <summary>End of what was read.</summary>
    public int End { get; private set; }

    /// <summary>The record being read is longer than may be.</summary>
    public bool IsOverfull => End - Start > recordBytesMax;

    /// <summary>Brings more bytes behind those from <see cref="Start"/> on, which move to the front of the buffer.</summary>
    /// <returns>False at the end of the stream.</returns>
    public bool Fill()
    {
        if (_ended) return false;
        if (Start > 0)
        {
            Buffer.AsSpan(Start, End - Start).CopyTo(Buffer);
            _before += Start;
            (Start, End) = (0, End - Start);
        }

        if (End == Buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Buffer.Length * 2);
            Buffer.AsSpan(0, End).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(Buffer);
            Buffer = larger;
        }

        var got = stream.Read(Buffer, End, Buffer.Length - End);
        End += got;
        _ended = got == 0;
        return got > 0;
    }

    /// <summary>Passes a byte order mark over.</summary>
    /// <returns>The first character that is no white space, or -1 where there is none.</returns>
    public int FirstCharacter()
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        while (End < mark.Length && Fill())
        {
        }

        if (Buffer.AsSpan(0, End).StartsWith(mark)) Start = mark.Length;
        for (var from = Start; ;)
        {
            var offset = Buffer.AsSpan(from, End - from).IndexOfAnyExcept(" \t\r\n"u8);
            if (offset >= 0) return Buffer[from + offset];
            var seen = End - Start;
            if (!Fill()) return -1;
            from = Start + seen;
        }
    }

    /// <summary>Passes over everything from <see cref="Start"/> on.</summary>
    /// <returns>How many bytes that were.</returns>
    public long Drain()
    {
        long count = 0;
        do
        {
            count += End - Start;
            Start = End;
        }
        while (Fill());
        return count;
    }

    public void Dispose()
    {
        if (Buffer.Length == 0) return;
        ArrayPool<byte>.Shared.Return(Buffer);
        Buffer = [];
    }
}
