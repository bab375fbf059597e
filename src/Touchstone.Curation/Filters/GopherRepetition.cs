using System.Globalization;
using Touchstone.Curation.Steps;
using Touchstone.Text.NGrams;
using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Filters;

/// <summary>
/// Drops text that repeats itself: paragraphs, lines and n-grams of words. The rules of Gopher (Rae et al. 2021) as datatrove 0.10 applies them
/// (<c>GopherRepetitionFilter</c>): the first copy of anything is free, shares are of the whole text's characters, and n-grams of five words and more are compared
/// without spaces.
/// </summary>
public sealed class GopherRepetition : RuleFilter
{
    private readonly GopherRepetitionParameters _parameters;
    private readonly string[] _topReasons;
    private readonly string[] _repeatedReasons;

    /// <param name="parameters">Thresholds.</param>
    /// <exception cref="ArgumentException">An n-gram has no words.</exception>
    public GopherRepetition(GopherRepetitionParameters? parameters = null)
    {
        _parameters = parameters ?? new GopherRepetitionParameters();
        foreach (var rule in _parameters.TopNGrams.Concat(_parameters.RepeatedNGrams))
        {
            if (rule.Words < 1) throw new ArgumentException($"An n-gram has 1 word or more, not {rule.Words}.", nameof(parameters));
        }

        _topReasons = [.. _parameters.TopNGrams.Select(rule => string.Create(CultureInfo.InvariantCulture, $"top_{rule.Words}_gram"))];
        _repeatedReasons = [.. _parameters.RepeatedNGrams.Select(rule => string.Create(CultureInfo.InvariantCulture, $"duplicated_{rule.Words}_n_grams"))];
    }

    /// <inheritdoc/>
    public override string Id => "gopher_repetition@datatrove-0.10";

    private protected override void Run(WorkingText text, ref RuleLog log)
    {
        if (PiecesStop(text, ref log)) return;
        var scratch = text.Scratch<RepeatedNGrams>();
        scratch.Begin(text.Text, text.Words);
        if (!TopStops(text, scratch, ref log)) RepeatedStop(text, scratch, ref log);
    }

    private bool PiecesStop(WorkingText text, ref RuleLog log)
    {
        var span = text.Text.AsSpan();
        var start = span.Length - PythonLines.StripStart(span).Length;
        var paragraphs = RepeatedPieces.Measure(text, start, start + PythonLines.Strip(span).Length, breaksMinimum: 2, log.IsExplaining);
        if (log.Stops("dup_para_frac", paragraphs.Share, RuleComparison.Above, _parameters.RepeatedParagraphsMaximum, paragraphs.Spans)) return true;
        if (log.Stops("dup_para_char_frac", paragraphs.Characters / (double)text.Length, RuleComparison.Above, _parameters.RepeatedParagraphCharactersMaximum, paragraphs.Spans)) return true;

        var lines = RepeatedPieces.Measure(text, 0, span.Length, breaksMinimum: 1, log.IsExplaining);
        return log.Stops("dup_line_frac", lines.Share, RuleComparison.Above, _parameters.RepeatedLinesMaximum, lines.Spans)
            || log.Stops("dup_line_char_frac", lines.Characters / (double)text.Length, RuleComparison.Above, _parameters.RepeatedLineCharactersMaximum, lines.Spans);
    }

    private bool TopStops(WorkingText text, RepeatedNGrams scratch, ref RuleLog log)
    {
        for (var i = 0; i < _topReasons.Length; i++)
        {
            var (n, maximum) = _parameters.TopNGrams[i];
            var top = scratch.Top(n);
            var share = top.Count == 0 ? double.NaN : (double)((long)top.Length * top.Count) / text.Length;
            if (log.Stops(_topReasons[i], share, RuleComparison.Above, maximum, log.IsExplaining ? Occurrences(text, top, n) : null)) return true;
        }

        return false;
    }

    private bool RepeatedStop(WorkingText text, RepeatedNGrams scratch, ref RuleLog log)
    {
        for (var i = 0; i < _repeatedReasons.Length; i++)
        {
            var (n, maximum) = _parameters.RepeatedNGrams[i];
            List<int>? found = log.IsExplaining ? [] : null;
            var characters = scratch.RepeatedCharacters(text.Text, n, found);
            if (log.Stops(_repeatedReasons[i], characters / (double)text.Length, RuleComparison.Above, maximum, found?.ConvertAll(first => Span(text, first, n)))) return true;
        }

        return false;
    }

    private static List<TextRange> Occurrences(WorkingText text, RepeatedNGrams.MostFrequent top, int n)
    {
        List<TextRange> spans = [];
        if (top.Count == 0) return spans;
        var ids = text.Words.Ids;
        var wanted = ids.Slice(top.FirstWord, n);
        for (var i = top.FirstWord; i + n <= ids.Length; i++)
        {
            if (ids.Slice(i, n).SequenceEqual(wanted)) spans.Add(Span(text, i, n));
        }

        return spans;
    }

    private static TextRange Span(WorkingText text, int firstWord, int words)
    {
        var (start, last) = (text.Words.Starts[firstWord], firstWord + words - 1);
        return new TextRange(start, text.Words.Starts[last] + text.Words.Lengths[last] - start);
    }
}
