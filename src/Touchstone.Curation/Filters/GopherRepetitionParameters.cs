using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Filters;

/// <summary>Thresholds of <see cref="GopherRepetition"/>; a rule that is null is off. The defaults are those of Rae et al. 2021 (arXiv 2112.11446, table A1), which datatrove ships.</summary>
public sealed record GopherRepetitionParameters
{
    /// <summary>Largest share of paragraphs that occurred before.</summary>
    [ParameterRange(0, 1)]
    public double? RepeatedParagraphsMaximum { get; init; } = 0.30;

    /// <summary>Largest share of the text's characters in paragraphs that occurred before.</summary>
    [ParameterRange(0, 1)]
    public double? RepeatedParagraphCharactersMaximum { get; init; } = 0.20;

    /// <summary>Largest share of lines that occurred before.</summary>
    [ParameterRange(0, 1)]
    public double? RepeatedLinesMaximum { get; init; } = 0.30;

    /// <summary>Largest share of the text's characters in lines that occurred before.</summary>
    [ParameterRange(0, 1)]
    public double? RepeatedLineCharactersMaximum { get; init; } = 0.20;

    /// <summary>Largest share of the text's characters in all occurrences of the most frequent n-gram, for each n, asked in this order.</summary>
    public IReadOnlyList<NGramMaximum> TopNGrams { get; init; } = [new(2, 0.20), new(3, 0.18), new(4, 0.16)];

    /// <summary>Largest share of the text's characters in n-grams that occurred before, for each n, asked in this order.</summary>
    public IReadOnlyList<NGramMaximum> RepeatedNGrams { get; init; } = [new(5, 0.15), new(6, 0.14), new(7, 0.13), new(8, 0.12), new(9, 0.11), new(10, 0.10)];
}

/// <summary>A threshold for n-grams of one length.</summary>
/// <param name="Words">Number of words, 1 or more.</param>
/// <param name="Maximum">Largest share of the text's characters.</param>
public readonly record struct NGramMaximum([property: ParameterRange(1)] int Words, [property: ParameterRange(0, 1)] double Maximum);
