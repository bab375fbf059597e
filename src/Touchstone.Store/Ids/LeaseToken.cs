using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Touchstone.Store.Ids;

/// <summary>
/// The unguessable name of a lease: 128 random bits, written as 22 characters of base64url. It is all that a contributor ever
/// sees of a task, and it proves the right to the slot.
/// </summary>
public readonly record struct LeaseToken(Guid Value) : IParsable<LeaseToken>
{
    /// <summary>A fresh token from the operating system's generator.</summary>
    public static LeaseToken New()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
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
