using System.Buffers.Text;
using System.Text.Unicode;

namespace Touchstone.Formats.Json;

/// <summary>Whether the texts within a JSON value are Unicode. JSON's grammar lets halves of surrogate pairs pass, and readers of it do not look at the bytes until a text is asked for.</summary>
internal static class JsonText
{
    /// <param name="json">A value as it stands in the file.</param>
    public static bool IsUnicode(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) return false;
        var isHigh = false;
        while (true)
        {
            var at = json.IndexOf((byte)'\\');
            if (at < 0 || at + 1 >= json.Length) return !isHigh;
            if (isHigh && at > 0) return false;
            var unit = 0;
            if (json[at + 1] == (byte)'u' && (at + 6 > json.Length || !Utf8Parser.TryParse(json.Slice(at + 2, 4), out unit, out var taken, 'x') || taken != 4)) return false;
            var isLow = unit is >= 0xDC00 and < 0xE000;
            if (isHigh != isLow) return false;
            isHigh = unit is >= 0xD800 and < 0xDC00;
            json = json[(at + (json[at + 1] == (byte)'u' ? 6 : 2))..];
        }
    }
}
