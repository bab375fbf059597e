using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;
using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Filters;

/// <summary>Thresholds of <see cref="DclmQuality"/>; a rule that is null is off. The defaults are those of DCLM-baseline (Li et al. 2024, <c>dclm_baseline_refinedweb.yaml</c>).</summary>
public sealed record DclmQualityParameters
{
    /// <summary>Fewest words that begin with a letter or number.</summary>
    public int? WordsMinimum { get; init; } = 50;

    /// <summary>Most words that begin with a letter or number.</summary>
    public int? WordsMaximum { get; init; } = 100_000;

    /// <summary>Smallest mean length, in code points, of what stands between white space.</summary>
    public double? MeanWordLengthMinimum { get; init; } = 3;

    /// <summary>Largest mean length.</summary>
    public double? MeanWordLengthMaximum { get; init; } = 10;

    /// <summary>Most number signs and ellipses together for each piece between white space.</summary>
    public double? SymbolsPerWordMaximum { get; init; } = 0.1;

    /// <summary>Largest share of lines that begin with a bullet, an asterisk or a hyphen.</summary>
    public double? BulletLinesMaximum { get; init; } = 0.9;

    /// <summary>Largest share of lines that end with an ellipsis.</summary>
    public double? EllipsisLinesMaximum { get; init; } = 0.3;

    /// <summary>Largest share of pieces between white space without a letter.</summary>
    public double? WordsWithoutLetterMaximum { get; init; } = 0.2;

    /// <summary>Fewest stop words, repeated ones counted again.</summary>
    public int? StopWordsMinimum { get; init; } = 2;
}

/// <summary>
/// Drops text that does not look like prose: Gopher's rules (Rae et al. 2021) as DCLM-baseline applies them (mlfoundations/dclm at 361714b, <c>baselines/mappers/filters/content_filters.py</c>). Words are what stands between white
/// space, with the marks at it; only where they are counted, those count that begin with a letter or number (fastText's tokenizer). Lines are stripped, empty ones count for nothing. The number sign and both ellipses are one
/// sum; stop words are counted as often as they stand, in any case of letters.
/// </summary>
public sealed class DclmQuality(DclmQualityParameters? parameters = null) : DocumentStep
{
    private readonly DclmQualityParameters _parameters = parameters ?? new DclmQualityParameters();

    /// <inheritdoc/>
    public override string Id => "gopher_quality@dclm-361714b";

    /// <inheritdoc/>
    public override Verdict Judge(Document document, WorkingText text)
    {
        var log = new RuleLog(null);
        Run(text.Text, ref log);
        return log.Verdict;
    }

    /// <inheritdoc/>
    public override void Explain(Document document, WorkingText text, ICollection<RuleValue> values)
    {
        var log = new RuleLog(values);
        Run(text.Text, ref log);
    }

    private void Run(string text, ref RuleLog log)
    {
        var counted = DclmLines.CountWords(text);
        if (log.Stops("gopher_short_doc", counted, RuleComparison.Below, _parameters.WordsMinimum)) return;
        if (log.Stops("gopher_long_doc", counted, RuleComparison.Above, _parameters.WordsMaximum)) return;
        var words = SpacedWords.Of(text);
        if (log.Stops("gopher_no_words", words.Count, RuleComparison.Below, 1)) return;
        var mean = words.Characters / (double)words.Count;
        if (log.Stops("gopher_below_avg_threshold", mean, RuleComparison.Below, _parameters.MeanWordLengthMinimum)) return;
        if (log.Stops("gopher_above_avg_threshold", mean, RuleComparison.Above, _parameters.MeanWordLengthMaximum)) return;
        if (log.Stops("gopher_too_many_symbols", Symbols(text) / (double)words.Count, RuleComparison.Above, _parameters.SymbolsPerWordMaximum)) return;
        if (LinesStop(text, ref log)) return;
        if (log.Stops("gopher_below_alpha_threshold", words.WithoutLetter / (double)words.Count, RuleComparison.Above, _parameters.WordsWithoutLetterMaximum)) return;
        log.Stops("gopher_enough_stop_words", words.StopWords, RuleComparison.Below, _parameters.StopWordsMinimum);
    }

    /// <summary>Each kind counted for itself without overlap, as <c>str.count</c> does.</summary>
    private static int Symbols(ReadOnlySpan<char> text) => text.Count('#') + text.Count("...") + text.Count(". . .") + text.Count('…');

    private bool LinesStop(ReadOnlySpan<char> text, ref RuleLog log)
    {
        if (_parameters.BulletLinesMaximum is null && _parameters.EllipsisLinesMaximum is null) return false;
        var (lines, bullets, ellipses) = (0, 0, 0);
        foreach (var range in text.Split('\n'))
        {
            var line = PythonLines.Strip(text[range]);
            if (line.IsEmpty) continue;
            lines++;
            if (line[0] is '●' or '•' or '*' or '-') bullets++;
            if (line[^1] == '…' || line.EndsWith("...") || line.EndsWith(". . .")) ellipses++;
        }

        // Counts are compared with the threshold times the lines, as there: at the very border the rounding decides.
        return log.Stops("gopher_too_many_bullets", bullets, RuleComparison.Above, _parameters.BulletLinesMaximum * lines) || log.Stops("gopher_too_many_end_ellipsis", ellipses, RuleComparison.Above, _parameters.EllipsisLinesMaximum * lines);
    }
}
