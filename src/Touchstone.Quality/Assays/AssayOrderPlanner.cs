using Touchstone.Quality.Operations;
using Touchstone.Statistics;

namespace Touchstone.Quality.Assays;

/// <summary>Plans gold, overlap and audit for an order to a bound, and says beforehand what it will cost.</summary>
/// <remarks>
/// Every rule of overlap of a grid (at most 1, 3, 5, 7 or 9 opinions; until 0.9 to 0.999) is simulated; for each the smallest audit is found whose looks meet the bound with the power wanted, and the cheapest on average
/// whose largest cost is within the budget is taken. More opinions make labels better, so that a smaller audit shows it: the two are traded against each other.
/// </remarks>
public static class AssayOrderPlanner
{
    private const int LargestAudit = 50_000;
    private static readonly int[] Most = [1, 3, 5, 7, 9];
    private static readonly double[] Confidences = [0.9, 0.95, 0.98, 0.99, 0.995, 0.999];

    /// <summary>Plans.</summary>
    /// <param name="order">What is ordered.</param>
    /// <returns>The cheapest plan that meets it; where none does, the plan of greatest power within the budget (or the cheapest, where none is), with the reason.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of the order makes no sense.</exception>
    public static AssayOrderPlan Plan(AssayOrder order)
    {
        order.Check();
        // Half-way between the errors expected and those of someone who guesses is where retraining is worth while.
        var guessing = 1 - 1.0 / order.LabelCount;
        var gate = new WorkerGate(WorkerGateOptions.Default with { HonestErrors = order.ContributorErrors, BadErrors = (order.ContributorErrors + guessing) / 2 });
        var gold = (int)Math.Ceiling(gate.ExpectedGoldAnswers() * order.Contributors);
        AssayOrderPlan[] plans = [.. Rules().Select(rule => Of(order, rule, gold))];
        var feasible = plans.Where(p => p.IsFeasible).OrderBy(p => p.ExpectedCostMinor).FirstOrDefault();
        if (feasible is not null) return feasible;
        var affordable = plans.Where(p => p.LargestCostMinor <= order.BudgetMinor).OrderByDescending(p => p.Power).ThenBy(p => p.ExpectedCostMinor).FirstOrDefault();
        var enough = plans.Where(p => p.Power >= order.Power).OrderBy(p => p.LargestCostMinor).FirstOrDefault();
        var chosen = affordable ?? plans.OrderBy(p => p.LargestCostMinor).First();
        return chosen with
        {
            Reason = enough is null
                ? $"No rule of overlap makes labels so good that an audit shows {order.Accuracy:P1} with {order.Confidence:P0} confidence: contributors who err in {order.ContributorErrors:P0} of answers reach {plans.Max(p => p.ExpectedAccuracy):P2} at best."
                : $"The bound can be met for {enough.LargestCostMinor} at most, but the budget is {order.BudgetMinor} (both in the smallest unit, such as cents); for that the bound is met with probability {(affordable?.Power ?? 0):P0}.",
        };
    }

    private static IEnumerable<OverlapPlan> Rules()
    {
        foreach (var most in Most)
            foreach (var confidence in most == 1 ? [0.9] : Confidences)
                yield return new OverlapPlan(Math.Min(2, most), most, confidence);
    }

    private static AssayOrderPlan Of(AssayOrder order, OverlapPlan overlap, int gold)
    {
        var (answers, accuracy) = OverlapForecast.Of(overlap, order.ContributorErrors, order.LabelCount, new SeededRandom(order.Seed));
        var labels = (order.Items * answers + gold) * order.AnswerCostMinor;
        var each = order.AuditCostMinor * (1 + order.TwiceShare);
        var affordable = each > 0 ? (int)Math.Clamp((order.BudgetMinor - labels) / each, 0, LargestAudit) : LargestAudit;
        var largest = Math.Min(order.Items, LargestAudit);
        var size = SmallestAudit(order, accuracy, largest) ?? Math.Min(largest, affordable);
        var looks = size > 0 ? AuditSchedule.Looks(order.Accuracy, order.Confidence, order.Looks, size) : [];
        var (power, expected) = AuditSchedule.Outlook(looks, accuracy);
        var most = (long)Math.Ceiling(labels + size * each);
        var isFeasible = power >= order.Power && most <= order.BudgetMinor;
        return new AssayOrderPlan
        {
            Order = order,
            IsFeasible = isFeasible,
            Overlap = overlap,
            AnswersPerItem = answers,
            ExpectedAccuracy = accuracy,
            GoldAnswers = gold,
            Looks = looks,
            Power = power,
            ExpectedAudited = expected,
            ExpectedCostMinor = (long)Math.Ceiling(labels + expected * each),
            LargestCostMinor = most,
            Reason = isFeasible
                ? $"{answers:F2} answers an item make labels about {accuracy:P2} right; an audit of up to {size} items then shows {order.Accuracy:P1} with probability {power:P0}, for {most} at most."
                : "Not feasible.",
        };
    }

    /// <summary>The smallest audit with the power wanted, to within 2 %; null where none within the limit has it.</summary>
    private static int? SmallestAudit(AssayOrder order, double accuracy, int largest)
    {
        if (accuracy <= order.Accuracy) return null;
        bool Suffices(int n) => AuditSchedule.Outlook(AuditSchedule.Looks(order.Accuracy, order.Confidence, order.Looks, n), accuracy).Power >= order.Power;
        var (low, high) = (0, Math.Min(50, largest));
        while (!Suffices(high))
        {
            if (high == largest) return null;
            (low, high) = (high, (int)Math.Min(largest, high * 2L));
        }

        while (high - low > Math.Max(1, high / 50))
        {
            var middle = (low + high) / 2;
            if (Suffices(middle)) high = middle;
            else low = middle;
        }

        return high;
    }
}
