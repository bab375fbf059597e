using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Touchstone.Curation.Reading;

/// <summary>Characters of a web page's bytes.</summary>
/// <remarks>
/// A byte order mark tells first, then the HTTP head, then what the page states within its first 1024 bytes (HTML Standard, 13.2.3.2), then whether the bytes are UTF-8; what is
/// left is read as windows-1252, in which every byte means something.
/// </remarks>
internal static partial class PageCharacters
{
    private const int LookedAtBytes = 1024;

    /// <param name="bytes">The page.</param>
    /// <param name="charset">What the HTTP head states; null where it does not.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (bytes is [0xEF, 0xBB, 0xBF, ..]) return Encoding.UTF8.GetString(bytes[3..]);
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        var encoding = Named(charset) ?? Named(Stated(bytes));
        if (encoding is null or UTF8Encoding) encoding = Utf8.IsValid(bytes) || encoding is not null ? Encoding.UTF8 : Named("windows-1252")!;
        return encoding.GetString(bytes);
    }

    [GeneratedRegex("""<meta[^>]{0,200}?charset\s{0,10}=\s{0,10}["']?\s{0,10}([A-Za-z0-9_:.-]{2,40})""", RegexOptions.IgnoreCase)]
    private static partial Regex Charset { get; }

    private static string? Stated(ReadOnlySpan<byte> bytes)
    {
        var start = Encoding.Latin1.GetString(bytes[..Math.Min(LookedAtBytes, bytes.Length)]);
        return Charset.Match(start) is { Success: true } match ? match.Groups[1].Value : null;
    }

    private static Encoding? Named(string? name)
    {
        if (string.IsNullOrEmpty(name)) return null;
        name = name.Trim().ToLowerInvariant();
        if (name is "utf-8" or "utf8") return Encoding.UTF8;
        if (name is "iso-8859-1" or "latin1" or "us-ascii" or "ascii") name = "windows-1252";   // as browsers read them (Encoding Standard, 4.2)
        if (name is "gb2312" or "gbk") name = "gb18030";
        if (name.StartsWith("utf-16", StringComparison.Ordinal)) return null;                   // a page that states it within itself is not in it
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;                                                                       // a name that nobody knows says nothing
        }
    }
}
