using System.Globalization;
using System.Text;

namespace Touchstone.Text.Normalisation;

/// <summary>Lower case as Python's <c>str.lower</c> gives it: full mappings of the Unicode Character Database without a language.</summary>
/// <remarks>The only character with a longer lower case is U+0130, the only one that looks around itself is the capital sigma (SpecialCasing.txt, Final_Sigma).</remarks>
public static class LowerCase
{
    /// <summary>Greek capital sigma, which has another lower case at the end of a word.</summary>
    public const char CapitalSigma = 'Σ';

    /// <summary>Latin capital I with dot above: its lower case is <c>i</c> and the mark U+0307.</summary>
    public const char CapitalIWithDot = 'İ';

    /// <summary>The lower case of a code point by itself.</summary>
    /// <param name="character">Any code point; lone surrogates stay as they are.</param>
    public static int Of(int character) => Rune.TryCreate(character, out var rune) ? Rune.ToLowerInvariant(rune).Value : character;

    /// <summary>A text in lower case.</summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text)) return text.ToLowerInvariant();
        var lower = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == CapitalSigma) lower.Append(OfSigma(text, i));
            else if (text[i] == CapitalIWithDot) lower.Append("i\u0307");
            else if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) lower.Append(char.ConvertFromUtf32(Of(char.ConvertToUtf32(text[i], text[++i]))));
            else lower.Append((char)Of(text[i]));
        }

        return lower.ToString();
    }

    /// <summary>The lower case of the capital sigma at a place of a text: <c>ς</c> behind a letter and before none, else <c>σ</c>.</summary>
    /// <param name="text">The text before any change.</param>
    /// <param name="at">Where its capital sigma is.</param>
    public static char OfSigma(ReadOnlySpan<char> text, int at)
    {
        var before = at;
        while (before > 0)
        {
            Rune.DecodeLastFromUtf16(text[..before], out var rune, out var length);
            if (!IsCaseIgnorable(rune))
            {
                if (!IsCased(rune)) return 'σ';
                return IsBeforeLetter(text[(at + 1)..]) ? 'σ' : 'ς';
            }

            before -= length;
        }

        return 'σ';
    }

    private static bool IsBeforeLetter(ReadOnlySpan<char> rest)
    {
        while (!rest.IsEmpty)
        {
            Rune.DecodeFromUtf16(rest, out var rune, out var length);
            if (!IsCaseIgnorable(rune)) return IsCased(rune);
            rest = rest[length..];
        }

        return false;
    }

    // Case_Ignorable and Cased of DerivedCoreProperties.txt, as categories and what is beyond them.
    private static bool IsCaseIgnorable(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
        or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol
        || rune.Value is '\'' or '.' or ':' or 0xB7 or 0x387 or 0x55F or 0x5F4 or 0x2018 or 0x2019 or 0x2024 or 0x2027 or 0xFE13 or 0xFE52 or 0xFE55 or 0xFF07 or 0xFF0E or 0xFF1A;

    private static bool IsCased(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        || rune.Value is 0xAA or 0xBA or (>= 0x2160 and <= 0x217F) or (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);
}
