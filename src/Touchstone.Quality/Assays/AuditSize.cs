using Touchstone.Quality.Operations;
using Touchstone.Statistics;

namespace Touchstone.Quality.Assays;

/// <summary>How many items to audit for a promise such as "at least 98 % right, with 95 % confidence".</summary>
/// <param name="Sample">Items to audit.</param>
/// <param name="AllowedErrors">Errors up to which the promise holds.</param>
/// <param name="Power">Probability that it will hold, if the accuracy is as expected; 1 - that is the risk of having audited in vain. NaN where none was expected.</param>
public sealed record AuditSize(int Sample, int AllowedErrors, double Power)
{
    /// <summary>The smallest audit that allows so many errors: with any accuracy below the bound, so few errors come with probability at most 1 - confidence.</summary>
    /// <param name="bound">Accuracy to be promised, in (0, 1).</param>
    /// <param name="confidence">In (0, 1).</param>
    /// <param name="allowedErrors">Not negative.</param>
    /// <param name="lotSize">Items of the release; null where it is much larger than the audit.</param>
    /// <returns>Null where the lot is too small for so many errors, or the audit would be larger than <see cref="SamplingPlans.LargestSample"/>.</returns>
    /// <remarks>Exact: binomial, or hypergeometric for a lot. Without an error it is log(1 - confidence) / log(bound): 149 for 98 % with 95 %.</remarks>
    public static AuditSize? Allowing(double bound, double confidence, int allowedErrors, int? lotSize = null)
    {
        if (!(bound > 0 && bound < 1)) throw new ArgumentOutOfRangeException(nameof(bound), bound, "An accuracy to promise lies between 0 and 1, such as 0.98.");
        if (!(confidence > 0 && confidence < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1, such as 0.95.");
        ArgumentOutOfRangeException.ThrowIfNegative(allowedErrors);
        Func<int, bool> holds;
        if (lotSize is { } lot)
        {
            var tooMany = (int)Math.Floor((1 - bound) * lot + 1e-9) + 1; // the fewest errors that break the promise
            if (tooMany <= allowedErrors || tooMany > lot) return null;
            holds = n => Counting.HypergeometricCumulative(allowedErrors, n, tooMany, lot) <= 1 - confidence;
        }
        else
        {
            holds = n => Counting.BinomialCumulative(allowedErrors, n, 1 - bound) <= 1 - confidence;
        }

        var largest = lotSize ?? SamplingPlans.LargestSample;
        return allowedErrors < largest && SamplingPlans.Smallest(holds, allowedErrors + 1, largest) is { } n ? new AuditSize(n, allowedErrors, double.NaN) : null;
    }

    /// <summary>The smallest audit by which the promise is kept with the wanted probability, if the accuracy is as expected.</summary>
    /// <param name="bound">Accuracy to be promised, in (0, 1).</param>
    /// <param name="confidence">In (0, 1).</param>
    /// <param name="expectedAccuracy">What the accuracy is thought to be, above the bound.</param>
    /// <param name="power">Wanted probability, in (0, 1).</param>
    /// <param name="lotSize">Items of the release; null where it is much larger than the audit.</param>
    /// <returns>Null where the expected accuracy does not exceed the bound or no audit suffices.</returns>
    public static AuditSize? For(double bound, double confidence, double expectedAccuracy, double power = 0.9, int? lotSize = null)
    {
        if (!(expectedAccuracy > bound)) return null;
        for (var errors = 0; ; errors++)
        {
            if (Allowing(bound, confidence, errors, lotSize) is not { } size) return null;
            var reached = lotSize is { } lot
                ? Counting.HypergeometricCumulative(errors, size.Sample, (int)Math.Round((1 - Math.Min(1, expectedAccuracy)) * lot), lot)
                : Counting.BinomialCumulative(errors, size.Sample, 1 - Math.Min(1, expectedAccuracy));
            if (reached >= power) return size with { Power = reached };
        }
    }
}
