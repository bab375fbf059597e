using System.Buffers;
using System.Text;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;
using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Filters;

/// <summary>Parameters of <see cref="C4BadWords"/>.</summary>
public sealed record C4BadWordsParameters
{
    /// <summary>The words and phrases, in lower case, such as the lines of a file of the LDNOOBW lists; empty ones are passed over.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>True where a word only counts between characters that are no letters, numbers or underscores; datatrove asks for that but in Japanese, Thai and Chinese.</summary>
    public bool WholeWords { get; init; } = true;
}

/// <summary>
/// Drops text that holds any word of a list: the rule on bad words of C4 (Raffel et al. 2020) as datatrove 0.10 applies it (<c>C4BadWordsFilter</c> with
/// <c>keep_fraction</c> 0). No list comes with it. The text is lower-cased character by character, so that a capital sigma at a word's end is found as σ, not ς.
/// </summary>
public sealed class C4BadWords : DocumentStep
{
    /// <summary>Words that datatrove takes out of every list, since they are parts of common words in languages without spaces.</summary>
    private static readonly string[] Allowed = ["sm", "グロ", "女の子", "性"];

    private const string Reason = "document_removed_with_badwords";

    private readonly bool _wholeWords;
    private readonly SearchValues<string> _search;
    private readonly Dictionary<char, string[]> _byFirst;

    /// <param name="parameters">The list.</param>
    /// <exception cref="ArgumentException">The list holds no word.</exception>
    public C4BadWords(C4BadWordsParameters parameters)
    {
        string[] words = [.. parameters.Words.Select(word => PythonLines.Strip(word).ToString()).Where(word => word.Length > 0).Except(Allowed, StringComparer.Ordinal)];
        if (words.Length == 0) throw new ArgumentException("The list of bad words is empty, so that the filter would drop nothing.", nameof(parameters));
        _wholeWords = parameters.WholeWords;
        _search = SearchValues.Create(words, StringComparison.Ordinal);
        _byFirst = words.GroupBy(word => word[0]).ToDictionary(group => group.Key, group => group.ToArray());
    }

    /// <inheritdoc/>
    public override string Id => "c4_bad_words@datatrove-0.10";

    /// <inheritdoc/>
    public override Verdict Judge(Document document, WorkingText text) => Find(text, null) == 0 ? Verdict.Kept : Verdict.Dropped(Reason);

    /// <inheritdoc/>
    public override void Explain(Document document, WorkingText text, ICollection<RuleValue> values)
    {
        List<TextRange> spans = [];
        values.Add(new RuleValue(Reason, Find(text, spans), RuleComparison.Above, 0, spans));
    }

    /// <summary>Number of words found, as far as the first unless all are asked for.</summary>
    private int Find(WorkingText text, List<TextRange>? spans)
    {
        var lower = text.Scratch<LoweredText>().Of(text.Text);
        var found = 0;
        for (var at = 0; at < lower.Length; at++)
        {
            var next = lower[at..].IndexOfAny(_search);
            if (next < 0) break;
            at += next;
            if (LengthAt(lower, at) is not (> 0 and var length)) continue;
            found++;
            if (spans is null) break;
            if (lower.Length == text.Text.Length) spans.Add(new TextRange(at, length));
        }

        return found;
    }

    private int LengthAt(ReadOnlySpan<char> text, int at)
    {
        if (_wholeWords && at > 0 && Rune.DecodeLastFromUtf16(text[..at], out var before, out _) == OperationStatus.Done && PythonCharacters.IsWord(before)) return 0;
        foreach (var word in _byFirst[text[at]])
        {
            if (!text[at..].StartsWith(word, StringComparison.Ordinal)) continue;
            var rest = text[(at + word.Length)..];
            if (!_wholeWords || rest.IsEmpty || Rune.DecodeFromUtf16(rest, out var after, out _) != OperationStatus.Done || !PythonCharacters.IsWord(after)) return word.Length;
        }

        return 0;
    }

    /// <summary>A text in lower case, in memory that is used again. One character, İ, becomes two as in Python.</summary>
    private sealed class LoweredText
    {
        private const int KeptCapacityMax = 1 << 22;
        private char[] _lower = [];

        public ReadOnlySpan<char> Of(string text)
        {
            var dotted = text.AsSpan().Count('\u0130');
            if (dotted > 0) text = text.Replace("\u0130", "i\u0307", StringComparison.Ordinal);
            if (_lower.Length < text.Length || _lower.Length > KeptCapacityMax) _lower = new char[Math.Max(text.Length, 1 << 14)];
            return _lower.AsSpan(0, text.AsSpan().ToLowerInvariant(_lower));
        }
    }
}
