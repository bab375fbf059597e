using System.Buffers;

namespace Touchstone.Text.Words;

/// <summary>How one chunk, a run without white space, falls into tokens; and the exceptions that can come together after that. Immutable, shared by all threads.</summary>
internal sealed class EnglishRules
{
    private static readonly SearchValues<char> AsciiLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly Dictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> _exceptions;
    private readonly int _exceptionLengthMax;

    private EnglishRules()
    {
        var exceptions = EnglishExceptions.All();
        _exceptions = exceptions.GetAlternateLookup<ReadOnlySpan<char>>();
        _exceptionLengthMax = exceptions.Keys.Max(text => text.Length);
        Patterns = [.. exceptions.Keys.Where(HasAffix).Select(PatternOf).Where(pattern => pattern.Length > 1)];
        PatternTokens = [.. Patterns.SelectMany(pattern => pattern).Distinct(StringComparer.Ordinal)];
        PatternTrie = new PatternTrie(Patterns, PatternTokens);
    }

    /// <summary>The rules.</summary>
    public static EnglishRules Shared { get; } = new();

    /// <summary>Number of exceptions.</summary>
    public int ExceptionCount => _exceptions.Dictionary.Count;

    /// <summary>
    /// Exceptions that hold an affix, as the tokens that the rules without exceptions make of them: where these tokens stand side by side, spaCy puts the exception in
    /// their place. One token alone always stays what it is, so patterns of one token are left out.
    /// </summary>
    public string[][] Patterns { get; }

    /// <summary>The distinct tokens of <see cref="Patterns"/>.</summary>
    public string[] PatternTokens { get; }

    /// <summary><see cref="Patterns"/>, for finding them.</summary>
    public PatternTrie PatternTrie { get; }

    /// <summary>The parts of an exception, null where the text is none.</summary>
    public string[]? Exception(ReadOnlySpan<char> text) =>
        text.Length <= _exceptionLengthMax && _exceptions.TryGetValue(text, out var parts) ? parts : null;

    /// <summary>True where a chunk is one token for having nothing that any pattern asks for: ASCII letters alone that are no exception.</summary>
    public bool IsPlainWord(ReadOnlySpan<char> chunk) => !chunk.ContainsAnyExcept(AsciiLetters) && Exception(chunk) is null;

    /// <summary>Splits a chunk; the tokens are pieces of it one behind the other.</summary>
    /// <param name="chunk">One character or more, none of them white space.</param>
    /// <param name="lengths">Takes the lengths of the tokens in UTF-16 units.</param>
    /// <param name="suffixes">Memory for the suffixes while they are cut off.</param>
    /// <param name="withExceptions">False for what the patterns alone would make of it.</param>
    public void Split(ReadOnlySpan<char> chunk, List<int> lengths, List<int> suffixes, bool withExceptions)
    {
        lengths.Clear();
        suffixes.Clear();
        var (start, end) = StripAffixes(chunk, lengths, suffixes, withExceptions);
        if (start < end) SplitMiddle(chunk[start..end], lengths, withExceptions);
        for (var i = suffixes.Count - 1; i >= 0; i--) lengths.Add(suffixes[i]);
    }

    private (int Start, int End) StripAffixes(ReadOnlySpan<char> chunk, List<int> prefixes, List<int> suffixes, bool withExceptions)
    {
        var (start, end) = (0, chunk.Length);
        while (start < end)
        {
            var rest = chunk[start..end];
            if (withExceptions && Exception(rest) is not null) break;
            var prefix = EnglishAffixes.Prefix(rest);
            if (prefix > 0 && withExceptions && Exception(rest[prefix..]) is not null)
            {
                prefixes.Add(prefix);
                start += prefix;
                break;
            }

            var suffix = EnglishAffixes.Suffix(rest[prefix..]);
            if (suffix > 0 && withExceptions && Exception(rest[..^suffix]) is not null)
            {
                suffixes.Add(suffix);
                end -= suffix;
                break;
            }

            if (prefix == 0 && suffix == 0) break;
            if (prefix > 0) prefixes.Add(prefix);
            if (suffix > 0) suffixes.Add(suffix);
            start += prefix;
            end -= suffix;
        }

        return (start, end);
    }

    private void SplitMiddle(ReadOnlySpan<char> text, List<int> lengths, bool withExceptions)
    {
        if (withExceptions && Exception(text) is { } parts)
        {
            foreach (var part in parts) lengths.Add(part.Length);
            return;
        }

        var start = 0;
        if (!WebAddress.IsMatch(text))
        {
            for (var index = 0; index < text.Length;)
            {
                var unit = text[index];
                var isCandidate = (EnglishCharacters.Of(unit) & EnglishClass.Infix) != 0 || char.IsHighSurrogate(unit);
                var length = isCandidate ? EnglishAffixes.Infix(text, index) : 0;
                if (length == 0)
                {
                    index++;
                    continue;
                }

                // spaCy passes over an infix at the very start, which then belongs to the token that follows.
                if (index > 0)
                {
                    if (index > start) lengths.Add(index - start);
                    lengths.Add(length);
                    start = index + length;
                }

                index += length;
            }
        }

        if (start < text.Length) lengths.Add(text.Length - start);
    }

    private static bool HasAffix(string exception)
    {
        if (exception.Contains(' ')) return false;   // the space itself, which is never a word
        if (EnglishAffixes.Prefix(exception) > 0 || EnglishAffixes.Suffix(exception) > 0) return true;
        for (var i = 0; i < exception.Length; i++)
        {
            if (((EnglishCharacters.Of(exception[i]) & EnglishClass.Infix) != 0 || char.IsHighSurrogate(exception[i])) && EnglishAffixes.Infix(exception, i) > 0) return true;
        }

        return false;
    }

    private string[] PatternOf(string exception)
    {
        var lengths = new List<int>();
        Split(exception, lengths, [], withExceptions: false);
        var start = 0;
        return [.. lengths.Select(length => exception.Substring((start += length) - length, length))];
    }
}
