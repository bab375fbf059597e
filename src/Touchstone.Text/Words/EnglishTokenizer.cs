using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Touchstone.Text.Words;

/// <summary>
/// Splits text into the tokens of spaCy's blank English pipeline (3.8): exceptions, prefixes, suffixes, addresses and infixes, and after that exceptions that only
/// came together by splitting. Tokens of white space are left out, as datatrove does before it counts words. Belongs to one thread.
/// </summary>
/// <remarks>
/// The order of steps is that of <c>spacy/tokenizer.pyx</c>; the patterns are matched by tables and by hand. Time and memory grow with the text alone: what a
/// chunk falls into is remembered in a <see cref="Lexicon"/> of bounded size, which changes no result.
/// </remarks>
public sealed class EnglishTokenizer : IWordSplitter
{
    /// <summary>Longer chunks are addresses, encoded data and the like, and are not worth remembering.</summary>
    private const int RememberedChunkLengthMax = 64;

    private readonly EnglishRules _rules = EnglishRules.Shared;
    private readonly List<int> _lengths = [];
    private readonly List<int> _suffixes = [];
    private readonly AdjacentExceptions _adjacent;
    private readonly ShortChunks _short = new();
    private int[] _parts = new int[64];

    /// <summary>A tokenizer for one thread.</summary>
    public EnglishTokenizer()
    {
        _adjacent = new AdjacentExceptions(Lexicon);
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
        for (var index = 0; ;)
        {
            while (index < text.Length && (EnglishCharacters.Of(text[index]) & EnglishClass.Space) != 0) index++;
            if (index >= text.Length) break;
            words.Reserve(RememberedChunkLengthMax);
            var length = ShortChunks.LengthAt(text, index, out var characters);
            if (length > 0) AddShortChunk(text, index, length, characters, words);
            else length = AddAnyChunk(text, index, words);
            index += length;
        }

        _adjacent.Join(text, words);
    }

    private void Begin()
    {
        // The lexicon begins with the tokens that exceptions can come together from, so that a small number alone tells them.
        foreach (var token in _rules.PatternTokens) Lexicon.Number(token, Lexicon.Hash(token));
        _short.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddShortChunk(ReadOnlySpan<char> text, int start, int length, Vector128<ulong> characters, WordList words)
    {
        if (!_short.TryFind(characters, out var known)) known = Learn(text.Slice(start, length), characters);
        Emit(start, length, known.Id, known.Split, words);
    }

    private ShortChunks.Entry Learn(ReadOnlySpan<char> chunk, Vector128<ulong> characters)
    {
        var id = Lexicon.Number(chunk, Lexicon.Hash(chunk));
        return _short.Add(characters, id, SplitOf(chunk, id));
    }

    /// <summary>Adds a chunk with characters beyond ASCII, a longer one, or one near the end of the text.</summary>
    /// <returns>Its length.</returns>
    private int AddAnyChunk(ReadOnlySpan<char> text, int start, WordList words)
    {
        var (end, hash) = (start, Lexicon.HashSeed);
        do
        {
            hash = Lexicon.HashStep(hash, text[end]);
            end++;
        }
        while (end < text.Length && (EnglishCharacters.Of(text[end]) & EnglishClass.Space) == 0);
        var chunk = text[start..end];
        if (chunk.Length > RememberedChunkLengthMax)
        {
            AddLongChunk(chunk, start, words);
        }
        else
        {
            var id = Lexicon.Number(chunk, hash);
            Emit(start, chunk.Length, id, SplitOf(chunk, id), words);
        }

        return chunk.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Emit(int start, int length, int id, int split, WordList words)
    {
        if (split == Lexicon.Whole)
        {
            words.AddReserved(start, length, id);
            return;
        }

        var parts = Lexicon.Parts(split);
        for (var i = 0; i + 1 < parts.Length; i += 2)
        {
            words.AddReserved(start, parts[i], parts[i + 1]);
            start += parts[i];
        }
    }

    private int SplitOf(ReadOnlySpan<char> chunk, int id)
    {
        if (Lexicon.SplitOf(id) is var split and not Lexicon.Unknown) return split;
        if (_rules.IsPlainWord(chunk)) return SetWhole(id);
        _rules.Split(chunk, _lengths, _suffixes, withExceptions: true);
        if (_lengths.Count == 1) return SetWhole(id);

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
        return Lexicon.SplitOf(id);
    }

    private int SetWhole(int id)
    {
        Lexicon.SetWhole(id);
        return Lexicon.Whole;
    }

    private void AddLongChunk(ReadOnlySpan<char> chunk, int start, WordList words)
    {
        _rules.Split(chunk, _lengths, _suffixes, withExceptions: true);
        var index = 0;
        foreach (var length in _lengths)
        {
            var part = chunk.Slice(index, length);
            words.Add(start + index, length, Lexicon.Number(part, Lexicon.Hash(part)));
            index += length;
        }
    }
}
