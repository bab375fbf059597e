using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Touchstone.Store.Ids;

/// <summary>
/// The unguessable name of a lease: 96 random bits behind 32 bits of its time, written as 22 characters of base64url. It is all that a
/// contributor ever sees of a task, and it proves the right to the slot.
/// </summary>
public readonly record struct LeaseToken(Guid Value) : IParsable<LeaseToken>
{
    /// <summary>A fresh token from the operating system's generator.</summary>
    /// <param name="now">When the lease is given, which its holder knows anyway. Tokens of one moment lie side by side in their index, so that
    /// a group of leases writes one of its pages instead of one each.</param>
    public static LeaseToken New(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, unchecked((uint)now.ToUnixTimeMilliseconds()));
        RandomNumberGenerator.Fill(bytes[4..]);
        return new(new Guid(bytes, bigEndian: true));
    }

    public static LeaseToken Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var token) ? token : throw new FormatException("A lease token has 22 characters of base64url.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out LeaseToken result)
    {
        Span<byte> bytes = stackalloc byte[24];
        result = default;
        if (s is not { Length: 22 } || !Base64Url.IsValid(s) || !Base64Url.TryDecodeFromChars(s, bytes, out var written) || written != 16) return false;
        result = new(new Guid(bytes[..16], bigEndian: true));
        return true;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        Value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
