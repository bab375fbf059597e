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

    /// <summary>A contributor's rates as the formula needs them.</summary>
    /// <param name="Detection">d.</param>
    /// <param name="LogFound">Log of d.</param>
    /// <param name="LogMissed">Log of 1 - d.</param>
    /// <param name="Origin">s / (1 - s) * d: how often they invent, per object.</param>
    public readonly record struct Rates(double Detection, double LogFound, double LogMissed, double Origin)
    {
        public static Rates Of(double detection, double spurious)
        {
            var (d, s) = (Bounded(detection), Bounded(spurious));
            return new Rates(d, PortableMath.Log(d), PortableMath.Log(1 - d), s / (1 - s) * d);
        }
    }

    public static double Bounded(double probability) => Math.Clamp(probability, Edge, 1 - Edge);

    /// <summary>Probability that the object is there.</summary>
    /// <param name="rates">Rates by contributor.</param>
    /// <param name="looked">The contributors who looked.</param>
    /// <param name="marked">For each who looked, whether they marked it; at least one did.</param>
    /// <param name="echo">The echo.</param>
    public static double Probability(ReadOnlySpan<Rates> rates, ReadOnlySpan<int> looked, ReadOnlySpan<bool> marked, double echo)
    {
        echo = Bounded(echo);
        double logThere = 0, origins = 0;
        var count = 0;
        for (var w = 0; w < looked.Length; w++)
        {
            ref readonly var rate = ref rates[looked[w]];
            logThere += marked[w] ? rate.LogFound : rate.LogMissed;
            if (!marked[w]) continue;
            origins += rate.Origin;
            count++;
        }

        if (count == 0) throw new ArgumentException("An object that nobody marked is no candidate.", nameof(marked));
        var logSpurious = PortableMath.Log(origins) + (count - 1) * PortableMath.Log(echo) + (looked.Length - count) * PortableMath.Log(1 - echo);
        return 1 / (1 + PortableMath.Exp(logSpurious - logThere));
    }

    /// <summary>Probability that an object which is there was marked by at least one of those who looked.</summary>
    public static double Seen(ReadOnlySpan<Rates> rates, ReadOnlySpan<int> looked)
    {
        double missed = 1;
        foreach (var w in looked) missed *= 1 - rates[w].Detection;
        return 1 - missed;
    }
}
