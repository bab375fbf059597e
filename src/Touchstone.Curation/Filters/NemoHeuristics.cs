using System.Globalization;
using Touchstone.Curation.Steps;
using Touchstone.Text.NGrams;
using Touchstone.Text.Words;

namespace Touchstone.Curation.Filters;

/// <summary>
/// The heuristic filters of NVIDIA NeMo Curator for English (ecd5c579, July 2025: <c>nemo_curator/filters/heuristic_filter.py</c> in the order of
/// <c>config/heuristic_filter_en.yaml</c>). Words are what white space parts, sentences are lines, paragraphs are parted by two line feeds. Among n-grams that are
/// equally frequent NeMo takes one by chance; here it is the first. A letter is one by its general category.
/// </summary>
public sealed class NemoHeuristics : RuleFilter
{
    private readonly NemoHeuristicsParameters _parameters;
    private readonly string[] _topReasons;
    private readonly string[] _repeatedReasons;

    /// <param name="parameters">Thresholds.</param>
    /// <exception cref="ArgumentException">An n-gram has no words.</exception>
    public NemoHeuristics(NemoHeuristicsParameters? parameters = null)
    {
        _parameters = parameters ?? new NemoHeuristicsParameters();
        foreach (var rule in _parameters.TopNGrams.Concat(_parameters.RepeatedNGrams))
        {
            if (rule.Words < 1) throw new ArgumentException($"An n-gram has 1 word or more, not {rule.Words}.", nameof(parameters));
        }

        _topReasons = [.. _parameters.TopNGrams.Select(rule => string.Create(CultureInfo.InvariantCulture, $"repeating_top_{rule.Words}grams"))];
        _repeatedReasons = [.. _parameters.RepeatedNGrams.Select(rule => string.Create(CultureInfo.InvariantCulture, $"repeating_dup_{rule.Words}gram"))];
    }

    /// <inheritdoc/>
    public override string Id => "nemo_heuristics@nemo-curator-ecd5c579";

    private protected override void Run(WorkingText text, ref RuleLog log)
    {
        var scratch = text.Scratch<Scratch>();
        scratch.Tokenizer.Split(text.Text, scratch.Words);
        var words = NemoWords.Of(text.Text, scratch.Words);
        var lines = NemoPieces.Lines(text);
        if (CharactersStop(text, words, ref log)) return;
        if (PiecesStop(text, lines, ref log)) return;
        if (WordsStop(words, lines, ref log)) return;
        if (NGramsStop(text, scratch, ref log)) return;
        log.Stops("bullet_ratio", lines.Bullets / (double)lines.Count, RuleComparison.Above, _parameters.BulletLinesMaximum);
    }

    private bool CharactersStop(WorkingText text, NemoWords words, ref RuleLog log)
    {
        var characters = NemoCharacters.Of(text.Text);
        var length = (double)text.Length;
        return log.Stops("alpha_numeric", (text.Length - characters.Alphanumeric) / length, RuleComparison.Above, _parameters.NotAlphanumericMaximum)
            || log.Stops("symbol_to_word", words.Symbols / (double)words.Count, RuleComparison.Above, _parameters.SymbolWordsMaximum)
            || log.Stops("numbers_ratio", characters.Digits / length, RuleComparison.Above, _parameters.DigitsMaximum)
            || log.Stops("urls_ratio", NemoCharacters.InAddresses(text.Text) / length, RuleComparison.Above, _parameters.AddressesMaximum)
            || log.Stops("white_space", characters.WhiteSpace / length, RuleComparison.Above, _parameters.WhiteSpaceMaximum)
            || log.Stops("parentheses_ratio", characters.Brackets / length, RuleComparison.Above, _parameters.BracketsMaximum);
    }

