using System.Buffers.Binary;

namespace Touchstone.Files.Compression;

/// <summary>Decompresses raw LZ4 blocks (without a frame around them).</summary>
/// <remarks>Y. Collet, LZ4 block format description, lz4_Block_format.md.</remarks>
internal static class Lz4Decoder
{
    /// <summary>A byte of a match's length gives 255 bytes at most, so no block expands more than this many times.</summary>
    public const int ExpansionMax = 255;

    private const int MatchMin = 4;

    /// <summary>Decompresses a block that must fill the destination exactly.</summary>
    /// <exception cref="InvalidDataException">The block is broken or of another length.</exception>
    public static void Decode(ReadOnlySpan<byte> block, Span<byte> destination)
    {
        var written = Decode(block, destination, 0);
        if (written != destination.Length) throw new InvalidDataException($"expected {destination.Length} bytes of content, the LZ4 block gives {written}");
    }

    /// <summary>Decompresses a block behind what is already written, which its matches may reach back into.</summary>
    /// <param name="block">The block.</param>
    /// <param name="destination">Takes the content of this block and has that of those before it.</param>
    /// <param name="written">Bytes that are written.</param>
    /// <returns>Bytes that are written after it.</returns>
    /// <exception cref="InvalidDataException">The block is broken or does not fit.</exception>
    public static int Decode(ReadOnlySpan<byte> block, Span<byte> destination, int written)
    {
        var at = 0;
        while (at < block.Length)
        {
            var token = block[at++];
            var literal = Length(block, token >> 4, ref at);
            if (literal > block.Length - at || literal > destination.Length - written)
                throw new InvalidDataException($"an LZ4 literal of {literal} bytes at byte {at} does not fit ({block.Length - at} bytes are left to read, {destination.Length - written} to write)");
            block.Slice(at, (int)literal).CopyTo(destination[written..]);
            at += (int)literal;
            written += (int)literal;
            if (at == block.Length) break;      // the last sequence has no match
            if (block.Length - at < 2) throw new InvalidDataException("the LZ4 block ends within a match's offset");
            var offset = BinaryPrimitives.ReadUInt16LittleEndian(block[at..]);
            at += 2;
            var match = Length(block, token & 0x0F, ref at) + MatchMin;
            if (offset == 0 || offset > written || match > destination.Length - written)
                throw new InvalidDataException($"an LZ4 match of {match} bytes from {offset} bytes back at byte {at} does not fit ({written} bytes are written, {destination.Length - written} to write)");
            for (var i = 0; i < match; i++) destination[written + i] = destination[written + i - offset];      // a match may reach into what it writes itself
            written += (int)match;
        }

        return written;
    }

    /// <summary>A length of four bits, which further bytes extend where all four are set.</summary>
    private static long Length(ReadOnlySpan<byte> block, int nibble, ref int at)
    {
        long length = nibble;
        if (nibble < 15) return length;
        byte more;
        do
        {
            if (at == block.Length) throw new InvalidDataException("the LZ4 block ends within a length");
            more = block[at++];
            length += more;
        }
        while (more == 255);
        return length;
    }
}
