using System.Globalization;
using System.Text;

namespace Touchstone.Curation.Filters;

/// <summary>What NeMo Curator counts over the characters of a text (<c>nemo_curator/utils/constants.py</c>).</summary>
/// <param name="Alphanumeric">Characters in <c>[a-zA-Z0-9\n?!,.]</c>.</param>
/// <param name="Digits">Decimal digits of any script.</param>
/// <param name="WhiteSpace">Tabs, line feeds, carriage returns, backspaces and spaces.</param>
/// <param name="Brackets">Brackets of any kind.</param>
internal readonly record struct NemoCharacters(int Alphanumeric, int Digits, int WhiteSpace, int Brackets)
{
    /// <summary>Counts the characters of a text.</summary>
    public static NemoCharacters Of(ReadOnlySpan<char> text)
    {
        var (alphanumeric, digits, whiteSpace, brackets) = (0, 0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            if (unit >= 0x80)
            {
                if (unit is '⟨' or '⟩') brackets++;
                else if (Rune.DecodeFromUtf16(text[i..], out var rune, out var units) == System.Buffers.OperationStatus.Done)
                {
                    if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber) digits++;
                    i += units - 1;
                }

                continue;
            }

            if (char.IsAsciiLetterOrDigit(unit) || unit is '\n' or '?' or '!' or ',' or '.') alphanumeric++;
            if (char.IsAsciiDigit(unit)) digits++;
            if (unit is '\t' or '\n' or '\r' or '\b' or ' ') whiteSpace++;
            if (unit is '{' or '}' or '[' or ']' or '(' or ')') brackets++;
        }

        return new NemoCharacters(alphanumeric, digits, whiteSpace, brackets);
    }

    /// <summary>Number of characters in matches of <c>http[s]?://(?:[a-zA-Z]|[0-9]|[$-_@.&amp;+]|[!*\(\),]|(?:%[0-9a-fA-F][0-9a-fA-F]))+</c>; the range from $ to _ takes in most of ASCII.</summary>
    public static int InAddresses(ReadOnlySpan<char> text)
    {
        var characters = 0;
        for (var at = text.IndexOf("http"); at >= 0; at = text.IndexOf("http"))
        {
            text = text[at..];
            var start = text.StartsWith("http://") ? 7 : text.StartsWith("https://") ? 8 : 0;
            var end = start;
            while (start > 0 && end < text.Length && (char.IsAsciiLetterLower(text[end]) || text[end] is >= '$' and <= '_' or '!')) end++;
            if (end > start) characters += end;
            text = text[(end > start ? end : 4)..];
        }

        return characters;
    }
}
