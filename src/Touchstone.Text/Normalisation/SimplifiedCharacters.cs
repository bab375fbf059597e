using System.Globalization;

namespace Touchstone.Text.Normalisation;

/// <summary>What becomes of each UTF-16 unit in a simplified text, for <see cref="TextSimplifier"/>.</summary>
internal static class SimplifiedCharacters
{
    /// <summary>
    /// datatrove's PUNCTUATION (utils/text.py, Apache-2.0), the control characters aside. It is the list as published, with a full-width digit in it, and leaves out the ends of
    /// sentences of other scripts.
    /// </summary>
    private const string Punctuation = "!/—”:％１〈&(、━\\【#%「」，】；+^]~“《„';’{|∶´[=-`*．（–？！：$～«〉,><》)?）。…@_.\"}►»";

    /// <summary>What to do with a UTF-16 unit.</summary>
    public enum Fate : byte
    {
        /// <summary>One unit takes its place, often itself.</summary>
        Mapped,

        /// <summary>White space and punctuation: a space.</summary>
        Space,

        /// <summary>A decimal digit: the beginning of a number.</summary>
        Digit,

        /// <summary>A mark that goes away.</summary>
        Removed,

        /// <summary>Looked at as a code point and in its surroundings.</summary>
        Special,
    }

    /// <summary>The fate of each unit.</summary>
    public static readonly Fate[] Fates = new Fate[char.MaxValue + 1];

    /// <summary>What takes the place of each unit whose fate is <see cref="Fate.Mapped"/>.</summary>
    public static readonly char[] Images = new char[char.MaxValue + 1];

    static SimplifiedCharacters()
    {
        for (var unit = 0; unit <= char.MaxValue; unit++) (Fates[unit], Images[unit]) = Look((char)unit);
    }

    /// <summary>Whether a unit may stand once within a number: a decimal separator of any script.</summary>
    public static bool IsSeparator(char unit) => unit is '.' or ',' or '\u060C' or '\u066B' or '\u2396' or '\u2397' or '\u2398';

    private static (Fate Fate, char Image) Look(char unit)
    {
        if (char.IsSurrogate(unit) || unit is LowerCase.CapitalSigma or LowerCase.CapitalIWithDot || CanonicalBases.IsHangul(unit)) return (Fate.Special, unit);
        if (char.GetUnicodeCategory(unit) == UnicodeCategory.DecimalDigitNumber) return (Fate.Digit, '0');
        if (IsSpace(unit)) return (Fate.Space, ' ');
        var lower = LowerCase.Of(unit);
        if (CanonicalBases.IsRemoved(lower)) return (Fate.Removed, '\0');
        var image = CanonicalBases.Of(lower);
        if (lower > char.MaxValue || image is { Length: not 1 } || CanonicalBases.CombiningClass(lower) != 0) return (Fate.Special, unit);
        return (Fate.Mapped, image?[0] ?? (char)lower);
    }

    // Python's \s is .NET's white space and U+001C to U+001F, which the control characters of the punctuation take in.
    private static bool IsSpace(char unit) => unit is < ' ' or (>= '\u007F' and < '\u00A0') || char.IsWhiteSpace(unit) || Punctuation.Contains(unit, StringComparison.Ordinal);
}
