using Touchstone.Curation.Steps;
using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Filters;

/// <summary>
/// Drops text that does not look like prose: too short, odd words, symbols, bullets, few letters, no stop words. The rules of Gopher (Rae et al. 2021) as
/// datatrove 0.10 applies them (<c>GopherQualityFilter</c>): punctuation marks are words, except where words are counted and their length is taken.
/// </summary>
public sealed class GopherQuality(GopherQualityParameters? parameters = null) : RuleFilter
{
    private readonly GopherQualityParameters _parameters = parameters ?? new GopherQualityParameters();

    /// <inheritdoc/>
    public override string Id => "gopher_quality@datatrove-0.10";

    private protected override void Run(WorkingText text, ref RuleLog log)
    {
        var counts = text.Scratch<WordTraits>().Count(text.Words, text.Lexicon);
        if (log.Stops("gopher_short_doc", counts.NotSymbols, RuleComparison.Below, _parameters.WordsMinimum)) return;
        if (log.Stops("gopher_long_doc", counts.NotSymbols, RuleComparison.Above, _parameters.WordsMaximum)) return;
        var mean = counts.NotSymbolCharacters / (double)counts.NotSymbols;
        if (log.Stops("gopher_below_avg_threshold", mean, RuleComparison.Below, _parameters.MeanWordLengthMinimum)) return;
        if (log.Stops("gopher_above_avg_threshold", mean, RuleComparison.Above, _parameters.MeanWordLengthMaximum)) return;
        if (SymbolsStop(text, ref log) || LinesStop(text, ref log)) return;
        if (log.Stops("gopher_below_alpha_threshold", counts.WithLetter / (double)text.Words.Count, RuleComparison.Below, _parameters.WordsWithLetterMinimum)) return;
        if (_parameters.StopWordsMinimum is { } minimum)
            log.Stops("gopher_enough_stop_words", CountStopWords(text, log.IsExplaining ? int.MaxValue : minimum), RuleComparison.Below, minimum);
    }

    private bool SymbolsStop(WorkingText text, ref RuleLog log)
    {
        if (_parameters.SymbolsPerWordMaximum is null) return false;
        var (span, words) = (text.Text, (double)text.Words.Count);
        if (log.Stops("gopher_too_many_hashes", span.AsSpan().Count('#') / words, RuleComparison.Above, _parameters.SymbolsPerWordMaximum, Places(log, span, "#"))) return true;
        var ellipses = span.AsSpan().Count("...") + span.AsSpan().Count('…');
        return log.Stops("gopher_too_many_ellipsis", ellipses / words, RuleComparison.Above, _parameters.SymbolsPerWordMaximum, Places(log, span, "...", "…"));
    }

    private bool LinesStop(WorkingText text, ref RuleLog log)
    {
        if (_parameters.BulletLinesMaximum is null && _parameters.EllipsisLinesMaximum is null) return false;
        var (lines, bullets, ellipses) = (0, 0, 0);
        List<TextRange>? bulletSpans = log.IsExplaining ? [] : null;
        List<TextRange>? ellipsisSpans = log.IsExplaining ? [] : null;
        ReadOnlySpan<char> whole = text.Text;
        var rest = whole;
        while (PythonLines.TryTake(ref rest, out var line))
        {
            lines++;
            whole.Overlaps(line, out var start);
            if (PythonLines.StripStart(line) is ['•' or '-', ..])
            {
                bullets++;
                bulletSpans?.Add(new TextRange(start, line.Length));
            }

            if (PythonLines.StripEnd(line) is [.., '…'] or [.., '.', '.', '.'])
            {
                ellipses++;
                ellipsisSpans?.Add(new TextRange(start, line.Length));
            }
        }

        return log.Stops("gopher_too_many_bullets", bullets / (double)lines, RuleComparison.Above, _parameters.BulletLinesMaximum, bulletSpans)
            || log.Stops("gopher_too_many_end_ellipsis", ellipses / (double)lines, RuleComparison.Above, _parameters.EllipsisLinesMaximum, ellipsisSpans);
    }

    /// <summary>Number of distinct stop words in the text, counted as far as a limit.</summary>
    private int CountStopWords(WorkingText text, int limit)
    {
        var ids = text.Words.Ids;
        var found = 0;
        foreach (var word in _parameters.StopWords)
        {
            if (found >= limit) break;
            var id = text.Lexicon.Find(word);
            if (id >= 0 && ids.Contains(id)) found++;
        }

        return found;
    }

    private static List<TextRange>? Places(RuleLog log, string text, params ReadOnlySpan<string> symbols)
    {
        if (!log.IsExplaining) return null;
        List<TextRange> places = [];
        foreach (var symbol in symbols)
        {
            for (var at = text.IndexOf(symbol, StringComparison.Ordinal); at >= 0; at = text.IndexOf(symbol, at + symbol.Length, StringComparison.Ordinal)) places.Add(new TextRange(at, symbol.Length));
        }

        return places;
    }
}