    private bool PiecesStop(WorkingText text, NemoPieces lines, ref RuleLog log)
    {
        var paragraphs = NemoPieces.Paragraphs(text);
        var boilerplate = paragraphs.HasLoremIpsum ? 1 : paragraphs.Boilerplate / (double)paragraphs.Count;
        return log.Stops("boilerplate_string_ratio", boilerplate, RuleComparison.Above, _parameters.BoilerplateMaximum)
            || log.Stops("repeated_lines", lines.Distinct / (double)lines.Count, RuleComparison.Below, _parameters.DistinctLinesMinimum)
            || log.Stops("repeated_paragraphs", paragraphs.Distinct / (double)paragraphs.Count, RuleComparison.Below, _parameters.DistinctParagraphsMinimum)
            || log.Stops("repeated_lines_char", lines.DistinctCharacters / (double)lines.Characters, RuleComparison.Below, _parameters.DistinctLineCharactersMinimum)
            || log.Stops("repeated_paragraphs_char", paragraphs.DistinctCharacters / (double)paragraphs.Characters, RuleComparison.Below, _parameters.DistinctParagraphCharactersMinimum);
    }

    private bool WordsStop(NemoWords words, NemoPieces lines, ref RuleLog log)
    {
        var mean = words.Characters / (double)words.Count;
        return log.Stops("word_count", words.Count, RuleComparison.Below, _parameters.WordsMinimum)
            || log.Stops("word_count", words.Count, RuleComparison.Above, _parameters.WordsMaximum)
            || log.Stops("punctuation", lines.WithoutEndMark / (double)lines.Count, RuleComparison.Above, _parameters.LinesWithoutEndMarkMaximum)
            || log.Stops("words_without_alphabets", words.WithLetter / (double)words.Count, RuleComparison.Below, _parameters.WordsWithLetterMinimum)
            || log.Stops("common_english_words", words.Common, RuleComparison.Below, _parameters.CommonWordsMinimum)
            || log.Stops("mean_word_length", mean, RuleComparison.Below, _parameters.MeanWordLengthMinimum)
            || log.Stops("mean_word_length", mean, RuleComparison.Above, _parameters.MeanWordLengthMaximum)
            || log.Stops("max_word_length", words.Longest, RuleComparison.Above, _parameters.WordLengthMaximum)
            || log.Stops("ellipsis", lines.Ellipses / (double)lines.Count, RuleComparison.Above, _parameters.EllipsisLinesMaximum);
    }

    private bool NGramsStop(WorkingText text, Scratch scratch, ref RuleLog log)
    {
        scratch.NGrams.Begin(text.Text, scratch.Words);
        for (var i = 0; i < _topReasons.Length; i++)
        {
            var (n, maximum) = _parameters.TopNGrams[i];
            if (log.Stops(_topReasons[i], TopShare(text, scratch, n), RuleComparison.Above, maximum)) return true;
        }

        for (var i = 0; i < _repeatedReasons.Length; i++)
        {
            var (n, maximum) = _parameters.RepeatedNGrams[i];
            if (log.Stops(_repeatedReasons[i], RepeatedShare(text, scratch, n), RuleComparison.Above, maximum)) return true;
        }

        return false;
    }

    /// <summary>Share of the text that goes when the most frequent n-gram, its words joined by spaces, is cut out wherever it stands; 1 for a text of too few words.</summary>
    private static double TopShare(WorkingText text, Scratch scratch, int n)
    {
        var top = scratch.NGrams.Top(n);
        if (top.Count == 0) return 1;
        var joined = string.Join(' ', Enumerable.Range(top.FirstWord, n).Select(word => scratch.Words.Of(text.Text, word).ToString()));
        return text.Text.AsSpan().Count(joined) * (double)top.Length / text.Length;
    }

    /// <summary>Share of the text in n-grams that occurred before, no word counted twice, each with the spaces within it; 1 for a text of too few words.</summary>
    private static double RepeatedShare(WorkingText text, Scratch scratch, int n)
    {
        if (scratch.Words.Count < n) return 1;
        scratch.NGrams.RepeatedPlaces(n, scratch.Places);
        var (characters, last) = (0L, -n);
        foreach (var place in scratch.Places)
        {
            var overlapping = Math.Max(0, n - (place - last));
            characters += scratch.NGrams.Length(place + overlapping, n - overlapping) + Math.Min(n - overlapping, n - 1);
            last = place;
        }

        return characters / (double)text.Length;
    }

    private sealed class Scratch
    {
        public WhitespaceTokenizer Tokenizer { get; } = new();

        public WordList Words { get; } = new();

        public RepeatedNGrams NGrams { get; } = new();

        public List<int> Places { get; } = [];
    }
}
