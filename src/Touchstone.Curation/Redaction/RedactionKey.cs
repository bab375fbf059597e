using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Touchstone.Curation.Redaction;

/// <summary>
/// The key that redacted parts are written under, so that its holder, and nobody else, can put them back. The same part gives the same sign under the same key: who may not read
/// it still sees that two places name the same address.
/// </summary>
/// <remarks>
/// AES-256-GCM (NIST SP 800-38D) whose nonce is made from what is sealed, as in RFC 8452 and RFC 5297: the first 12 bytes of HMAC-SHA-256 over type and text. Equal nonces so come
/// only from equal texts, or by chance once in about 2^48 different texts under one key. Both keys are derived by HKDF-SHA-256 (RFC 5869). The length of what stood there shows.
/// </remarks>
public sealed partial class RedactionKey : IDisposable
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly byte[] _nonceKey;
    private readonly byte[] _sealKey;

    /// <summary>Makes the key from secret bytes.</summary>
    /// <param name="secret">At least 32 bytes that nobody can guess, such as <c>openssl rand 32</c> writes.</param>
    /// <exception cref="ArgumentException">There are fewer than 32 bytes.</exception>
    public RedactionKey(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < 32) throw new ArgumentException($"Expected a key of 32 bytes or more, found {secret.Length}.", nameof(secret));
        var bytes = secret.ToArray();
        _nonceKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, 32, info: "touchstone redaction nonce"u8.ToArray());
        _sealKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, 32, info: "touchstone redaction seal"u8.ToArray());
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>Writes a part of a text as a sign of letters, digits, hyphens and underscores.</summary>
    /// <param name="type">The part's type, which is sealed with it.</param>
    /// <param name="value">The part.</param>
    public string Seal(string type, ReadOnlySpan<char> value)
    {
        var (kind, text) = (Encoding.UTF8.GetBytes(type), new byte[Encoding.UTF8.GetByteCount(value)]);
        Encoding.UTF8.GetBytes(value, text);
        var token = new byte[NonceBytes + TagBytes + text.Length];
        byte[] named = [.. kind, 0, .. text];
        HMACSHA256.HashData(_nonceKey, named).AsSpan(0, NonceBytes).CopyTo(token);
        using var cipher = new AesGcm(_sealKey, TagBytes);
        cipher.Encrypt(token.AsSpan(0, NonceBytes), text, token.AsSpan(NonceBytes + TagBytes), token.AsSpan(NonceBytes, TagBytes), kind);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Puts back what was sealed under this key; placeholders without a sign, or of another key, stay.</summary>
    /// <param name="text">A redacted text.</param>
    /// <returns>The text, and how many placeholders with a sign could not be opened.</returns>
    public (string Text, int Unopened) Restore(string text)
    {
        var unopened = 0;
        var restored = Sealed().Replace(text, match =>
        {
            if (Open(match.Groups["type"].Value.ToLowerInvariant(), match.Groups["token"].ValueSpan) is { } value) return value;
            unopened++;
            return match.Value;
        });
        return (restored, unopened);
    }

    private string? Open(string type, ReadOnlySpan<char> sign)
    {
        var token = new byte[Base64Url.GetMaxDecodedLength(sign.Length)];
        if (!Base64Url.TryDecodeFromChars(sign, token, out var length) || length < NonceBytes + TagBytes) return null;
        var text = new byte[length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(_sealKey, TagBytes);
        try
        {
            cipher.Decrypt(token.AsSpan(0, NonceBytes), token.AsSpan(NonceBytes + TagBytes, text.Length), token.AsSpan(NonceBytes, TagBytes), text, Encoding.UTF8.GetBytes(type));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null; // another key's, or changed since
        }

        return Encoding.UTF8.GetString(text);
    }

    /// <summary>Wipes the key from memory.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_nonceKey);
        CryptographicOperations.ZeroMemory(_sealKey);
    }

    [GeneratedRegex(@"\[(?<type>[A-Z_]{1,20}):(?<token>[A-Za-z0-9_-]{38,})\]", RegexOptions.CultureInvariant)]
    private static partial Regex Sealed();
}
