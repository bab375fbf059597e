namespace Touchstone.Curation.Filters;

/// <summary>Rules of <see cref="C4Quality"/>; a rule that is null or false is off. The defaults are those of C4 (Raffel et al. 2020) that datatrove ships.</summary>
public sealed record C4QualityParameters
{
    /// <summary>As FineWeb uses the filter: lines need no end mark (Penedo et al. 2024 found that rule to remove about 30 % of all tokens).</summary>
    public static C4QualityParameters FineWeb { get; } = new() { RequireTerminalPunctuation = false };

    /// <summary>True to take out citation marks, such as <c>[1]</c>, <c>[edit]</c> and <c>[citation needed]</c>.</summary>
    public bool RemoveCitations { get; init; } = true;

    /// <summary>True to drop lines that do not end with one of <c>. ? ! " '</c>, or that end with an ellipsis.</summary>
    public bool RequireTerminalPunctuation { get; init; } = true;

    /// <summary>Fewest sentences in the lines that stay.</summary>
    public int? SentencesMinimum { get; init; } = 5;

    /// <summary>Fewest words, parted by white space, of a line that stays.</summary>
    public int? LineWordsMinimum { get; init; } = 3;

    /// <summary>Longest word of a line that stays, in code points.</summary>
    public int? WordLengthMaximum { get; init; } = 1000;

    /// <summary>True to drop texts with "lorem ipsum" in a line that got as far as this rule.</summary>
    public bool DropLoremIpsum { get; init; } = true;

    /// <summary>True to drop lines that speak of JavaScript.</summary>
    public bool DropJavaScriptLines { get; init; } = true;

    /// <summary>True to drop texts with an opening curly bracket in a line that got as far as this rule.</summary>
    public bool DropCurlyBrackets { get; init; } = true;

    /// <summary>True to drop lines that speak of terms of use, privacy or cookies.</summary>
    public bool DropPolicyLines { get; init; } = true;
}
