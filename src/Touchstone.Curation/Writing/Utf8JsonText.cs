using System.Buffers;
using System.Text;

namespace Touchstone.Curation.Writing;

/// <summary>JSON strings in UTF-8, with no more escapes than JSON needs.</summary>
internal static class Utf8JsonText
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    /// <summary>Writes a text with its quotes; a half of a surrogate pair becomes U+FFFD.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        output.Write("\""u8);
        while (true)
        {
            var clean = text.IndexOfAny(Escaped);
            if (clean < 0) break;
            Encoding.UTF8.GetBytes(text[..clean], output);
            WriteEscape(output, text[clean]);
            text = text[(clean + 1)..];
        }

        Encoding.UTF8.GetBytes(text, output);
        output.Write("\""u8);
    }

    private static void WriteEscape(IBufferWriter<byte> output, char character)
    {
        switch (character)
        {
            case '"': output.Write("\\\""u8); break;
            case '\\': output.Write("\\\\"u8); break;
            case '\n': output.Write("\\n"u8); break;
            case '\r': output.Write("\\r"u8); break;
            case '\t': output.Write("\\t"u8); break;
            default:
                output.Write("\\u00"u8);
                output.Write([(byte)(character < 0x10 ? '0' : '1'), (byte)"0123456789abcdef"[character & 0xF]]);
                break;
        }
    }
}
