using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Filters;

/// <summary>Thresholds of <see cref="NemoHeuristics"/>; a rule that is null is off. The defaults are those of NeMo Curator's <c>heuristic_filter_en.yaml</c>; shares run from 0 to 1.</summary>
public sealed record NemoHeuristicsParameters
{
    /// <summary>Largest share of characters other than ASCII letters and digits, line feeds and <c>? ! , .</c>.</summary>
    [ParameterRange(0, 1)]
    public double? NotAlphanumericMaximum { get; init; } = 0.25;

    /// <summary>Largest share of words that are an ellipsis or mostly number signs.</summary>
    public double? SymbolWordsMaximum { get; init; } = 0.1;

    /// <summary>Largest share of digits.</summary>
    [ParameterRange(0, 1)]
    public double? DigitsMaximum { get; init; } = 0.15;

    /// <summary>Largest share of characters in web addresses.</summary>
    [ParameterRange(0, 1)]
    public double? AddressesMaximum { get; init; } = 0.2;

    /// <summary>Largest share of white space.</summary>
    [ParameterRange(0, 1)]
    public double? WhiteSpaceMaximum { get; init; } = 0.25;

    /// <summary>Largest share of brackets.</summary>
    [ParameterRange(0, 1)]
    public double? BracketsMaximum { get; init; } = 0.1;

    /// <summary>Largest share of paragraphs with boilerplate; "lorem ipsum" in one counts as all of them.</summary>
    [ParameterRange(0, 1)]
    public double? BoilerplateMaximum { get; init; } = 0.4;

    /// <summary>Smallest number of distinct lines for each line.</summary>
    [ParameterRange(0, 1)]
    public double? DistinctLinesMinimum { get; init; } = 0.7;

    /// <summary>Smallest number of distinct paragraphs for each paragraph.</summary>
    [ParameterRange(0, 1)]
    public double? DistinctParagraphsMinimum { get; init; } = 0.7;

    /// <summary>Smallest share of the characters of all lines that distinct lines hold.</summary>
    [ParameterRange(0, 1)]
    public double? DistinctLineCharactersMinimum { get; init; } = 0.8;

    /// <summary>Smallest share of the characters of all paragraphs that distinct paragraphs hold.</summary>
    [ParameterRange(0, 1)]
    public double? DistinctParagraphCharactersMinimum { get; init; } = 0.8;

    /// <summary>Fewest words.</summary>
    public int? WordsMinimum { get; init; } = 50;

    /// <summary>Most words.</summary>
    public int? WordsMaximum { get; init; } = 100_000;

    /// <summary>Largest share of lines without an end mark.</summary>
    [ParameterRange(0, 1)]
    public double? LinesWithoutEndMarkMaximum { get; init; } = 0.85;

    /// <summary>Smallest share of words with a letter.</summary>
    [ParameterRange(0, 1)]
    public double? WordsWithLetterMinimum { get; init; } = 0.8;

    /// <summary>Fewest occurrences of the most common words of English.</summary>
    public int? CommonWordsMinimum { get; init; } = 2;

    /// <summary>Smallest mean length of words in code points.</summary>
    public double? MeanWordLengthMinimum { get; init; } = 3;

    /// <summary>Largest mean length of words in code points.</summary>
    public double? MeanWordLengthMaximum { get; init; } = 10;

    /// <summary>Longest word in code points.</summary>
    public int? WordLengthMaximum { get; init; } = 1000;

    /// <summary>Largest share of lines that end with an ellipsis.</summary>
    [ParameterRange(0, 1)]
    public double? EllipsisLinesMaximum { get; init; } = 0.3;

    /// <summary>Largest share of characters that go when the most frequent n-gram is cut out, for each n, asked in this order.</summary>
    public IReadOnlyList<NGramMaximum> TopNGrams { get; init; } = [new(2, 0.20), new(3, 0.18), new(4, 0.16)];

    /// <summary>Largest share of characters in n-grams that occurred before, for each n, asked in this order.</summary>
    public IReadOnlyList<NGramMaximum> RepeatedNGrams { get; init; } = [new(5, 0.15), new(6, 0.14), new(7, 0.13), new(8, 0.12), new(9, 0.11), new(10, 0.10)];

    /// <summary>Largest share of lines that begin with a bullet.</summary>
    [ParameterRange(0, 1)]
    public double? BulletLinesMaximum { get; init; } = 0.9;
}
