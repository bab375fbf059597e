using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Touchstone.Text.Hashing;

/// <summary>xxHash64: a fast hash for content, not for secrets, the same on every machine.</summary>
/// <remarks>Y. Collet, xxHash fast digest algorithm, version 0.1.1, section XXH64; constants and test vectors from there. About one byte in a tenth of a nanosecond.</remarks>
public static class XxHash64
{
    private const ulong Prime1 = 0x9E3779B185EBCA87UL;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4FUL;
    private const ulong Prime3 = 0x165667B19E3779F9UL;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63UL;
    private const ulong Prime5 = 0x27D4EB2F165667C5UL;
    private const int StripeBytes = 32;

    /// <summary>The hash of some bytes.</summary>
    /// <param name="bytes">Any number of bytes, none too.</param>
    /// <param name="seed">Another seed gives an unrelated hash.</param>
    public static ulong Hash(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        var length = (ulong)bytes.Length;
        ulong hash;
        if (bytes.Length >= StripeBytes) hash = Stripes(ref bytes, seed);
        else hash = seed + Prime5;
        return Finish(hash + length, bytes);
    }

    private static ulong Stripes(ref ReadOnlySpan<byte> bytes, ulong seed)
    {
        var (v1, v2, v3, v4) = (seed + Prime1 + Prime2, seed + Prime2, seed, seed - Prime1);
        ref var start = ref MemoryMarshal.GetReference(bytes);
        nint at = 0;
        for (nint last = bytes.Length - StripeBytes; at <= last; at += StripeBytes)
        {
            v1 = Round(v1, Read64(ref start, at));
            v2 = Round(v2, Read64(ref start, at + 8));
            v3 = Round(v3, Read64(ref start, at + 16));
            v4 = Round(v4, Read64(ref start, at + 24));
        }

        bytes = bytes[(int)at..];
        var hash = BitOperations.RotateLeft(v1, 1) + BitOperations.RotateLeft(v2, 7) + BitOperations.RotateLeft(v3, 12) + BitOperations.RotateLeft(v4, 18);
        return Merge(Merge(Merge(Merge(hash, v1), v2), v3), v4);
    }

    private static ulong Finish(ulong hash, ReadOnlySpan<byte> rest)
    {
        ref var start = ref MemoryMarshal.GetReference(rest);
        nint at = 0, length = rest.Length;
        for (; at + 8 <= length; at += 8)
            hash = BitOperations.RotateLeft(hash ^ Round(0, Read64(ref start, at)), 27) * Prime1 + Prime4;
        if (at + 4 <= length)
        {
            hash = BitOperations.RotateLeft(hash ^ Read32(ref start, at) * Prime1, 23) * Prime2 + Prime3;
            at += 4;
        }

        for (; at < length; at++)
            hash = BitOperations.RotateLeft(hash ^ Unsafe.Add(ref start, at) * Prime5, 11) * Prime1;
        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Round(ulong lane, ulong input) => BitOperations.RotateLeft(lane + input * Prime2, 31) * Prime1;

    private static ulong Merge(ulong hash, ulong lane) => (hash ^ Round(0, lane)) * Prime1 + Prime4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read64(ref byte start, nint at)
    {
        var value = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Read32(ref byte start, nint at)
    {
        var value = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, at));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }
}
