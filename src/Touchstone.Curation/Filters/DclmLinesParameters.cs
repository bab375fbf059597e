using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Filters;

/// <summary>Thresholds of <see cref="DclmLines"/>; a rule that is null or false is off. The defaults are those of DCLM-baseline (Li et al. 2024, <c>dclm_baseline_refinedweb.yaml</c>).</summary>
public sealed record DclmLinesParameters
{
    /// <summary>Largest share of a line's characters that are capitals.</summary>
    [ParameterRange(0, 1)]
    public double? UppercaseMaximum { get; init; } = 0.5;

    /// <summary>Largest share of a line's characters that are digits; just below 1 takes out lines of digits alone.</summary>
    [ParameterRange(0, 1)]
    public double? DigitsMaximum { get; init; } = 0.999999;

    /// <summary>True to take out counters, such as "3 likes".</summary>
    public bool DropCounters { get; init; } = true;

    /// <summary>Fewest words, parted by white space, of a line that stays; empty lines stay.</summary>
    public int? LineWordsMinimum { get; init; } = 2;

    /// <summary>True to cut "items in cart" out of short lines, "read more..." off their ends and "sign-in" off their starts.</summary>
    public bool CutPhrases { get; init; } = true;

    /// <summary>Longest line, in words, that counts as short for <see cref="CutPhrases"/>.</summary>
    public int ShortLineWords { get; init; } = 10;

    /// <summary>Largest share of the words that may have gone; a text that lost more is dropped.</summary>
    [ParameterRange(0, 1)]
    public double? RemovedWordsMaximum { get; init; } = 0.05;
}
