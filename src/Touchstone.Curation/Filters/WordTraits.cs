using Touchstone.Text.Unicode;
using Touchstone.Text.Words;

namespace Touchstone.Curation.Filters;

/// <summary>What <see cref="GopherQuality"/> asks of every word, worked out once for each distinct word that a worker meets.</summary>
internal sealed class WordTraits
{
    private const int IsKnown = 1;
    private const int IsNotSymbol = 2;
    private const int HasLetter = 4;
    private const int LengthShift = 3;

    private int[] _traits = new int[1024];
    private Lexicon? _lexicon;
    private int _generation;

    /// <summary>Sums over the words of a text.</summary>
    /// <param name="NotSymbols">Words with a character that is no punctuation.</param>
    /// <param name="NotSymbolCharacters">Code points in those.</param>
    /// <param name="WithLetter">Words with a letter.</param>
    public readonly record struct Sums(int NotSymbols, long NotSymbolCharacters, int WithLetter);

    /// <summary>Counts words by what they are made of.</summary>
    public Sums Count(WordList words, Lexicon lexicon)
    {
        Begin(lexicon);
        var traits = _traits;
        var (notSymbols, characters, withLetter) = (0, 0L, 0);
        foreach (var id in words.Ids)
        {
            var trait = traits[id];
            if (trait == 0) traits[id] = trait = Of(lexicon[id]);
            if ((trait & IsNotSymbol) != 0)
            {
                notSymbols++;
                characters += trait >> LengthShift;
            }

            withLetter += (trait & HasLetter) >> 2;
        }

        return new Sums(notSymbols, characters, withLetter);
    }

    private void Begin(Lexicon lexicon)
    {
        if (!ReferenceEquals(lexicon, _lexicon) || lexicon.Generation != _generation)
        {
            Array.Clear(_traits);
            (_lexicon, _generation) = (lexicon, lexicon.Generation);
        }

        if (_traits.Length < lexicon.Count) Array.Resize(ref _traits, Math.Max(lexicon.Count, _traits.Length * 2));
    }

    private static int Of(ReadOnlySpan<char> word) =>
        IsKnown
        | (TextMarks.IsSymbol(word) ? 0 : IsNotSymbol)
        | (PythonCharacters.HasAlpha(word) ? HasLetter : 0)
        | CodePoints.Count(word) << LengthShift;
}
