using System.Text;
using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Filters;

/// <summary>What stands between white space in a text, as Python's <c>str.split</c> parts it.</summary>
/// <param name="Count">Number of words.</param>
/// <param name="Characters">Code points in all of them.</param>
/// <param name="WithoutLetter">Words without a letter.</param>
/// <param name="StopWords">Words that are one of the eight stop words of Gopher, in any case of letters.</param>
internal readonly record struct SpacedWords(int Count, long Characters, int WithoutLetter, int StopWords)
{
    /// <summary>Counts the words of a text.</summary>
    public static SpacedWords Of(ReadOnlySpan<char> text)
    {
        var (count, characters, withoutLetter, stopWords) = (0, 0L, 0, 0);
        for (var at = 0; at < text.Length;)
        {
            while (at < text.Length && PythonCharacters.IsSpace(text[at])) at++;
            var start = at;
            while (at < text.Length && !PythonCharacters.IsSpace(text[at])) at++;
            if (at == start) break;
            var word = text[start..at];
            count++;
            characters += CodePoints.Count(word);
            if (!PythonCharacters.HasAlpha(word)) withoutLetter++;
            if (IsStopWord(word)) stopWords++;
        }

        return new(count, characters, withoutLetter, stopWords);
    }

    private static bool IsStopWord(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 or > 4 || !Ascii.IsValid(word)) return false;
        Span<char> lower = stackalloc char[4];
        word.ToLowerInvariant(lower);
        return lower[..word.Length] is "the" or "be" or "to" or "of" or "and" or "that" or "have" or "with";
    }
}
