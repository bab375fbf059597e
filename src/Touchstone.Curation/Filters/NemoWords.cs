using Touchstone.Text.Unicode;
using Touchstone.Text.Words;

namespace Touchstone.Curation.Filters;

/// <summary>What NeMo Curator counts over the words of a text.</summary>
/// <param name="Count">Number of words.</param>
/// <param name="Characters">Code points in all words.</param>
/// <param name="Longest">Code points of the longest word, 0 without any.</param>
/// <param name="Symbols">Words that are an ellipsis, or in which more than half of the characters begin a run of number signs.</param>
/// <param name="WithLetter">Words with a letter.</param>
/// <param name="Common">Words that are among the most common ones of English, in lower case.</param>
internal readonly record struct NemoWords(int Count, long Characters, int Longest, int Symbols, int WithLetter, int Common)
{
    /// <summary>Counts the words of a text.</summary>
    public static NemoWords Of(ReadOnlySpan<char> text, WordList words)
    {
        var (characters, longest, symbols, withLetter, common) = (0L, 0, 0, 0, 0);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words.Of(text, i);
            var length = CodePoints.Count(word);
            characters += length;
            longest = Math.Max(longest, length);
            if (IsSymbol(word, length)) symbols++;
            if (PythonCharacters.HasAlpha(word)) withLetter++;
            if (word is "the" or "be" or "to" or "of" or "and" or "that" or "have" or "with") common++;
        }

        return new NemoWords(words.Count, characters, longest, symbols, withLetter, common);
    }

    private static bool IsSymbol(ReadOnlySpan<char> word, int length)
    {
        if (word is "..." or "[...]" or "…" or "(...)" or "[…]" or "-»" or "read more.." or "read more") return true;
        var runs = 0;
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] == '#' && (i == 0 || word[i - 1] != '#')) runs++;
        }

        return runs / (double)length > 0.5;
    }
}
