using System.Runtime.CompilerServices;

namespace Touchstone.Text.Words;

/// <summary>
/// Splits text into the tokens of spaCy's blank English pipeline (3.8): exceptions, prefixes, suffixes, addresses and infixes, and after that exceptions that only
/// came together by splitting. Tokens of white space are left out, as datatrove does before it counts words. Belongs to one thread.
/// </summary>
/// <remarks>
/// The order of steps is that of <c>spacy/tokenizer.pyx</c>; the patterns are matched by tables and by hand. Time and memory grow with the text alone: what a
/// chunk falls into is remembered in a <see cref="Lexicon"/> of bounded size, which changes no result.
/// </remarks>
public sealed class EnglishTokenizer
{
    /// <summary>Longer chunks are addresses, encoded data and the like, and are not worth remembering.</summary>
    private const int RememberedChunkLengthMax = 64;

    private readonly EnglishRules _rules = EnglishRules.Shared;
    private readonly List<int> _lengths = [];
    private readonly AdjacentExceptions _adjacent;
    private int[] _parts = new int[64];

    /// <summary>A tokenizer for one thread.</summary>
    public EnglishTokenizer()
    {
        _adjacent = new AdjacentExceptions(_rules, Lexicon);
        Begin();
    }

    /// <summary>The words met so far, by their numbers.</summary>
    public Lexicon Lexicon { get; } = new();

    /// <summary>Splits a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Takes the words; what it held is forgotten. Numbers that other lists hold lose their meaning when <see cref="Lexicon.Generation"/> changed.</param>
    public void Split(ReadOnlySpan<char> text, WordList words)
    {
        if (Lexicon.IsFull)
        {
            Lexicon.Clear();
            Begin();
        }

        SplitPart(text, words);
    }

    /// <summary>Splits a part of a text for itself and keeps the numbers of earlier words valid, however many there are.</summary>
    public void SplitPart(ReadOnlySpan<char> text, WordList words)
    {
        words.Clear();
        var index = 0;
        while (true)
        {
            while (index < text.Length && (EnglishCharacters.Of(text[index]) & EnglishClass.Space) != 0) index++;
            if (index >= text.Length) break;
            var start = index;
            var hash = Lexicon.HashSeed;
            do
            {
                hash = Lexicon.HashStep(hash, text[index]);
                index++;
            }
            while (index < text.Length && (EnglishCharacters.Of(text[index]) & EnglishClass.Space) == 0);
            AddChunk(text, start, index - start, hash, words);
        }

        _adjacent.Join(text, words);
    }

    private void Begin()
    {
        // The lexicon begins with the tokens that exceptions can come together from, so that a small number alone tells them.
        foreach (var token in _rules.PatternTokens) Lexicon.Number(token, Lexicon.Hash(token));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddChunk(ReadOnlySpan<char> text, int start, int length, uint hash, WordList words)
    {
        if (length > RememberedChunkLengthMax)
        {
            AddLongChunk(text.Slice(start, length), start, words);
            return;
        }

        var id = Lexicon.Number(text.Slice(start, length), hash);
        if (!Lexicon.TryGetParts(id, out var parts)) parts = Learn(text.Slice(start, length), id);
        if (parts.IsEmpty)
        {
            words.Add(start, length, id);
            return;
        }

        for (var i = 0; i < parts.Length; i += 2)
        {
            words.Add(start, parts[i], parts[i + 1]);
            start += parts[i];
        }
    }

    private ReadOnlySpan<int> Learn(ReadOnlySpan<char> chunk, int id)
    {
        _rules.Split(chunk, _lengths, withExceptions: true);
        if (_lengths.Count == 1)
        {
            Lexicon.SetWhole(id);
            return [];
        }

        if (_parts.Length < _lengths.Count * 2) _parts = new int[_lengths.Count * 2];
        var start = 0;
        for (var i = 0; i < _lengths.Count; i++)
        {
            var part = chunk.Slice(start, _lengths[i]);
            _parts[2 * i] = part.Length;
            _parts[2 * i + 1] = Lexicon.Number(part, Lexicon.Hash(part));
            start += part.Length;
        }

        Lexicon.SetParts(id, _parts.AsSpan(0, _lengths.Count * 2));
        return _parts.AsSpan(0, _lengths.Count * 2);
    }

    private void AddLongChunk(ReadOnlySpan<char> chunk, int start, WordList words)
    {
        _rules.Split(chunk, _lengths, withExceptions: true);
        var index = 0;
        foreach (var length in _lengths)
        {
            var part = chunk.Slice(index, length);
            words.Add(start + index, length, Lexicon.Number(part, Lexicon.Hash(part)));
            index += length;
        }
    }
}
