using System.Globalization;
using System.Text;

namespace Touchstone.Text.Unicode;

/// <summary>
/// What Python calls a letter, white space or a word character. Reference results of text filters are made in Python, whose answers differ in places from those
/// of .NET (U+001C to U+001F are white space there, for one).
/// </summary>
public static class PythonCharacters
{
    /// <summary><c>str.isspace</c> of one character, which is also what <c>str.strip</c>, <c>str.split</c> and the pattern <c>\s</c> take for white space.</summary>
    public static bool IsSpace(char character) => (Words.EnglishCharacters.Of(character) & Words.EnglishClass.Space) != 0;

    /// <summary><c>str.isalpha</c> of one character: general category Lu, Ll, Lt, Lm or Lo.</summary>
    public static bool IsAlpha(Rune character) => IsLetter(Rune.GetUnicodeCategory(character));

    /// <summary>True where any character of a text is a letter (<c>any(c.isalpha() for c in text)</c>).</summary>
    public static bool HasAlpha(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii ? char.IsAsciiLetter((char)rune.Value) : IsAlpha(rune)) return true;
        }

        return false;
    }

    /// <summary>The pattern <c>\w</c>: letters, numbers of every kind (<c>str.isalnum</c>) and the underscore.</summary>
    public static bool IsWord(Rune character)
    {
        if (character.IsAscii) return Rune.IsLetterOrDigit(character) || character.Value == '_';
        var category = Rune.GetUnicodeCategory(character);
        return IsLetter(category) || category is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
    }

    /// <summary>True where every character is of a category of punctuation (spaCy's IS_PUNCT); false for an empty text.</summary>
    public static bool IsPunctuation(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsPunctuation(rune)) return false;
        }

        return !text.IsEmpty;
    }

    private static bool IsLetter(UnicodeCategory category) =>
        category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter;
}
