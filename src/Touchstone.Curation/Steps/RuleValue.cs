namespace Touchstone.Curation.Steps;

/// <summary>One rule upon one document: what was measured beside what is allowed.</summary>
/// <param name="Rule">The reason that the rule drops by, such as <c>dup_line_frac</c>.</param>
/// <param name="Value">What was measured; NaN where the rule does not apply, such as n-grams of a text that is too short for them.</param>
/// <param name="Comparison">How the value must lie to the threshold for the document to fall.</param>
/// <param name="Threshold">The rule's threshold.</param>
/// <param name="Spans">Where in the text the rule found it, as UTF-16 offsets; empty where no place is to blame.</param>
public sealed record RuleValue(string Rule, double Value, RuleComparison Comparison, double Threshold, IReadOnlyList<TextRange> Spans)
{
    /// <summary>True where the rule drops the document.</summary>
    public bool Falls => Comparison == RuleComparison.Above ? Value > Threshold : Value < Threshold;
}

/// <summary>On which side of its threshold a rule drops.</summary>
public enum RuleComparison
{
    /// <summary>Values above the threshold fall.</summary>
    Above,

    /// <summary>Values below the threshold fall.</summary>
    Below,
}

/// <summary>A part of a text.</summary>
/// <param name="Start">First UTF-16 unit.</param>
/// <param name="Length">Number of UTF-16 units.</param>
public readonly record struct TextRange(int Start, int Length);
