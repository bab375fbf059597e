using System.Globalization;
using System.Text;

namespace Touchstone.Text.Words;

/// <summary>Values of the property Word_Break of Unicode (UAX #29, table 3).</summary>
internal enum WordBreak : byte
{
    Other,
    CarriageReturn,
    LineFeed,
    Newline,
    Extend,
    Joiner,
    Format,
    Katakana,
    HebrewLetter,
    Letter,
    SingleQuote,
    DoubleQuote,
    MidNumLet,
    MidLetter,
    MidNum,
    Numeric,
    ExtendNumLet,
    RegionalIndicator,
    Pictograph,
    Space,
}

/// <summary>
/// Tells the Word_Break class of a character. UAX #29 defines the classes by other properties of characters; here they follow from the general category, which the
/// runtime knows, and from the ranges of the scripts that the definition leaves out or names. Pictographs are other symbols from the blocks of emoji.
/// </summary>
internal static class WordBreakClasses
{
    /// <summary>Ranges of scripts without spaces, whose characters are no letters to the rules: ideographs, Hiragana, and the scripts of line-break class SA.</summary>
    private static readonly (int First, int Last)[] WithoutSpaces =
    [
        (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1950, 0x19DF), (0x1A20, 0x1AAF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3038, 0x303A), (0x3041, 0x309A), (0x309D, 0x309F),
        (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA9E0, 0xA9FE), (0xAA60, 0xAADF), (0xF900, 0xFAFF), (0x11700, 0x1173F), (0x16FE4, 0x16FE4), (0x17000, 0x18DFF), (0x1B001, 0x1B11F), (0x1B150, 0x1B152),
        (0x1B170, 0x1B2FF), (0x1F200, 0x1F200), (0x20000, 0x3FFFF),
    ];

    private static readonly (int First, int Last)[] Katakana =
        [(0x3031, 0x3035), (0x309B, 0x309C), (0x30A0, 0x30FA), (0x30FC, 0x30FF), (0x31F0, 0x31FF), (0x32D0, 0x32FE), (0x3300, 0x3357), (0xFF66, 0xFF9D), (0x1AFF0, 0x1AFFF), (0x1B000, 0x1B000), (0x1B164, 0x1B167)];

    private static readonly (int First, int Last)[] Hebrew = [(0x05D0, 0x05EA), (0x05EF, 0x05F2), (0xFB1D, 0xFB1D), (0xFB1F, 0xFB28), (0xFB2A, 0xFB4F)];

    private static readonly byte[] Units = [.. Enumerable.Range(0, char.MaxValue + 1).Select(unit => (byte)(char.IsSurrogate((char)unit) ? WordBreak.Other : Derive(unit)))];

    /// <summary>The class of a character.</summary>
    public static WordBreak Of(Rune rune) => rune.IsBmp ? (WordBreak)Units[rune.Value] : Derive(rune.Value);

    private static WordBreak Derive(int point) => Named(point) is var named and not WordBreak.Other ? named : ByCategory(point);

    /// <summary>The characters that the definition names one by one.</summary>
    private static WordBreak Named(int point) => point switch
    {
        '\r' => WordBreak.CarriageReturn,
        '\n' => WordBreak.LineFeed,
        '\v' or '\f' or 0x85 or 0x2028 or 0x2029 => WordBreak.Newline,
        0x200D => WordBreak.Joiner,
        0x200C or 0xFF9E or 0xFF9F or (>= 0x1F3FB and <= 0x1F3FF) => WordBreak.Extend,
        '\'' => WordBreak.SingleQuote,
        '"' => WordBreak.DoubleQuote,
        '.' or 0x2018 or 0x2019 or 0x2024 or 0xFE52 or 0xFF07 or 0xFF0E => WordBreak.MidNumLet,
        ':' or 0xB7 or 0x0387 or 0x055F or 0x05F4 or 0x2027 or 0xFE13 or 0xFE55 or 0xFF1A => WordBreak.MidLetter,
        ',' or ';' or 0x037E or 0x0589 or 0x060C or 0x060D or 0x066C or 0x07F8 or 0x2044 or 0xFE10 or 0xFE14 or 0xFE50 or 0xFE54 or 0xFF0C or 0xFF1B => WordBreak.MidNum,
        0x066B => WordBreak.Numeric,
        0x202F => WordBreak.ExtendNumLet,
        ' ' or 0x1680 or (>= 0x2000 and <= 0x2006) or (>= 0x2008 and <= 0x200A) or 0x205F or 0x3000 => WordBreak.Space,
        >= 0x1F1E6 and <= 0x1F1FF => WordBreak.RegionalIndicator,
        0x05F3 or (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189) => WordBreak.Letter,
        (>= 0x02C2 and <= 0x02C5) or (>= 0x02D2 and <= 0x02D7) or 0x02DE or 0x02DF or (>= 0x02E5 and <= 0x02EB) or 0x02ED or (>= 0x02EF and <= 0x02FF) => WordBreak.Letter,
        _ => WordBreak.Other,
    };

    private static WordBreak ByCategory(int point)
    {
        if (IsIn(Katakana, point)) return WordBreak.Katakana;
        switch (CharUnicodeInfo.GetUnicodeCategory(point))
        {
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark:
                return WordBreak.Extend;
            case UnicodeCategory.Format when point != 0x200B:
                return WordBreak.Format;
            case UnicodeCategory.DecimalDigitNumber:
                return WordBreak.Numeric;
            case UnicodeCategory.ConnectorPunctuation:
                return WordBreak.ExtendNumLet;
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber:
                return IsIn(WithoutSpaces, point) ? WordBreak.Other : IsIn(Hebrew, point) ? WordBreak.HebrewLetter : WordBreak.Letter;
            case UnicodeCategory.OtherSymbol when point is 0xA9 or 0xAE or (>= 0x2190 and <= 0x2BFF) or (>= 0x1F000 and <= 0x1FAFF):
                return WordBreak.Pictograph;
            default:
                return WordBreak.Other;
        }
    }

    private static bool IsIn((int First, int Last)[] ranges, int point)
    {
        foreach (var (first, last) in ranges)
        {
            if (point >= first && point <= last) return true;
        }

        return false;
    }
}
