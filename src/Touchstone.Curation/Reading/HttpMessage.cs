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
    /// <returns>The body, also where it is only partly sound; null where there is nothing to make of it.</returns>
    public ReadOnlyMemory<byte>? Body(int bytesMax, out string? fault)
    {
        fault = null;
        var body = Field("transfer-encoding").Contains("chunked", StringComparison.OrdinalIgnoreCase) ? Unchunked(_raw, out fault) : _raw;
        if (!TryDecompress(body, bytesMax, out var content, out var broken))
        {
            fault = fault is null ? broken : $"{fault}; {broken}";
            return null;
        }

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
    private bool TryDecompress(ReadOnlyMemory<byte> body, int bytesMax, out ReadOnlyMemory<byte> content, out string? fault)
    {
        (content, fault) = (body, null);
        var coding = Field("content-encoding").Trim().ToLowerInvariant();
        if (coding is "gzip" or "x-gzip" && !body.Span.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) return true;
        if (coding is not ("gzip" or "x-gzip" or "deflate" or "br")) return true;
        try
        {
            using var source = new MemoryStream(body.ToArray());
            using Stream decoder = coding switch
            {
                "br" => new BrotliStream(source, CompressionMode.Decompress),
                "deflate" when body.Span is [0x78, ..] => new ZLibStream(source, CompressionMode.Decompress),
                "deflate" => new DeflateStream(source, CompressionMode.Decompress),
                _ => new GZipStream(source, CompressionMode.Decompress),
            };
            content = ReadAll(decoder, bytesMax);
            return true;
        }
        catch (InvalidDataException broken)
        {
            fault = $"expected a body compressed as {coding}, found damage: {broken.Message}";
            return false;
        }
    }

    private static ReadOnlyMemory<byte> ReadAll(Stream stream, int bytesMax)
    {
        var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var got = stream.Read(buffer);
            if (got == 0) return content.GetBuffer().AsMemory(0, (int)content.Length);
            content.Write(buffer, 0, got);
            if (content.Length > bytesMax) throw new InvalidDataException($"it grows beyond {bytesMax} bytes");
        }
    }
}
