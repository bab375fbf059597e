using System.Buffers.Binary;
using System.Text;

namespace Touchstone.Files.Png;

/// <summary>Walks the chunks of a PNG forward, checking each one's CRC; never holds more than the caller asks for.</summary>
internal sealed class PngChunks(Stream stream)
{
    private readonly byte[] _small = new byte[8];
    private readonly byte[] _skip = new byte[16 * 1024];
    private uint _crc;
    private long _chunkStart;

    /// <summary>The eight bytes that every PNG begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Bytes read so far.</summary>
    public long Offset { get; private set; }

    /// <summary>The current chunk's four letters.</summary>
    public string Type { get; private set; } = "";

    /// <summary>Payload bytes of the current chunk.</summary>
    public int Length { get; private set; }

    /// <summary>Payload bytes of the current chunk that are not read yet.</summary>
    public int Remaining { get; private set; }

    /// <summary>A chunk that a decoder may not ignore has a capital first letter.</summary>
    public bool IsCritical => char.IsAsciiLetterUpper(Type[0]);

    /// <summary>Reads and checks the signature.</summary>
    public void ReadSignature()
    {
        var got = stream.ReadAtLeast(_small, 8, throwOnEndOfStream: false);
        Offset += got;
        if (got < 8 || !_small.AsSpan().SequenceEqual(Signature))
            throw new PngFormatException(PngFault.NotPng, "the file does not begin with the PNG signature");
    }

    /// <summary>Goes to the next chunk; the one before must be finished.</summary>
    public void Next()
    {
        _chunkStart = Offset;
        Fill(_small);
        var length = BinaryPrimitives.ReadUInt32BigEndian(_small);
        var type = _small.AsSpan(4, 4);
        foreach (var letter in type)
            if (!char.IsAsciiLetter((char)letter))
                throw new PngFormatException(PngFault.Corrupt, $"at byte {_chunkStart + 4} there is no chunk type but {Convert.ToHexStringLower(type)}");
        if (length > int.MaxValue)
            throw new PngFormatException(PngFault.Corrupt, $"the chunk at byte {_chunkStart} states a length of {length}");
        Type = Encoding.ASCII.GetString(type);
        (Length, Remaining) = ((int)length, (int)length);
        _crc = Crc32.Append(uint.MaxValue, type);
    }

    /// <summary>Reads payload of the current chunk, at most to its end; 0 at its end.</summary>
    public int Read(Span<byte> buffer)
    {
        if (Remaining == 0 || buffer.IsEmpty) return 0;
        var got = stream.Read(buffer[..Math.Min(buffer.Length, Remaining)]);
        if (got == 0) throw Truncated();
        Offset += got;
        Remaining -= got;
        _crc = Crc32.Append(_crc, buffer[..got]);
        return got;
    }

    /// <summary>Reads the whole payload, which must not be longer than the most that makes sense for its type.</summary>
    public byte[] ReadAll(int mostBytes)
    {
        if (Length > mostBytes)
            throw new PngFormatException(PngFault.Corrupt, $"the {Type} chunk at byte {_chunkStart} has {Length} bytes; at most {mostBytes} make sense");
        var payload = new byte[Length];
        for (var at = 0; at < payload.Length;)
            at += Read(payload.AsSpan(at));
        Finish();
        return payload;
    }

    /// <summary>Reads what is left of the chunk and compares its CRC.</summary>
    public void Finish()
    {
        while (Remaining > 0)
            Read(_skip);
        Fill(_small.AsSpan(0, 4));
        var stated = BinaryPrimitives.ReadUInt32BigEndian(_small);
        if (stated != ~_crc)
            throw new PngFormatException(PngFault.Corrupt, $"the {Type} chunk at byte {_chunkStart} states CRC {stated:x8}, its bytes give {~_crc:x8}");
    }

    private void Fill(Span<byte> buffer)
    {
        var got = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        Offset += got;
        if (got < buffer.Length) throw Truncated();
    }

    private PngFormatException Truncated() =>
        new(PngFault.Truncated, $"the file ends at byte {Offset}, {(Remaining > 0 ? $"within its {Type} chunk" : "before its IEND chunk")}");
}
