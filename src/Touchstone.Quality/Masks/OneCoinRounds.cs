using Touchstone.Statistics;

namespace Touchstone.Quality.Masks;

/// <summary>The rounds of <see cref="MaskConsensus.OneCoin"/>.</summary>
internal static class OneCoinRounds
{
    private const double Nothing = 1e-15; // a posterior below it is 0 from then on
    private const double Least = 1e-300;

    public static (double[] Inside, double[] Accuracies, int Rounds, bool Converged) Fit(MaskPatterns patterns, int maxRounds, double tolerance)
    {
        var inside = new double[patterns.Counts.Length];
        for (var p = 0; p < inside.Length; p++) inside[p] = ulong.PopCount(patterns.Marks[p]) / (double)patterns.MaskCount;
        var accuracies = Accuracies(patterns, [.. inside.Select(share => Math.Round(share, MidpointRounding.ToEven))]);
        var (rounds, converged) = (0, false);
        var before = double.NegativeInfinity;
        while (!converged && rounds < maxRounds)
        {
            var prior = inside;
            inside = Posteriors(patterns, accuracies, prior);
            accuracies = Accuracies(patterns, inside);
            var bound = Bound(patterns, accuracies, prior, inside) / ((double)patterns.MaskCount * patterns.PixelCount);
            rounds++;
            converged = !(bound - before >= tolerance);
            before = bound;
        }

        // Above a half is inside here, a half itself is not.
        return ([.. inside.Select(q => Math.Abs(q - 0.5) < 1e-12 ? 0.5 - 1e-9 : q)], accuracies, rounds, converged);
    }

    /// <summary>1 less the expected share of the region in which a mask errs.</summary>
    private static double[] Accuracies(MaskPatterns patterns, double[] inside)
    {
        double total = 0;
        var both = new double[patterns.MaskCount];
        for (var p = 0; p < inside.Length; p++)
        {
            total += patterns.Counts[p] * inside[p];
            for (var m = 0; m < both.Length; m++)
                if (patterns.IsMarked(p, m)) both[m] += patterns.Counts[p] * inside[p];
        }

        return [.. both.Select((b, m) => Math.Clamp(1 - (patterns.Areas[m] + total - 2 * b) / patterns.Union, 0, 1))];
    }

    private static double[] Posteriors(MaskPatterns patterns, double[] accuracies, double[] prior)
    {
        var posteriors = new double[prior.Length];
        for (var p = 0; p < prior.Length; p++)
        {
            var (yes, no) = (Log(prior[p]), Log(1 - prior[p]));
            for (var m = 0; m < accuracies.Length; m++)
            {
                var agrees = patterns.IsMarked(p, m) ? accuracies[m] : 1 - accuracies[m];
                yes += Log(agrees);
                no += Log(1 - agrees);
            }

            // Two impossible explanations leave a pixel outside.
            if (double.IsNegativeInfinity(yes)) continue;
            var value = 1 / (1 + PortableMath.Exp(no - yes));
            posteriors[p] = value < Nothing ? 0 : value;
        }

        return posteriors;
    }

    private static double Bound(MaskPatterns patterns, double[] accuracies, double[] prior, double[] inside)
    {
        double bound = 0;
        for (var p = 0; p < prior.Length; p++)
        {
            double value = -Product(inside[p], Log(inside[p]));
            for (var m = 0; m < accuracies.Length; m++)
            {
                var agrees = patterns.IsMarked(p, m) ? accuracies[m] : 1 - accuracies[m];
                value += Product(inside[p], Log(agrees) + Log(prior[p])) + Product(1 - inside[p], Log(1 - agrees) + Log(1 - prior[p]));
            }

            bound += patterns.Counts[p] * value;
        }

        return bound;
    }

    private static double Log(double value) => value < Least ? double.NegativeInfinity : PortableMath.Log(value);

    /// <summary>0 times infinity is 0; an infinite product is held at the most negative number.</summary>
    private static double Product(double weight, double log) => weight == 0 ? 0 : Math.Max(weight * log, -double.MaxValue / 1e100);
}
