using Touchstone.Statistics;

namespace Touchstone.Quality.Reliabilities;

/// <summary>
/// Whether an object is there, from who marked it and who looked and did not.
/// </summary>
/// <remarks>
/// An object that is there is marked by contributor w with probability d_w (detection rate). A mark that means nothing is made by one contributor alone, and
/// each other one who looked makes it too with probability e (echo). With s_w the share of w's marks that mean nothing, spurious marks come s_w / (1 - s_w) * d_w
/// times as often as objects, so that the odds of "there" after seeing the set S mark it out of those who looked are
/// Π_S d_w Π_¬S (1 - d_w) / (Σ_S s_w / (1 - s_w) d_w · e^(|S| - 1) (1 - e)^(looked - |S|)). With one opinion they are (1 - s) / s: its precision.
/// </remarks>
internal static class Existence
{
    /// <summary>Probabilities are kept this far from 0 and 1: no contributor is believed to be infallible or useless.</summary>
    private const double Edge = 1e-3;

    public static double Bounded(double probability) => Math.Clamp(probability, Edge, 1 - Edge);

    /// <summary>Probability that the object is there.</summary>
    /// <param name="detection">Detection rate of each who looked.</param>
    /// <param name="spurious">Spurious rate of each who looked.</param>
    /// <param name="marked">Who marked it; at least one.</param>
    /// <param name="echo">The echo.</param>
    public static double Probability(ReadOnlySpan<double> detection, ReadOnlySpan<double> spurious, ReadOnlySpan<bool> marked, double echo)
    {
        echo = Bounded(echo);
        double logThere = 0, origins = 0;
        var (count, others) = (-1, 0);
        for (var w = 0; w < marked.Length; w++)
        {
            var d = Bounded(detection[w]);
            if (marked[w])
            {
                var s = Bounded(spurious[w]);
                logThere += PortableMath.Log(d);
                origins += s / (1 - s) * d;
                count++;
            }
            else
            {
                logThere += PortableMath.Log(1 - d);
                others++;
            }
        }

        if (count < 0) throw new ArgumentException("An object that nobody marked is no candidate.", nameof(marked));
        var logSpurious = PortableMath.Log(origins) + count * PortableMath.Log(echo) + others * PortableMath.Log(1 - echo);
        return 1 / (1 + PortableMath.Exp(logSpurious - logThere));
    }

    /// <summary>Probability that an object which is there was marked by at least one of those who looked.</summary>
    public static double Seen(ReadOnlySpan<double> detection)
    {
        double missed = 1;
        foreach (var d in detection) missed *= 1 - Bounded(d);
        return 1 - missed;
    }
}
