using System.Buffers.Binary;

namespace Touchstone.Files.Parquet.Encodings;

/// <summary>Reads numbers of some bits each, packed from the lowest bit of the first byte on.</summary>
internal static class BitReader
{
    /// <summary>The number of <paramref name="width"/> bits (0 to 64) at a bit offset; what would be behind the end is zero.</summary>
    public static ulong Read(ReadOnlySpan<byte> bytes, long bit, int width)
    {
        if (width == 0) return 0;
        var at = (int)(bit >> 3);
        var shift = (int)(bit & 7);
        if (at + 9 <= bytes.Length)
        {
            var value = BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]) >> shift;
            if (shift + width > 64) value |= (ulong)bytes[at + 8] << (64 - shift);
            return value & (ulong.MaxValue >> (64 - width));
        }

        UInt128 tail = 0;
        for (var i = 0; i < 9 && at + i < bytes.Length; i++) tail |= (UInt128)bytes[at + i] << (8 * i);
        return (ulong)(tail >> shift) & (ulong.MaxValue >> (64 - width));
    }
}
