using System.Buffers.Binary;

namespace Touchstone.Files.Compression;

/// <summary>Decompresses LZ4 frames.</summary>
/// <remarks>Y. Collet, LZ4 frame format description 1.6, lz4_Frame_format.md. Checksums within a frame are passed over; dictionaries are refused, for none comes with it.</remarks>
internal static class Lz4Frame
{
    private const uint Magic = 0x184D2204;

    /// <summary>Decompresses one frame that gives as many bytes as expected.</summary>
    /// <exception cref="InvalidDataException">The frame is broken, gives another number of bytes, or is said to give more than one of its length can.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> frame, int expectedBytes)
    {
        if (expectedBytes > (long)frame.Length * Lz4Decoder.ExpansionMax) throw new InvalidDataException($"expected {expectedBytes} bytes of content, more than an LZ4 frame of {frame.Length} bytes can hold");
        if (frame.Length < 7 || BinaryPrimitives.ReadUInt32LittleEndian(frame) != Magic) throw new InvalidDataException("no LZ4 frame: it does not begin with 04 22 4D 18");
        var flags = frame[4];
        if (flags >> 6 != 1) throw new InvalidDataException($"an LZ4 frame of version {flags >> 6}; 1 was expected");
        if ((flags & 1) != 0) throw new InvalidDataException("an LZ4 frame with a dictionary, which is not at hand");
        var (hasBlockChecksums, hasSize, hasChecksum) = ((flags & 0x10) != 0, (flags & 0x08) != 0, (flags & 0x04) != 0);
        var at = 4 + 2 + (hasSize ? 8 : 0) + 1;
        var content = new byte[expectedBytes];
        var written = 0;
        while (true)
        {
            if (at > frame.Length - 4) throw new InvalidDataException($"the LZ4 frame ends before its end mark, after {written} bytes");
            var word = BinaryPrimitives.ReadUInt32LittleEndian(frame[at..]);
            at += 4;
            if (word == 0) break;
            var length = word & 0x7FFFFFFF;
            if (length > frame.Length - at) throw new InvalidDataException($"an LZ4 block of {length} bytes; {frame.Length - at} are left of the frame");
            var block = frame.Slice(at, (int)length);
            if ((word & 0x80000000) == 0) written = Lz4Decoder.Decode(block, content, written);
            else if (block.TryCopyTo(content.AsSpan(written))) written += block.Length;
            else throw new InvalidDataException($"expected {expectedBytes} bytes of content, the LZ4 frame has more");
            at += block.Length + (hasBlockChecksums ? 4 : 0);
        }

        if (written != expectedBytes) throw new InvalidDataException($"expected {expectedBytes} bytes of content, the LZ4 frame gives {written}");
        var left = frame.Length - at - (hasChecksum ? 4 : 0);
        return left == 0 ? content : throw new InvalidDataException(left < 0 ? "the LZ4 frame ends before its checksum" : $"{left} bytes follow the LZ4 frame");
    }
}
