namespace Touchstone.Files.Compression;

/// <summary>Decompresses raw Snappy blocks (without the framing format's chunks).</summary>
/// <remarks>Google, Snappy compressed format description, format_description.txt.</remarks>
internal static class SnappyDecoder
{
    /// <summary>A three-byte copy gives 64 bytes at most, so no block expands more than this many times.</summary>
    private const int ExpansionMax = 22;

    /// <summary>The size that a block states it decompresses to.</summary>
    /// <param name="block">The whole block.</param>
    /// <param name="prefixBytes">Bytes of the statement itself.</param>
    /// <exception cref="InvalidDataException">The statement is cut, longer than five bytes, or more than the block can hold.</exception>
    public static int StatedLength(ReadOnlySpan<byte> block, out int prefixBytes)
    {
        ulong length = 0;
        for (var i = 0; i < 5; i++)
        {
            if (i == block.Length) throw new InvalidDataException("the Snappy block ends within its length");
            length |= (ulong)(block[i] & 0x7F) << (7 * i);
            if (block[i] >= 0x80) continue;
            prefixBytes = i + 1;
            if (length > (ulong)block.Length * ExpansionMax)
                throw new InvalidDataException($"the Snappy block of {block.Length} bytes states {length} bytes of content, more than it can hold");
            return (int)Math.Min(length, int.MaxValue);
        }

        throw new InvalidDataException("the Snappy block's length is longer than five bytes");
    }

    /// <summary>Decompresses a block that must fill the destination exactly.</summary>
    /// <exception cref="InvalidDataException">The block is broken or of another length.</exception>
    public static void Decode(ReadOnlySpan<byte> block, Span<byte> destination)
    {
        var stated = StatedLength(block, out var at);
        if (stated != destination.Length) throw new InvalidDataException($"expected {destination.Length} bytes of content, the Snappy block states {stated}");
        var written = 0;
        while (at < block.Length)
        {
            var tag = block[at++];
            if ((tag & 3) == 0)
            {
                var length = LiteralLength(block, tag, ref at);
                if (length > block.Length - at || length > destination.Length - written)
                    throw new InvalidDataException($"a Snappy literal of {length} bytes at byte {at} does not fit ({block.Length - at} bytes are left to read, {destination.Length - written} to write)");
                block.Slice(at, length).CopyTo(destination[written..]);
                at += length;
                written += length;
            }
            else
            {
                var (length, offset) = Copy(block, tag, ref at);
                if (offset == 0 || offset > (uint)written || length > destination.Length - written)
                    throw new InvalidDataException($"a Snappy copy of {length} bytes from {offset} bytes back at byte {at} does not fit ({written} bytes are written, {destination.Length - written} to write)");
                Repeat(destination, written, (int)offset, length);
                written += length;
            }
        }

        if (written != destination.Length) throw new InvalidDataException($"the Snappy block states {destination.Length} bytes and gives {written}");
    }

    private static int LiteralLength(ReadOnlySpan<byte> block, byte tag, ref int at)
    {
        var length = tag >> 2;
        if (length < 60) return length + 1;
        var bytes = length - 59;
        if (bytes > block.Length - at) throw new InvalidDataException("the Snappy block ends within a literal's length");
        uint more = 0;
        for (var i = 0; i < bytes; i++) more |= (uint)block[at + i] << (8 * i);
        at += bytes;
        return more < int.MaxValue ? (int)more + 1 : throw new InvalidDataException($"a Snappy literal of {more} bytes is longer than any block");
    }

    private static (int Length, uint Offset) Copy(ReadOnlySpan<byte> block, byte tag, ref int at)
    {
        var bytes = (tag & 3) switch { 1 => 1, 2 => 2, _ => 4 };
        if (bytes > block.Length - at) throw new InvalidDataException("the Snappy block ends within a copy");
        uint offset = 0;
        for (var i = 0; i < bytes; i++) offset |= (uint)block[at + i] << (8 * i);
        at += bytes;
        return bytes == 1 ? (((tag >> 2) & 7) + 4, offset | (uint)(tag >> 5) << 8) : ((tag >> 2) + 1, offset);
    }

    /// <summary>A copy may reach into what it writes itself: then the bytes between repeat.</summary>
    private static void Repeat(Span<byte> destination, int written, int offset, int length)
    {
        if (offset >= length)
        {
            destination.Slice(written - offset, length).CopyTo(destination[written..]);
            return;
        }

        for (var i = 0; i < length; i++) destination[written + i] = destination[written - offset + i];
    }
}
