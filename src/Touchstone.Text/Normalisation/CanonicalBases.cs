using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Touchstone.Text.Normalisation;

/// <summary>What is left of a character when it is decomposed canonically (NFD) and the marks of category Mn are taken away: <c>é</c> gives <c>e</c>.</summary>
internal static partial class CanonicalBases
{
    private const int HangulFirst = 0xAC00, HangulLast = 0xD7A3, LeadFirst = 0x1100, VowelFirst = 0x1161, TailFirst = 0x11A7, Tails = 28, VowelsAndTails = 588;

    private static readonly FrozenDictionary<int, string> Bases = Parse();

    /// <summary>The rest of a character that has a canonical decomposition; null where it has none.</summary>
    /// <param name="character">A code point other than a Hangul syllable.</param>
    public static string? Of(int character) => Bases.GetValueOrDefault(character);

    /// <summary>Whether a code point is a Hangul syllable that is decomposed by rule.</summary>
    public static bool IsHangul(int character) => character is >= HangulFirst and <= HangulLast;

    /// <summary>The two or three letters of a Hangul syllable.</summary>
    /// <remarks>The Unicode Standard 15, section 3.12.</remarks>
    /// <returns>How many were written.</returns>
    public static int DecomposeHangul(int syllable, Span<char> letters)
    {
        var index = syllable - HangulFirst;
        letters[0] = (char)(LeadFirst + index / VowelsAndTails);
        letters[1] = (char)(VowelFirst + index % VowelsAndTails / Tails);
        if (index % Tails == 0) return 2;
        letters[2] = (char)(TailFirst + index % Tails);
        return 3;
    }

    /// <summary>The canonical combining class of marks that are not of category Mn; 0 for all others.</summary>
    /// <remarks>Unicode Character Database 15.1. Only these can change places in what <see cref="Of"/> leaves.</remarks>
    public static int CombiningClass(int character) => character switch
    {
        0x1715 or 0x1734 or 0x1B44 or 0x1BAA or 0x1BF2 or 0x1BF3 or 0xA953 or 0xA9C0 or 0x111C0 or 0x11235 or 0x1134D or 0x116B6 or 0x1193D or 0x11F41 => 9,
        0x302E or 0x302F => 224,
        0x16FF0 or 0x16FF1 => 6,
        0x1D165 or 0x1D166 or (>= 0x1D16E and <= 0x1D172) => 216,
        0x1D16D => 226,
        _ => 0,
    };

    /// <summary>Whether a code point is a mark that goes away.</summary>
    public static bool IsRemoved(int character) => Rune.IsValid(character) && Rune.GetUnicodeCategory(new Rune(character)) == UnicodeCategory.NonSpacingMark;

    private static FrozenDictionary<int, string> Parse()
    {
        var bases = new Dictionary<int, string>();
        foreach (var entry in Entries.Split(' '))
        {
            var character = char.ConvertToUtf32(entry, 0);
            bases.Add(character, entry[(character > char.MaxValue ? 2 : 1)..]);
        }

        return bases.ToFrozenDictionary();
    }
}
