using Touchstone.Statistics;

namespace Touchstone.Quality.Operations;

/// <summary>What a sequential test says so far.</summary>
public enum SprtDecision
{
    /// <summary>Look at one more.</summary>
    Continue,

    /// <summary>The share of errors is taken to be p0, the good one.</summary>
    Good,

    /// <summary>The share of errors is taken to be p1, the bad one.</summary>
    Bad,
}

/// <summary>Wald's sequential probability ratio test between two shares of errors, item by item; also a sequential sampling plan.</summary>
/// <remarks>
/// A. Wald, Sequential Tests of Statistical Hypotheses, Annals of Mathematical Statistics 16(2), 1945. Each error adds log(p1 / p0), each right item log((1 - p1) / (1 - p0)); bad from log((1 - beta) / alpha) on, good from
/// log(beta / (1 - alpha)) down. Truncated at a largest number of items, where the sign decides (0 is good): <see cref="Characteristic"/> then gives the risks as they really are.
/// </remarks>
public sealed record Sprt
{
    private const double Negligible = 1e-14;

    /// <summary>A test.</summary>
    /// <param name="good">Share of errors p0 of good work, in (0, 1).</param>
    /// <param name="bad">Share of errors p1 of bad work, in (p0, 1).</param>
    /// <param name="falseAlarm">Probability alpha of calling good work bad, in (0, 1).</param>
    /// <param name="miss">Probability beta of calling bad work good, in (0, 1); alpha + beta below 1.</param>
    /// <param name="largest">Items at which it must end; null for no end.</param>
    public Sprt(double good, double bad, double falseAlarm = 0.05, double miss = 0.05, int? largest = null)
    {
        if (!(good > 0 && good < bad && bad < 1)) throw new ArgumentOutOfRangeException(nameof(bad), bad, $"The bad share of errors must lie above the good one ({good:R}), both between 0 and 1.");
        if (!(falseAlarm > 0 && miss > 0 && falseAlarm + miss < 1)) throw new ArgumentOutOfRangeException(nameof(falseAlarm), falseAlarm, "Both risks are greater than 0 and together below 1.");
        if (largest is <= 0) throw new ArgumentOutOfRangeException(nameof(largest), largest, "A test ends at one item or later.");
        (Good, Bad, FalseAlarm, Miss, Largest) = (good, bad, falseAlarm, miss, largest);
        (Upper, Lower) = (PortableMath.Log((1 - miss) / falseAlarm), PortableMath.Log(miss / (1 - falseAlarm)));
        (ErrorStep, RightStep) = (PortableMath.Log(bad / good), PortableMath.Log((1 - bad) / (1 - good)));
    }

    /// <summary>Share of errors of good work, p0.</summary>
    public double Good { get; }

    /// <summary>Share of errors of bad work, p1.</summary>
    public double Bad { get; }

    /// <summary>Probability of calling good work bad, alpha.</summary>
    public double FalseAlarm { get; }

    /// <summary>Probability of calling bad work good, beta.</summary>
    public double Miss { get; }

    /// <summary>Items at which it must end, or null.</summary>
    public int? Largest { get; }

    /// <summary>Bad from this log-likelihood ratio on.</summary>
    public double Upper { get; }

    /// <summary>Good from this log-likelihood ratio down.</summary>
    public double Lower { get; }

    /// <summary>What an error adds.</summary>
    public double ErrorStep { get; }

    /// <summary>What a right item adds (negative).</summary>
    public double RightStep { get; }

    /// <summary>The log-likelihood ratio after so many items.</summary>
    public double Ratio(int items, int errors) => errors * ErrorStep + (items - errors) * RightStep;

    /// <summary>What the test says after so many items, given that it had not ended before.</summary>
    public SprtDecision Decide(int items, int errors)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(errors);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(errors, items);
        var ratio = Ratio(items, errors);
        if (ratio >= Upper) return SprtDecision.Bad;
        if (ratio <= Lower) return SprtDecision.Good;
        return items >= Largest ? ratio > 0 ? SprtDecision.Bad : SprtDecision.Good : SprtDecision.Continue;
    }

    /// <summary>Runs over items one by one until it ends.</summary>
    /// <param name="errors">Whether each item is wrong.</param>
    /// <returns>The decision, and the items and errors at which it fell; <see cref="SprtDecision.Continue"/> with all items where it did not end.</returns>
    public (SprtDecision Decision, int Items, int Errors) Run(ReadOnlySpan<bool> errors)
    {
        var count = 0;
        for (var i = 0; i < errors.Length; i++)
        {
            if (errors[i]) count++;
            var decision = Decide(i + 1, count);
            if (decision != SprtDecision.Continue) return (decision, i + 1, count);
        }

        return (SprtDecision.Continue, errors.Length, count);
    }

    /// <summary>Errors up to which the test says good after so many items; negative where it cannot yet.</summary>
    public int AcceptanceNumber(int items) => (int)Math.Floor((Lower - items * RightStep) / (ErrorStep - RightStep));

    /// <summary>Errors from which on the test says bad after so many items; may exceed the items, where it cannot yet.</summary>
    public int RejectionNumber(int items) => (int)Math.Ceiling((Upper - items * RightStep) / (ErrorStep - RightStep));

    /// <summary>What really happens at a share of errors: probability of saying good, and items looked at on average. Exact.</summary>
    /// <param name="errorShare">In [0, 1].</param>
    /// <param name="horizon">Items after which a test without an end is followed no further; what is then open counts as not good.</param>
    /// <remarks>The distribution of the number of errors among tests still open, item by item. O(items * open states) time.</remarks>
    public SequentialPoint Characteristic(double errorShare, int horizon = 10_000)
    {
        if (!(errorShare >= 0 && errorShare <= 1)) throw new ArgumentOutOfRangeException(nameof(errorShare), errorShare, "A share of errors lies in [0, 1].");
        var last = Largest ?? horizon;
        double[] open = [1];
        var first = 0; // errors at open[0]
        double good = 0, expected = 0;
        for (var items = 1; items <= last && open.Sum() > Negligible; items++)
        {
            expected += open.Sum();
            var next = new double[open.Length + 1];
            for (var e = 0; e < open.Length; e++)
            {
                next[e] += open[e] * (1 - errorShare);
                next[e + 1] += open[e] * errorShare;
            }

            var (from, to) = (0, next.Length);
            for (var e = 0; e < next.Length; e++)
            {
                var decision = Decide(items, first + e);
                if (decision == SprtDecision.Good) good += next[e];
                if (decision == SprtDecision.Good) from = e + 1;
                if (decision == SprtDecision.Bad) to = Math.Min(to, e);
            }

            open = from < to ? next[from..to] : [];
            first += from;
        }

        return new SequentialPoint(errorShare, good, expected);
    }
}

/// <summary>One point of a sequential plan's operating characteristic.</summary>
/// <param name="ErrorShare">Share of errors.</param>
/// <param name="Acceptance">Probability that the test says good.</param>
/// <param name="ExpectedItems">Items looked at on average.</param>
public readonly record struct SequentialPoint(double ErrorShare, double Acceptance, double ExpectedItems);
