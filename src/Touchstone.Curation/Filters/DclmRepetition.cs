using System.Globalization;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Filters;

/// <summary>Thresholds of <see cref="DclmRepetition"/>; a rule that is null is off. The defaults are those of Rae et al. 2021 (arXiv 2112.11446, table A1), which DCLM ships.</summary>
public sealed record DclmRepetitionParameters
{
    /// <summary>Largest share of lines of which there are several, all copies counted.</summary>
    public double? RepeatedLinesMaximum { get; init; } = 0.30;

    /// <summary>Largest share of paragraphs of which there are several.</summary>
    public double? RepeatedParagraphsMaximum { get; init; } = 0.30;

    /// <summary>Largest share of the lines' characters in lines of which there are several.</summary>
    public double? RepeatedLineCharactersMaximum { get; init; } = 0.20;

    /// <summary>Largest share of the paragraphs' characters in paragraphs of which there are several.</summary>
    public double? RepeatedParagraphCharactersMaximum { get; init; } = 0.20;

    /// <summary>Largest share of the words' characters in all occurrences of the most frequent n-gram, of several the longest, for each n, asked in this order.</summary>
    public IReadOnlyList<NGramMaximum> TopNGrams { get; init; } = [new(2, 0.20), new(3, 0.18), new(4, 0.16)];

    /// <summary>Largest share of the words' characters in words of any n-gram of which there are several, for each n, asked in this order.</summary>
    public IReadOnlyList<NGramMaximum> RepeatedNGrams { get; init; } = [new(5, 0.15), new(6, 0.14), new(7, 0.13), new(8, 0.12), new(9, 0.11), new(10, 0.10)];
}

/// <summary>
/// Drops text that repeats itself: Gopher's rules (Rae et al. 2021) as DCLM-baseline applies them (mlfoundations/dclm at 361714b, <c>massive_web_repetition_filters</c>). All copies count, the first one too. Lines and paragraphs are
/// stripped, empty ones count for nothing, and a text of one line or paragraph passes. Words are those of Unicode's word breaking (UAX #29) that begin with a letter or number; shares are of their characters, without what stands
/// between them; an n-gram that stands once counts for nothing.
/// </summary>
public sealed class DclmRepetition : RuleFilter
{
    private readonly DclmRepetitionParameters _parameters;
    private readonly string[] _topReasons, _repeatedReasons;

    /// <param name="parameters">Thresholds.</param>
    /// <exception cref="ArgumentException">An n-gram has no words, or more than there is reason for.</exception>
    public DclmRepetition(DclmRepetitionParameters? parameters = null)
    {
        _parameters = parameters ?? new();
        foreach (var rule in _parameters.TopNGrams.Concat(_parameters.RepeatedNGrams))
            if (rule.Words is < 2 or > 100) throw new ArgumentException($"An n-gram has 2 to 100 words, not {rule.Words}.", nameof(parameters));
        _topReasons = [.. _parameters.TopNGrams.Select(rule => string.Create(CultureInfo.InvariantCulture, $"top_{rule.Words}_gram"))];
        _repeatedReasons = [.. _parameters.RepeatedNGrams.Select(rule => string.Create(CultureInfo.InvariantCulture, $"duplicated_{rule.Words}_n_grams"))];
    }

    /// <inheritdoc/>
    public override string Id => "gopher_repetition@dclm-361714b";

    private protected override void Run(WorkingText text, ref RuleLog log)
    {
        var lines = CopiedPieces.Measure(text, "\n", log.IsExplaining);
        if (log.Stops("no_lines", lines.Count, RuleComparison.Below, 1)) return;
        if (log.Stops("dup_line_frac", lines.Share, RuleComparison.Above, _parameters.RepeatedLinesMaximum, lines.Spans)) return;
        var paragraphs = CopiedPieces.Measure(text, "\n\n", log.IsExplaining);
        if (log.Stops("dup_para_frac", paragraphs.Share, RuleComparison.Above, _parameters.RepeatedParagraphsMaximum, paragraphs.Spans)) return;
        if (log.Stops("dup_line_char_frac", lines.CharacterShare, RuleComparison.Above, _parameters.RepeatedLineCharactersMaximum, lines.Spans)) return;
        if (log.Stops("dup_para_char_frac", paragraphs.CharacterShare, RuleComparison.Above, _parameters.RepeatedParagraphCharactersMaximum, paragraphs.Spans)) return;
        var words = text.Scratch<CopiedNGrams>();
        words.Begin(text.Text);
        for (var i = 0; i < _topReasons.Length; i++)
        {
            var (n, maximum) = _parameters.TopNGrams[i];
            if (log.Stops(_topReasons[i], words.TopCharacters(n) / (double)words.Characters, RuleComparison.Above, maximum)) return;
        }

        for (var i = 0; i < _repeatedReasons.Length; i++)
        {
            var (n, maximum) = _parameters.RepeatedNGrams[i];
            var spans = log.IsExplaining ? new List<TextRange>() : null;
            if (log.Stops(_repeatedReasons[i], words.CopiedCharacters(n, spans) / (double)words.Characters, RuleComparison.Above, maximum, spans)) return;
        }
    }
}
