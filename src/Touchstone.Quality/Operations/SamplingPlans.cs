using Touchstone.Statistics;

namespace Touchstone.Quality.Operations;

/// <summary>What a plan must do: accept good work and reject bad work, each nearly always.</summary>
/// <param name="AcceptableErrors">Share of errors p1 at which the lot should be accepted, in [0, 1).</param>
/// <param name="RejectableErrors">Share of errors p2 at which it should be rejected, in (p1, 1].</param>
/// <param name="ProducerRisk">Largest probability of rejecting at p1, in (0, 1).</param>
/// <param name="ConsumerRisk">Largest probability of accepting at p2, in (0, 1).</param>
public sealed record PlanRequirement(double AcceptableErrors, double RejectableErrors, double ProducerRisk = 0.05, double ConsumerRisk = 0.1)
{
    /// <summary>From accuracies instead of shares of errors, such as 0.99 and 0.95.</summary>
    public static PlanRequirement OfAccuracies(double accept, double reject, double producerRisk = 0.05, double consumerRisk = 0.1) =>
        new(1 - accept, 1 - reject, producerRisk, consumerRisk);

    internal void Check()
    {
        if (!(AcceptableErrors >= 0 && AcceptableErrors < RejectableErrors && RejectableErrors <= 1))
            throw new ArgumentOutOfRangeException(nameof(RejectableErrors), RejectableErrors,
                $"The share of errors to reject must lie above the share to accept ({AcceptableErrors:R}) and not above 1; as accuracies: accept must be higher than reject.");
        if (!(ProducerRisk > 0 && ProducerRisk < 1)) throw new ArgumentOutOfRangeException(nameof(ProducerRisk), ProducerRisk, "A risk lies between 0 and 1, such as 0.05.");
        if (!(ConsumerRisk > 0 && ConsumerRisk < 1)) throw new ArgumentOutOfRangeException(nameof(ConsumerRisk), ConsumerRisk, "A risk lies between 0 and 1, such as 0.1.");
    }
}

/// <summary>Finds sampling plans.</summary>
public static class SamplingPlans
{
    /// <summary>No plan looks at more items than this.</summary>
    public const int LargestSample = 1_000_000;

    /// <summary>The single plan with the smallest acceptance number, then the smallest sample, that keeps both risks.</summary>
    /// <param name="requirement">What it must do.</param>
    /// <param name="lotSize">Items of the lot (hypergeometric); null for a stream (binomial).</param>
    /// <returns>
    /// The plan. A lot too small to be judged from a sample is looked at whole: the sample is the lot, and the acceptance number the errors that are acceptable in it. Null where a stream would need more than
    /// <see cref="LargestSample"/> items.
    /// </returns>
    /// <remarks>
    /// For each c the smallest n with P(accept | p2) at most beta; the first c whose n keeps P(accept | p1) at least 1 - alpha. In a lot of N, p1 is floor(p1 N) errors and p2 ceil(p2 N), so that the promise holds for
    /// every whole number of errors. D. C. Montgomery, Introduction to Statistical Quality Control, chapter 15.
    /// </remarks>
    public static SamplingPlan? Single(PlanRequirement requirement, int? lotSize = null)
    {
        requirement.Check();
        if (lotSize is { } lot) return OfLot(requirement, lot);
        for (var c = 0; ; c++)
        {
            if (Smallest(n => Counting.BinomialCumulative(c, n, requirement.RejectableErrors) <= requirement.ConsumerRisk, c + 1, LargestSample) is not { } n) return null;
            if (Counting.BinomialCumulative(c, n, requirement.AcceptableErrors) >= 1 - requirement.ProducerRisk) return new SamplingPlan(n, c);
        }
    }

    private static SamplingPlan OfLot(PlanRequirement requirement, int lot)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lot);
        // The products are meant to be whole where they nearly are: 0.05 * 20 is 1.
        var acceptable = (int)Math.Floor(requirement.AcceptableErrors * lot + 1e-9);
        var rejectable = (int)Math.Ceiling(requirement.RejectableErrors * lot - 1e-9);
        for (var c = 0; c < rejectable; c++)
        {
            if (Smallest(n => Counting.HypergeometricCumulative(c, n, rejectable, lot) <= requirement.ConsumerRisk, Math.Min(c + 1, lot), lot) is not { } n) break;
            if (n < lot && Counting.HypergeometricCumulative(c, n, acceptable, lot) >= 1 - requirement.ProducerRisk) return new SamplingPlan(n, c, lot);
        }

        return new SamplingPlan(lot, acceptable, lot);
    }

    /// <summary>The smallest number that holds, where all larger ones hold too; null where even the largest does not.</summary>
    internal static int? Smallest(Func<int, bool> holds, int least, int largest)
    {
        if (!holds(largest)) return null;
        var (low, high) = (least, least);
        while (high < largest && !holds(high)) (low, high) = (high + 1, (int)Math.Min(largest, 2L * high + 1));
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (holds(middle)) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
