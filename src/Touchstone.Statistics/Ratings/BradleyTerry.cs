namespace Touchstone.Statistics.Ratings;

/// <summary>Strengths of items from comparisons in pairs, run to the maximum of the likelihood.</summary>
/// <remarks>
/// R. A. Bradley and M. E. Terry, Biometrika 39, 1952; minorise-maximise rounds of D. R. Hunter, Annals of Statistics 32(1), 2004, whose likelihood never
/// falls, towards the one maximum. Ties of their own are fitted by <see cref="Lbfgs"/> on log strengths, where the likelihood
/// is concave. O(pairs) time a round; standard errors O(n³) for a group of n items.
/// </remarks>
public static class BradleyTerry
{
    private const double WeakPrior = 0.5;

    /// <summary>Fits the model.</summary>
    /// <param name="comparisons">The outcomes; may be none.</param>
    /// <param name="options">Null is <see cref="BradleyTerryOptions.Default"/>.</param>
    public static BradleyTerryResult Fit(Comparisons comparisons, BradleyTerryOptions? options = null)
    {
        options ??= BradleyTerryOptions.Default;
        List<RatingWarning> warnings = [];
        var pairs = new ComparisonPairs(comparisons);
        var groups = pairs.Groups();
        var isDefined = pairs.IsWonAllAround(groups);
        var prior = options.PriorWins ?? (isDefined ? 0 : WeakPrior);
        Warn(warnings, comparisons, groups, isDefined, prior);

        var log = new double[comparisons.ItemCount];
        double? factor = null;
        var (rounds, converged) = (0, true);
        if (pairs.Count > 0)
        {
            if (options.Ties == TieModel.Davidson && pairs.Ties.Any(t => t > 0)) (rounds, converged, factor) = DavidsonTies.Fit(pairs, prior, options, log);
            else (rounds, converged) = Minorise(pairs, groups, prior, options, log);
        }

        if (!converged) warnings.Add(new("not_converged", $"The strengths had not settled after {rounds} rounds; allow more or raise the tolerance."));
        Centre(log, groups);
        var errors = RatingErrors.Of(pairs, groups, log, prior, factor, warnings);
        return new BradleyTerryResult
        {
            Strengths = Normalised(log, groups),
            LogStrengths = log,
            StandardErrors = errors,
            Groups = groups,
            LogLikelihood = factor is { } f ? DavidsonTies.LogLikelihood(pairs, log, f) : LogLikelihood(pairs, log),
            PriorWins = prior,
            TieFactor = factor,
            Rounds = rounds,
            Converged = converged,
            Warnings = warnings,
        };
    }

    private static (int Rounds, bool Converged) Minorise(ComparisonPairs pairs, int[] groups, double prior, BradleyTerryOptions options, double[] log)
    {
        var strengths = Normalised(log, groups);
        var wins = new double[strengths.Length];
        for (var p = 0; p < pairs.Count; p++)
        {
            wins[pairs.First[p]] += pairs.FirstWins[p] + pairs.Ties[p] / 2 + prior;
            wins[pairs.Second[p]] += pairs.SecondWins[p] + pairs.Ties[p] / 2 + prior;
        }

        var expected = new double[strengths.Length];
        var (rounds, converged) = (0, false);
        while (!converged && rounds < options.MaxRounds)
        {
            expected.AsSpan().Clear();
            for (var p = 0; p < pairs.Count; p++)
            {
                var (i, j) = (pairs.First[p], pairs.Second[p]);
                var share = (pairs.FirstWins[p] + pairs.SecondWins[p] + pairs.Ties[p] + 2 * prior) / (strengths[i] + strengths[j]);
                expected[i] += share;
                expected[j] += share;
            }

            rounds++;
            converged = true;
            var before = strengths.ToArray();
            for (var i = 0; i < strengths.Length; i++) strengths[i] = expected[i] > 0 ? Math.Max(wins[i] / expected[i], 1e-300) : strengths[i];
            Rescale(strengths, groups);
            for (var i = 0; i < strengths.Length; i++) converged &= Math.Abs(strengths[i] - before[i]) <= options.Tolerance * before[i];
        }

        for (var i = 0; i < log.Length; i++) log[i] = PortableMath.Log(strengths[i]);
        return (rounds, converged);
    }

    private static double LogLikelihood(ComparisonPairs pairs, double[] log)
    {
        double sum = 0;
        for (var p = 0; p < pairs.Count; p++)
        {
            var lead = log[pairs.First[p]] - log[pairs.Second[p]];
            sum -= (pairs.FirstWins[p] + pairs.Ties[p] / 2) * SoftPlus(-lead) + (pairs.SecondWins[p] + pairs.Ties[p] / 2) * SoftPlus(lead);
        }

        return sum;
    }

    private static void Centre(double[] log, int[] groups)
    {
        var (sums, counts) = (new double[groups.Length], new int[groups.Length]);
        for (var i = 0; i < log.Length; i++)
        {
            sums[groups[i]] += log[i];
            counts[groups[i]]++;
        }

        for (var i = 0; i < log.Length; i++) log[i] -= sums[groups[i]] / counts[groups[i]];
    }

    private static double[] Normalised(double[] log, int[] groups)
    {
        var highest = new double[groups.Length];
        highest.AsSpan().Fill(double.NegativeInfinity);
        for (var i = 0; i < log.Length; i++) highest[groups[i]] = Math.Max(highest[groups[i]], log[i]);
        var strengths = log.Select((l, i) => PortableMath.Exp(l - highest[groups[i]])).ToArray();
        Rescale(strengths, groups);
        return strengths;
    }

    private static void Rescale(double[] strengths, int[] groups)
    {
        var sums = new double[groups.Length];
        for (var i = 0; i < strengths.Length; i++) sums[groups[i]] += strengths[i];
        for (var i = 0; i < strengths.Length; i++) strengths[i] /= sums[groups[i]];
    }

    private static void Warn(List<RatingWarning> warnings, Comparisons comparisons, int[] groups, bool isDefined, double prior)
    {
        if (comparisons.Count == 0)
        {
            warnings.Add(new("no_comparisons", "There are no comparisons: all items are alike."));
            return;
        }

        var count = groups.Max() + 1;
        if (count > 1) warnings.Add(new("disconnected", $"The items fall into {count} groups that no comparison links; strengths compare within a group only."));
        if (!isDefined)
        {
            warnings.Add(new("undefined_strengths", prior > 0
                ? $"Some items never lost, or never won, against the rest of their group; {prior} wins each way were added to every pair compared to keep strengths finite."
                : "Some items never lost, or never won, against the rest of their group; their strengths are as far out as the rounds went."));
        }
    }

    private static double SoftPlus(double x) => x > 0 ? x + PortableMath.Log(1 + PortableMath.Exp(-x)) : PortableMath.Log(1 + PortableMath.Exp(x));
}
