using System.Globalization;
using System.Text;

namespace Touchstone.Terminal;

/// <summary>Text that came from outside, such as a file's name, as a terminal may show it.</summary>
internal static class Printable
{
    /// <summary>The text, with everything that would move the cursor, colour, or turn the writing direction of what follows written as an escape.</summary>
    public static string Text(string text)
    {
        var isClean = true;
        foreach (var rune in text.EnumerateRunes()) isClean &= IsShown(rune);
        if (isClean) return text;
        var shown = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsShown(rune)) shown.Append(rune);
            else shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        }

        return shown.ToString();
    }

    // The joiners are part of words and of emoji; marks of direction are what hides a name's true ending.
    private static bool IsShown(Rune rune) => rune.Value is 0x200C or 0x200D || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
