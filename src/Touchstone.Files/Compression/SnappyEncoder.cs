using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Touchstone.Files.Compression;

/// <summary>Compresses to raw Snappy blocks: greedy matches of four bytes or more within fragments of 64 KiB.</summary>
/// <remarks>Google, Snappy compressed format description, format_description.txt.</remarks>
internal static class SnappyEncoder
{
    private const int FragmentBytes = 1 << 16;
    private const int HashBits = 14;

    /// <summary>Matches are not looked for in a fragment's last bytes, so that eight bytes can always be read at once.</summary>
    private const int TailBytes = 15;

    /// <summary>The most bytes that so much content can take: literals alone and their tags.</summary>
    public static int LengthMax(int contentBytes) => checked(32 + contentBytes + contentBytes / 6);

    /// <summary>Compresses content into a buffer of at least <see cref="LengthMax"/> bytes.</summary>
    /// <returns>Bytes written.</returns>
    public static int Encode(ReadOnlySpan<byte> content, Span<byte> block)
    {
        var at = 0;
        for (var left = (uint)content.Length; ; left >>= 7)
        {
            block[at++] = (byte)(left < 0x80 ? left : left | 0x80);
            if (left < 0x80) break;
        }

        var table = ArrayPool<ushort>.Shared.Rent(1 << HashBits);
        while (!content.IsEmpty)
        {
            var fragment = content[..Math.Min(content.Length, FragmentBytes)];
            Array.Clear(table, 0, 1 << HashBits);
            EncodeFragment(fragment, table, block, ref at);
            content = content[fragment.Length..];
        }

        ArrayPool<ushort>.Shared.Return(table);
        return at;
    }

    private static void EncodeFragment(ReadOnlySpan<byte> content, ushort[] table, Span<byte> block, ref int at)
    {
        var literal = 0;
        var misses = 32;     // every 32 misses in a row the step grows by one: content without matches is passed quickly
        for (var i = 1; i < content.Length - TailBytes;)
        {
            var word = Word(content, i);
            ref var slot = ref table[(word * 0x1E35A7BDu) >> (32 - HashBits)];
            int candidate = slot;
            slot = (ushort)i;
            if (Word(content, candidate) != word)
            {
                i += misses++ >> 5;
                continue;
            }

            if (i > literal) Literal(content[literal..i], block, ref at);
            var length = 4 + MatchLength(content, candidate + 4, i + 4);
            Copies(length, i - candidate, block, ref at);
            i += length;
            literal = i;
            misses = 32;
        }

        if (literal < content.Length) Literal(content[literal..], block, ref at);
    }

    private static uint Word(ReadOnlySpan<byte> content, int at) => MemoryMarshal.Read<uint>(content[at..]);

    private static int MatchLength(ReadOnlySpan<byte> content, int candidate, int at)
    {
        var start = at;
        while (at + 8 <= content.Length)
        {
            var difference = BinaryPrimitives.ReadUInt64LittleEndian(content[candidate..]) ^ BinaryPrimitives.ReadUInt64LittleEndian(content[at..]);
            if (difference != 0) return at - start + (BitOperations.TrailingZeroCount(difference) >> 3);
            at += 8;
            candidate += 8;
        }

        while (at < content.Length && content[candidate] == content[at]) (at, candidate) = (at + 1, candidate + 1);
        return at - start;
    }

    private static void Literal(ReadOnlySpan<byte> content, Span<byte> block, ref int at)
    {
        var length = content.Length - 1;
        if (length < 60)
        {
            block[at++] = (byte)(length << 2);
        }
        else if (length < 256)
        {
            block[at++] = 60 << 2;
            block[at++] = (byte)length;
        }
        else
        {
            block[at++] = 61 << 2;
            BinaryPrimitives.WriteUInt16LittleEndian(block[at..], (ushort)length);   // a fragment's length less one fits
            at += 2;
        }

        content.CopyTo(block[at..]);
        at += content.Length;
    }

    private static void Copies(int length, int offset, Span<byte> block, ref int at)
    {
        // 64 bytes at most each; the last but one is cut so that the last is not shorter than four, which the short form needs.
        for (; length >= 68; length -= 64) LongCopy(64, offset, block, ref at);
        if (length > 64)
        {
            LongCopy(60, offset, block, ref at);
            length -= 60;
        }

        if (length >= 12 || offset >= 2048)
        {
            LongCopy(length, offset, block, ref at);
            return;
        }

        block[at++] = (byte)(1 | (length - 4) << 2 | offset >> 8 << 5);
        block[at++] = (byte)offset;
    }

    private static void LongCopy(int length, int offset, Span<byte> block, ref int at)
    {
        block[at++] = (byte)(2 | (length - 1) << 2);
        BinaryPrimitives.WriteUInt16LittleEndian(block[at..], (ushort)offset);
        at += 2;
    }
}
