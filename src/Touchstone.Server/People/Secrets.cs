using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Touchstone.Server.People;

/// <summary>The secrets that are handed out once and of which only the SHA-256 is kept: API keys and one-time links.</summary>
internal static class Secrets
{
    /// <summary>"ts_" and 256 random bits in base64url.</summary>
    public const int KeyLength = 3 + 43;

    /// <summary>Characters of a key that may be shown again, for recognising it.</summary>
    public const int KeyPrefixLength = 9;

    public static string NewKey() => "ts_" + NewToken();

    public static string NewToken()
    {
        Span<byte> bytes = stackalloc byte[32];
        RandomNumberGenerator.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
