using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Filters;

/// <summary>
/// Takes the rules of a filter one by one, so that judging and explaining walk the same way: a judge stops at the first rule that a document falls by, while who
/// explains goes on and notes every value.
/// </summary>
internal struct RuleLog(ICollection<RuleValue>? values)
{
    /// <summary>True where every value is wanted, with the places to blame.</summary>
    public readonly bool IsExplaining => values is not null;

    /// <summary>The first rule that the document falls by.</summary>
    public string? Reason { get; private set; }

    /// <summary>What the filter decides.</summary>
    public readonly Verdict Verdict => Reason is null ? Verdict.Kept : Verdict.Dropped(Reason);

    /// <summary>Notes a rule.</summary>
    /// <param name="rule">Its reason.</param>
    /// <param name="value">What was measured.</param>
    /// <param name="comparison">On which side of the threshold it drops.</param>
    /// <param name="threshold">The threshold; null where the rule is off.</param>
    /// <param name="spans">Places to blame, where explained.</param>
    /// <returns>True when the judge has seen enough.</returns>
    public bool Stops(string rule, double value, RuleComparison comparison, double? threshold, IReadOnlyList<TextRange>? spans = null)
    {
        if (threshold is not { } limit) return false;
        var falls = comparison == RuleComparison.Above ? value > limit : value < limit;
        if (falls) Reason ??= rule;
        if (values is null) return falls;
        values.Add(new RuleValue(rule, value, comparison, limit, spans ?? []));
        return false;
    }
}
