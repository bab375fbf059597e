using Touchstone.Statistics;

namespace Touchstone.Quality.Assays;

/// <summary>Looks at a growing audit that together err no more often than one look would be allowed to.</summary>
/// <remarks>
/// The risk a = 1 - confidence is spent as a t² over the share t of the audit (the power family of K. Kim and D. L. DeMets, Biometrika 74(1), 1987): look k may err with a (t_k² - t_{k-1}²). Each look is an exact test at its
/// own level; that the risks sum to a needs no assumption on how looks hang together (Boole), so the promise also holds where the sizes are changed on the way. Costs some power against exact boundaries.
/// </remarks>
public static class AuditSchedule
{
    /// <summary>One-sided confidence of look <paramref name="look"/> (from 1) of <paramref name="looks"/>.</summary>
    public static double ConfidenceAt(int look, int looks, double confidence)
    {
        if (look < 1 || look > looks) throw new ArgumentOutOfRangeException(nameof(look), look, $"A look is one of 1 to {looks}.");
        double before = (look - 1.0) / looks, now = look / (double)looks;
        return 1 - (1 - confidence) * (now * now - before * before);
    }

    /// <summary>Looks at equal steps, the last at <paramref name="largest"/> items.</summary>
    internal static AuditLook[] Looks(double bound, double confidence, int looks, int largest) => [.. Enumerable.Range(1, Math.Min(looks, largest)).Select(k =>
    {
        var count = Math.Min(looks, largest);
        var audited = (int)((long)largest * k / count);
        var level = ConfidenceAt(k, count, confidence);
        return new AuditLook(audited, level, Allowed(audited, bound, 1 - level));
    })];

    /// <summary>Probability that some look meets the bound, and items audited on average, at an accuracy. Exact for a simple random audit of a large release.</summary>
    internal static (double Power, double Expected) Outlook(AuditLook[] looks, double accuracy)
    {
        double[] open = [1];
        double met = 0, expected = 0;
        var before = 0;
        foreach (var look in looks)
        {
            var step = look.Audited - before;
            expected += open.Sum() * step;
            before = look.Audited;
            open = After(open, step, 1 - accuracy, looks[^1].AllowedErrors + 1);
            for (var e = 0; e <= look.AllowedErrors && e < open.Length; e++)
            {
                met += open[e];
                open[e] = 0;
            }
        }

        return (met, expected);
    }

    /// <summary>Distribution of errors after so many more items; what is beyond all hope is kept in the last place.</summary>
    private static double[] After(double[] open, int step, double errors, int hopeless)
    {
        var drawn = new double[Math.Min(step, Math.Max(0, hopeless)) + 1];
        double below = 0;
        for (var e = 0; e < drawn.Length; e++)
        {
            var upTo = Counting.BinomialCumulative(e, step, errors);
            drawn[e] = e == drawn.Length - 1 ? 1 - below : upTo - below;
            below = upTo;
        }

        var next = new double[Math.Max(0, hopeless) + 1];
        for (var a = 0; a < open.Length; a++)
            for (var b = 0; b < drawn.Length; b++) next[Math.Min(a + b, next.Length - 1)] += open[a] * drawn[b];
        return next;
    }

    private static int Allowed(int audited, double bound, double risk)
    {
        var errors = -1;
        while (errors + 1 < audited && Counting.BinomialCumulative(errors + 1, audited, 1 - bound) <= risk) errors++;
        return errors;
    }
}
