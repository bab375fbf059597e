using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Filters;

/// <summary>Thresholds of <see cref="GopherQuality"/>; a rule that is null is off. The defaults are those of Rae et al. 2021 (arXiv 2112.11446, appendix A1.1), which datatrove ships.</summary>
public sealed record GopherQualityParameters
{
    /// <summary>Fewest words that are not punctuation alone.</summary>
    public int? WordsMinimum { get; init; } = 50;

    /// <summary>Most words that are not punctuation alone.</summary>
    public int? WordsMaximum { get; init; } = 100_000;

    /// <summary>Smallest mean length of these words in code points.</summary>
    public double? MeanWordLengthMinimum { get; init; } = 3;

    /// <summary>Largest mean length of these words in code points.</summary>
    public double? MeanWordLengthMaximum { get; init; } = 10;

    /// <summary>Most number signs, and most ellipses, for each word.</summary>
    public double? SymbolsPerWordMaximum { get; init; } = 0.1;

    /// <summary>Largest share of lines that begin with a bullet or a hyphen.</summary>
    [ParameterRange(0, 1)]
    public double? BulletLinesMaximum { get; init; } = 0.9;

    /// <summary>Largest share of lines that end with an ellipsis.</summary>
    [ParameterRange(0, 1)]
    public double? EllipsisLinesMaximum { get; init; } = 0.3;

    /// <summary>Smallest share of words with a letter, of all words with punctuation among them.</summary>
    [ParameterRange(0, 1)]
    public double? WordsWithLetterMinimum { get; init; } = 0.8;

    /// <summary>Fewest distinct stop words.</summary>
    public int? StopWordsMinimum { get; init; } = 2;

    /// <summary>The stop words, compared as they are written.</summary>
    public IReadOnlyList<string> StopWords { get; init; } = ["the", "be", "to", "of", "and", "that", "have", "with"];
}
