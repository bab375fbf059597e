namespace Touchstone.Text.Words;

/// <summary>
/// spaCy's second pass: exceptions whose tokens came to stand side by side take the place of those tokens. Longest first, then leftmost; a span that only differs
/// by a space blocks others as any span does and is then left as it was (<c>Tokenizer._apply_special_cases</c>).
/// </summary>
internal sealed class AdjacentExceptions
{
    private readonly EnglishRules _rules = EnglishRules.Shared;
    private readonly PatternTrie _trie = EnglishRules.Shared.PatternTrie;
    private readonly Lexicon _lexicon;
    private readonly List<(int Start, int Count)> _spans = [];
    private readonly List<(int Start, int Count)> _accepted = [];
    private readonly HashSet<int> _seen = [];
    private readonly WordList _joined = new();

    /// <param name="lexicon">A lexicon in which <see cref="EnglishRules.PatternTokens"/> have the numbers from 0.</param>
    public AdjacentExceptions(Lexicon lexicon) => _lexicon = lexicon;

    /// <summary>Joins what belongs together in the words of a text.</summary>
    public void Join(ReadOnlySpan<char> text, WordList words)
    {
        var ids = words.Ids;
        var alphabet = _trie.Alphabet;
        _spans.Clear();
        for (var i = 0; i + 1 < ids.Length; i++)
        {
            // Most tokens are in no pattern, and most that are have a neighbour that is in none.
            if (ids[i] < alphabet && ids[i + 1] < alphabet) Match(text, words, i);
        }

        if (_spans.Count == 0) return;
        Choose();
        Replace(text, words);
    }

    private void Match(ReadOnlySpan<char> text, WordList words, int start)
    {
        var ids = words.Ids;
        var node = 0;
        for (var i = start; i < ids.Length && i - start < _trie.Longest && ids[i] < _trie.Alphabet; i++)
        {
            if (i > start && !AreNeighbours(text, words, i - 1)) return;
            node = _trie.Next(node, ids[i]);
            if (node == 0) return;
            if (_trie.IsEnd(node)) _spans.Add((start, i - start + 1));
        }
    }

    /// <summary>True where no token of white space stands between a word and the next; one single space is none.</summary>
    private static bool AreNeighbours(ReadOnlySpan<char> text, WordList words, int index)
    {
        var end = words.Starts[index] + words.Lengths[index];
        return words.Starts[index + 1] - end is var gap && (gap == 0 || (gap == 1 && text[end] == ' '));
    }

    private void Choose()
    {
        _accepted.Clear();
        _seen.Clear();
        _spans.Sort((first, second) => first.Count != second.Count ? second.Count - first.Count : first.Start - second.Start);
        foreach (var (start, count) in _spans)
        {
            if (!_seen.Contains(start) && !_seen.Contains(start + count - 1)) _accepted.Add((start, count));
            for (var i = start; i < start + count; i++) _seen.Add(i);
        }

        _accepted.Sort((first, second) => first.Start - second.Start);
    }

    private void Replace(ReadOnlySpan<char> text, WordList words)
    {
        _joined.Clear();
        var done = 0;
        foreach (var (start, count) in _accepted)
        {
            var (first, last) = (words.Starts[start], words.Starts[start + count - 1] + words.Lengths[start + count - 1]);
            if (_rules.Exception(text[first..last]) is not { } parts) continue;
            _joined.AddRange(words, done, start - done);
            foreach (var part in parts)
            {
                _joined.Add(first, part.Length, _lexicon.Number(part, Lexicon.Hash(part)));
                first += part.Length;
            }

            done = start + count;
        }

        if (done == 0) return;
        _joined.AddRange(words, done, words.Count - done);
        words.Exchange(_joined);
    }
}
