namespace Touchstone.Quality.Assays;

/// <summary>How an order stands after a look.</summary>
public enum OrderStatus
{
    /// <summary>The bound is not shown yet: audit on to the next look.</summary>
    Continue,

    /// <summary>The lower bound is at least the accuracy ordered: stop, the order is met.</summary>
    Met,

    /// <summary>Even the upper end of the interval is below the accuracy ordered: more audits will not help, better labels will.</summary>
    OutOfReach,

    /// <summary>All looks are used up and the bound is not shown; nothing says that it is missed.</summary>
    Exhausted,
}

/// <summary>What a look says.</summary>
/// <param name="Status">How the order stands.</param>
/// <param name="Assay">The estimate, at the confidence of this look.</param>
/// <param name="NextAudited">Items to be audited by the next look, all together; null where there is none.</param>
public sealed record OrderLook(OrderStatus Status, StratifiedAssayResult Assay, int? NextAudited);

/// <summary>Watches an order to its bound. Looks are taken in order, each once; what was met stays met.</summary>
public static class AssayOrderRun
{
    /// <summary>Judges one look.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="look">Which look, from 1.</param>
    /// <param name="strata">All audits so far.</param>
    /// <param name="known">Items whose truth is known.</param>
    /// <remarks>
    /// The bound is <see cref="StratifiedAssayResult.LowerBound"/> at the look's own confidence, so that the probability of ever calling an order met that is not stays below 1 - the order's confidence, however many looks are taken.
    /// </remarks>
    public static OrderLook Judge(AssayOrderPlan plan, int look, IReadOnlyList<AuditedStratum> strata, KnownItems known = default)
    {
        if (look < 1 || look > plan.Looks.Length) throw new ArgumentOutOfRangeException(nameof(look), look, $"The plan has looks 1 to {plan.Looks.Length}.");
        var assay = StratifiedAssay.Estimate(strata, known, plan.Looks[look - 1].Confidence);
        var isLast = look == plan.Looks.Length;
        var status = assay.LowerBound >= plan.Order.Accuracy ? OrderStatus.Met
            : assay.Upper < plan.Order.Accuracy ? OrderStatus.OutOfReach
            : isLast ? OrderStatus.Exhausted : OrderStatus.Continue;
        return new OrderLook(status, assay, status == OrderStatus.Continue ? plan.Looks[look].Audited : null);
    }
}
