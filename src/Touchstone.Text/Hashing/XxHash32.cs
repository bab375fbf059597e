using System.Buffers.Binary;
using System.Numerics;

namespace Touchstone.Text.Hashing;

/// <summary>xxHash32: a fast hash for content, not for secrets, the same on every machine. For tools that keep 32 bits; <see cref="XxHash64"/> is faster and collides less.</summary>
/// <remarks>Y. Collet, xxHash fast digest algorithm, version 0.1.1, section XXH32; constants from there.</remarks>
public static class XxHash32
{
    private const uint Prime1 = 0x9E3779B1;
    private const uint Prime2 = 0x85EBCA77;
    private const uint Prime3 = 0xC2B2AE3D;
    private const uint Prime4 = 0x27D4EB2F;
    private const uint Prime5 = 0x165667B1;
    private const int StripeBytes = 16;

    /// <summary>The hash of some bytes.</summary>
    /// <param name="bytes">Any number of bytes, none too.</param>
    /// <param name="seed">Another seed gives an unrelated hash.</param>
    public static uint Hash(ReadOnlySpan<byte> bytes, uint seed = 0)
    {
        // The algorithm counts bytes modulo 2^32.
        var length = (uint)bytes.Length;
        var hash = bytes.Length >= StripeBytes ? Stripes(ref bytes, seed) : seed + Prime5;
        return Finish(hash + length, bytes);
    }

    private static uint Stripes(ref ReadOnlySpan<byte> bytes, uint seed)
    {
        var (v1, v2, v3, v4) = (seed + Prime1 + Prime2, seed + Prime2, seed, seed - Prime1);
        for (; bytes.Length >= StripeBytes; bytes = bytes[StripeBytes..])
        {
            v1 = Round(v1, Read(bytes));
            v2 = Round(v2, Read(bytes[4..]));
            v3 = Round(v3, Read(bytes[8..]));
            v4 = Round(v4, Read(bytes[12..]));
        }

        return BitOperations.RotateLeft(v1, 1) + BitOperations.RotateLeft(v2, 7) + BitOperations.RotateLeft(v3, 12) + BitOperations.RotateLeft(v4, 18);
    }

    private static uint Finish(uint hash, ReadOnlySpan<byte> rest)
    {
        for (; rest.Length >= 4; rest = rest[4..]) hash = BitOperations.RotateLeft(hash + Read(rest) * Prime3, 17) * Prime4;
        foreach (var value in rest) hash = BitOperations.RotateLeft(hash + value * Prime5, 11) * Prime1;
        hash = (hash ^ (hash >> 15)) * Prime2;
        hash = (hash ^ (hash >> 13)) * Prime3;
        return hash ^ (hash >> 16);
    }

    private static uint Round(uint lane, uint input) => BitOperations.RotateLeft(lane + input * Prime2, 13) * Prime1;

    private static uint Read(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
