using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Touchstone.Annotations.Json;

/// <summary>Text inside JSON, read where it lies.</summary>
internal static class JsonText
{
    /// <summary>What makes text of the document unfit to be stored (ill-formed Unicode, U+0000), or null.</summary>
    /// <remarks>The parser checks neither UTF-8 nor surrogates until a text is taken out; then it throws.</remarks>
    public static string? Flaw(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined) return null;
        var raw = JsonMarshal.GetRawUtf8Value(element);
        return Utf8.IsValid(raw) ? FlawOfEscapes(raw) : "bytes that are not UTF-8";
    }

    private static string? FlawOfEscapes(ReadOnlySpan<byte> raw)
    {
        for (var next = raw.IndexOf((byte)'\\'); next >= 0; next = raw.IndexOf((byte)'\\'))
        {
            raw = raw[next..];
            if (raw[1] != 'u')
            {
                raw = raw[2..];
                continue;
            }

            var unit = (char)ushort.Parse(raw[2..6], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            raw = raw[6..];
            if (unit == 0) return "\\u0000";
            if (char.IsLowSurrogate(unit)) return $"\\u{(int)unit:x4} without its first half";
            if (!char.IsHighSurrogate(unit)) continue;
            if (raw is not [(byte)'\\', (byte)'u', (byte)'d' or (byte)'D', >= (byte)'c' and <= (byte)'f' or >= (byte)'C' and <= (byte)'F', ..])
                return $"\\u{(int)unit:x4} without its second half";
            raw = raw[6..];
        }

        return null;
    }

    /// <summary>The text of a string as UTF-8. Allocates only where it is written with escapes.</summary>
    public static ReadOnlySpan<byte> Utf8Of(JsonElement text)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        return raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(text.GetString()!) : raw;
    }

    /// <summary>The name of a member as UTF-8. Allocates only where it is written with escapes.</summary>
    public static ReadOnlySpan<byte> Utf8Of(JsonProperty member)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        return raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(member.Name) : raw;
    }

    /// <summary>Unicode code points of well-formed UTF-8.</summary>
    public static int CodePoints(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var b in utf8)
            if ((b & 0xC0) != 0x80) count++;
        return count;
    }

    /// <summary>What stands there, for the <c>found</c> of a fault.</summary>
    public static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Quote(element.GetString()!),
        JsonValueKind.Number => Cut(element.GetRawText()),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => $"a list of {element.GetArrayLength()}",
        JsonValueKind.Object => "an object",
        _ => "nothing",
    };

    /// <summary>A text in quotes, cut to 60 characters.</summary>
    public static string Quote(string text) => $"\"{Cut(text)}\"";

    private static string Cut(string text)
    {
        if (text.Length <= 60) return text;
        var end = char.IsHighSurrogate(text[59]) ? 59 : 60;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
