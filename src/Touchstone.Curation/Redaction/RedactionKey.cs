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
    private const int SecretBytesMin = 32, SecretBytesMax = 64 << 10;
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

    /// <summary>Reads a key from a file.</summary>
    /// <param name="file">The file, whose bytes are the secret.</param>
    /// <exception cref="InvalidDataException">It has fewer than 32 bytes, or more than a key has.</exception>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    public static RedactionKey Read(string file)
    {
        if (!File.Exists(file)) throw new FileNotFoundException($"There is no key file {file}.");
        var bytes = new FileInfo(file).Length;
        if (bytes is < SecretBytesMin or > SecretBytesMax) throw new InvalidDataException($"{file}: expected a key of {SecretBytesMin} to {SecretBytesMax} bytes, found {bytes}");
        var secret = File.ReadAllBytes(file);
        try
        {
            return new(secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>Puts back what was sealed under this key; placeholders without a sign, of another key, or changed since, stay.</summary>
    /// <param name="text">A redacted text.</param>
    /// <returns>The text, how many placeholders were opened, and how many that have a sign, or the rest of one, could not be.</returns>
    public (string Text, int Opened, int Unopened) Restore(string text)
    {
        if (!text.Contains('[', StringComparison.Ordinal)) return (text, 0, 0);
        var (opened, unopened) = (0, 0);
        var restored = Sealed().Replace(text, match =>
        {
            var type = match.Groups["type"].Value.ToLowerInvariant();
            if (!RedactionTypes.All.Contains(type)) return match.Value;
            if (match.Groups["end"].Length > 0 && Open(type, match.Groups["token"].ValueSpan) is { } value)
            {
                opened++;
                return value;
            }

            unopened++;
            return match.Value;
        });
        return (restored, opened, unopened);
    }

    private string? Open(string type, ReadOnlySpan<char> sign)
    {
        var token = new byte[Base64Url.GetMaxDecodedLength(sign.Length)];
        if (!Base64Url.IsValid(sign) || !Base64Url.TryDecodeFromChars(sign, token, out var length) || length < NonceBytes + TagBytes) return null;
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

    // A whole sign has 38 characters or more. What is shorter, or has lost its bracket, is told rather than passed over, but for a few characters that any text may have there.
    [GeneratedRegex(@"\[(?<type>[A-Z_]{1,20}):(?<token>[A-Za-z0-9_-]{24,})(?<end>\]?)", RegexOptions.CultureInvariant)]
    private static partial Regex Sealed();
}
