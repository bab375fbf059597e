using System.Buffers.Binary;
using System.Numerics;

namespace Touchstone.Text.Hashing;

/// <summary>MurmurHash3 with 32 bits for x86: the shingle hash of NeMo Curator's fuzzy deduplication. Not for secrets.</summary>
/// <remarks>A. Appleby, smhasher, MurmurHash3_x86_32 (public domain).</remarks>
public static class MurmurHash3
{
    private const uint C1 = 0xCC9E2D51, C2 = 0x1B873593;

    /// <summary>The hash of some bytes.</summary>
    /// <param name="bytes">Any number of bytes, none too.</param>
    /// <param name="seed">Another seed gives an unrelated hash.</param>
    public static uint Hash32(ReadOnlySpan<byte> bytes, uint seed = 0)
    {
        var hash = seed;
        var rest = bytes;
        for (; rest.Length >= 4; rest = rest[4..])
            hash = BitOperations.RotateLeft(hash ^ Mix(BinaryPrimitives.ReadUInt32LittleEndian(rest)), 13) * 5 + 0xE6546B64;

        uint tail = 0;
        for (var i = rest.Length - 1; i >= 0; i--) tail = (tail << 8) | rest[i];
        if (rest.Length > 0) hash ^= Mix(tail);

        hash ^= (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }

    private static uint Mix(uint block) => BitOperations.RotateLeft(block * C1, 15) * C2;
}
