using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Filters;

/// <summary>Thresholds of <see cref="FineWebQuality"/>; a rule that is null is off. The defaults are those that datatrove ships.</summary>
public sealed record FineWebQualityParameters
{
    /// <summary>The thresholds as Penedo et al. 2024 state them (arXiv 2406.17557): a tenth of the characters may stand in repeated lines, ten times what datatrove ships.</summary>
    public static FineWebQualityParameters Paper { get; } = new() { RepeatedLineCharactersMaximum = 0.1 };

    /// <summary>Smallest share of lines that end with a terminal mark.</summary>
    [ParameterRange(0, 1)]
    public double? PunctuatedLinesMinimum { get; init; } = 0.12;

    /// <summary>True to keep a text without a single punctuated line.</summary>
    public bool KeepWithoutPunctuation { get; init; }

    /// <summary>Largest share of short lines.</summary>
    [ParameterRange(0, 1)]
    public double? ShortLinesMaximum { get; init; } = 0.67;

    /// <summary>Longest line that counts as short, in code points.</summary>
    public int ShortLineLength { get; init; } = 30;

    /// <summary>Largest share of characters, line feeds aside, in lines that occurred before.</summary>
    [ParameterRange(0, 1)]
    public double? RepeatedLineCharactersMaximum { get; init; } = 0.01;

    /// <summary>Most line feeds for each word.</summary>
    public double? LineFeedsPerWordMaximum { get; init; } = 0.3;
}
