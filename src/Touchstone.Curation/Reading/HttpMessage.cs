using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Touchstone.Curation.Reading;

/// <summary>An HTTP response as an archive holds it (RFC 9112), with its body taken out of chunks and compression.</summary>
internal sealed class HttpMessage
{
    private readonly IReadOnlyDictionary<string, string> _fields;
    private readonly ReadOnlyMemory<byte> _raw;

    private HttpMessage(IReadOnlyDictionary<string, string> fields, ReadOnlyMemory<byte> raw) => (_fields, _raw) = (fields, raw);

    /// <summary>Whether the body begins as a page does, for responses that do not state their type.</summary>
    public bool LooksLikeHtml => Encoding.Latin1.GetString(_raw.Span[..Math.Min(512, _raw.Length)]).TrimStart() is ['<', ('!' or 'h' or 'H'), ..];

    /// <returns>Null where the block is no response.</returns>
    public static HttpMessage? Parse(ReadOnlyMemory<byte> block)
    {
        if (!block.Span.StartsWith("HTTP/"u8)) return null;
        var length = HeaderLines.Length(block.Span);
        var head = length < 0 ? block : block[..length];
        return new(HeaderLines.Fields(head.Span, out _), block[head.Length..]);
    }

    public string Field(string name) => _fields.TryGetValue(name, out var value) ? value : "";

    /// <summary>What a content type states of the encoding; null where it does not.</summary>
    public static string? CharsetOf(string type)
    {
        var at = type.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : type[(at + "charset=".Length)..].Split(';')[0].Trim(' ', '"', '\'');
    }

    /// <summary>The body as the server meant it.</summary>
    /// <param name="bytesMax">The most bytes to decompress to.</param>
    /// <param name="fault">What is wrong with it; null where nothing is.</param>
    /// <param name="isTooLong">True where it decompresses to more than that, of which nothing is taken.</param>
    /// <returns>The body, also where it is only partly sound; null where there is nothing to make of it.</returns>
    public ReadOnlyMemory<byte>? Body(int bytesMax, out string? fault, out bool isTooLong)
    {
        fault = null;
        var body = Field("transfer-encoding").Contains("chunked", StringComparison.OrdinalIgnoreCase) ? Unchunked(_raw, out fault) : _raw;
        var content = Decompressed(body, bytesMax, out var broken, out isTooLong);
        if (broken is null) return content;
        fault = fault is null ? broken : $"{fault}; {broken}";
        if (content.IsEmpty) return null;
        return content;
    }

    private static ReadOnlyMemory<byte> Unchunked(ReadOnlyMemory<byte> raw, out string? fault)
    {
        fault = null;
        var body = new MemoryStream(raw.Length);
        var left = raw.Span;
        while (true)
        {
            var line = left.IndexOf((byte)'\n');
            if (line < 0 || !TrySize(left[..line], out var size))
            {
                if (body.Length == 0)
                {
                    fault = "expected a chunked body, found one that is not; it is taken as it is";
                    return raw;
                }

                fault = $"expected the size of a chunk behind {body.Length} bytes of content, found something else; what stands before is taken";
                break;
            }

            left = left[(line + 1)..];
            if (size == 0) break;
            body.Write(left[..(int)Math.Min(size, left.Length)]);
            if (size > left.Length)
            {
                fault = $"expected a chunk of {size} bytes, found {left.Length}; what is there is taken";
                break;
            }

            left = left[(int)size..];
            if (left.StartsWith("\r\n"u8)) left = left[2..];
            else if (left.StartsWith("\n"u8)) left = left[1..];
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static bool TrySize(ReadOnlySpan<byte> line, out long size)
    {
        var semicolon = line.IndexOf((byte)';');
        var digits = (semicolon < 0 ? line : line[..semicolon]).Trim(" \t\r"u8);
        return long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out size) && size >= 0;
    }

    /// <summary>Takes the body out of its compression. A body that does not begin as its compression does was taken out by whoever wrote the archive.</summary>
    private ReadOnlyMemory<byte> Decompressed(ReadOnlyMemory<byte> body, int bytesMax, out string? fault, out bool isTooLong)
    {
        (fault, isTooLong) = (null, false);
        var coding = Field("content-encoding").Trim().ToLowerInvariant();
        if (coding is "gzip" or "x-gzip" && !body.Span.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) return body;
        if (coding is not ("gzip" or "x-gzip" or "deflate" or "br")) return body;
        var content = new MemoryStream();
        if (TryDecode(coding, body, content, bytesMax, out var damage)) return content.GetBuffer().AsMemory(0, (int)content.Length);
        if (content.Length > bytesMax)
        {
            isTooLong = true;
            fault = $"expected a body of at most {bytesMax} bytes, found one compressed as {coding} that has more";
            return default;
        }

        DecodeRest(coding, body, content, bytesMax);
        fault = $"expected a body compressed as {coding}, found damage behind {content.Length} bytes of content: {damage}{(content.Length > 0 ? "; what is there is taken" : "")}";
        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    private static bool TryDecode(string coding, ReadOnlyMemory<byte> body, MemoryStream content, int bytesMax, out string? damage)
    {
        damage = null;
        using var decoder = Decoder(coding, body);
        var buffer = new byte[64 * 1024];
        try
        {
            for (int got; content.Length <= bytesMax && (got = decoder.Read(buffer)) > 0;) content.Write(buffer, 0, got);
            return content.Length <= bytesMax;
        }
        catch (InvalidDataException broken)
        {
            damage = broken.Message;
            return false;
        }
    }

    /// <summary>Adds what the read that failed had decoded before the damage, which the decoders do not tell: everything before it is decoded once more, and what lies behind byte by byte.</summary>
    private static void DecodeRest(string coding, ReadOnlyMemory<byte> body, MemoryStream content, int bytesMax)
    {
        using var decoder = Decoder(coding, body);
        var buffer = new byte[64 * 1024];
        try
        {
            for (var left = content.Length; left > 0;) left -= decoder.ReadAtLeast(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)), 1);
            for (int next; content.Length < bytesMax && (next = decoder.ReadByte()) >= 0;) content.WriteByte((byte)next);
        }
        catch (InvalidDataException)
        {
            // The damage, which is told already.
        }
    }

    private static Stream Decoder(string coding, ReadOnlyMemory<byte> body)
    {
        var source = new MemoryStream(body.ToArray());
        return coding switch
        {
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            "deflate" when body.Span is [0x78, ..] => new ZLibStream(source, CompressionMode.Decompress),
            "deflate" => new DeflateStream(source, CompressionMode.Decompress),
            _ => new GZipStream(source, CompressionMode.Decompress),
        };
    }
}
