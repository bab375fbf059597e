using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Touchstone.Text.Hashing;

/// <summary>The first bytes of SHA-1 as a number, as Python's <c>struct.unpack("&lt;Q", sha1(data).digest()[:8])</c> reads them. For telling content apart, not for secrets.</summary>
public static class Sha1Hash
{
    /// <summary>The first 8 bytes of the digest, little-endian.</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "It stands for content, and other tools' hashes are to be equalled.")]
    public static ulong Hash64(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(bytes, digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }

    /// <summary>The first 4 bytes of the digest, little-endian: the low half of <see cref="Hash64"/>.</summary>
    public static uint Hash32(ReadOnlySpan<byte> bytes) => (uint)Hash64(bytes);
}
