namespace Touchstone.Statistics.Ratings;

/// <summary>Strengths of items from rankings of several: the best is chosen among all with probability proportional to strength, then the next among the rest.</summary>
/// <remarks>
/// R. L. Plackett, Applied Statistics 24(2), 1975; R. D. Luce, Individual Choice Behavior, 1959; minorise-maximise rounds of D. R. Hunter, Annals of Statistics
/// 32(1), 2004. Rankings may be of different and partial sets. Each item is given <c>prior</c> wins and as many losses against an item of mean strength,
/// which keeps all strengths finite and all items comparable. O(total length of the rankings) time a round.
/// </remarks>
public static class PlackettLuce
{
    /// <summary>Fits the model.</summary>
    /// <param name="rankings">Each from best to worst; items in [0, <paramref name="itemCount"/>), none twice in one ranking.</param>
    /// <param name="itemCount">Number of items, ranked or not.</param>
    /// <param name="prior">Wins and losses given to each item beforehand; above 0.</param>
    /// <param name="tolerance">Stop when a round moves no strength by more than this share of it.</param>
    /// <param name="maxRounds">Stop after so many rounds.</param>
    /// <returns>Log strengths, their mean 0; the log of the probability of the rankings; rounds run; whether the tolerance was reached.</returns>
    public static (double[] LogStrengths, double LogLikelihood, int Rounds, bool Converged) Fit(
        IReadOnlyList<int[]> rankings, int itemCount, double prior = 0.1, double tolerance = 1e-10, int maxRounds = 100_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(prior);
        Check(rankings, itemCount);
        var strengths = new double[itemCount];
        strengths.AsSpan().Fill(1);
        var wins = new double[itemCount];
        wins.AsSpan().Fill(prior);
        foreach (var ranking in rankings)
            for (var r = 0; r < ranking.Length - 1; r++) wins[ranking[r]]++;

        var expected = new double[itemCount];
        var (rounds, converged) = (0, itemCount == 0);
        while (!converged && rounds < maxRounds)
        {
            for (var i = 0; i < itemCount; i++) expected[i] = 2 * prior / (strengths[i] + 1);
            foreach (var ranking in rankings) AddExpected(ranking, strengths, expected);
            rounds++;
            var before = strengths.ToArray();
            for (var i = 0; i < itemCount; i++) strengths[i] = wins[i] / expected[i];
            Rescale(strengths);
            converged = true;
            for (var i = 0; i < itemCount; i++) converged &= Math.Abs(strengths[i] - before[i]) <= tolerance * before[i];
        }

        var log = strengths.Select(PortableMath.Log).ToArray();
        var mean = itemCount > 0 ? StableSum.Of(log) / itemCount : 0;
        return ([.. log.Select(l => l - mean)], rankings.Sum(r => LogProbability(r, strengths)), rounds, converged);
    }

    /// <summary>
    /// Only the wins and losses given beforehand tell how strong all are together: the best factor for them is found at once, since rounds would creep to it.
    /// </summary>
    private static void Rescale(double[] strengths)
    {
        double log = 0;
        for (var step = 0; step < 50; step++)
        {
            var factor = PortableMath.Exp(log);
            double slope = 0, curvature = 0;
            foreach (var strength in strengths)
            {
                var wins = factor * strength / (factor * strength + 1);
                slope += 1 - 2 * wins;
                curvature += 2 * wins * (1 - wins);
            }

            var move = Math.Clamp(slope / curvature, -2, 2);
            log += move;
            if (!(Math.Abs(move) > 1e-14)) break;
        }

        var scale = PortableMath.Exp(log);
        foreach (ref var strength in strengths.AsSpan()) strength *= scale;
    }

    private static void AddExpected(int[] ranking, double[] strengths, double[] expected)
    {
        var rest = strengths[ranking[^1]];
        for (var r = ranking.Length - 2; r >= 0; r--) rest += strengths[ranking[r]];
        double share = 0;
        for (var r = 0; r < ranking.Length; r++)
        {
            if (r < ranking.Length - 1) share += 1 / rest;
            expected[ranking[r]] += share;
            rest = Rest(ranking, strengths, r + 1, rest);
        }
    }

    /// <summary>Sum from a place on: taken off while that is exact enough, summed again where it is not.</summary>
    private static double Rest(int[] ranking, double[] strengths, int from, double before)
    {
        var rest = before - strengths[ranking[from - 1]];
        if (rest > 1e-6 * before) return rest;
        rest = 0;
        for (var r = from; r < ranking.Length; r++) rest += strengths[ranking[r]];
        return rest;
    }

    private static double LogProbability(int[] ranking, double[] strengths)
    {
        double sum = 0, rest = 0;
        for (var r = ranking.Length - 1; r >= 0; r--)
        {
            rest += strengths[ranking[r]];
            sum += PortableMath.Log(strengths[ranking[r]] / rest);
        }

        return sum;
    }

    private static void Check(IReadOnlyList<int[]> rankings, int itemCount)
    {
        var last = new int[itemCount];
        last.AsSpan().Fill(-1);
        for (var r = 0; r < rankings.Count; r++)
        {
            if (rankings[r].Length == 0) throw new ArgumentException($"Ranking {r} is empty.", nameof(rankings));
            foreach (var item in rankings[r])
            {
                if ((uint)item >= (uint)itemCount) throw new ArgumentOutOfRangeException(nameof(rankings), item, $"Ranking {r}: items must lie in [0, {itemCount}).");
                if (last[item] == r) throw new ArgumentException($"Ranking {r} has item {item} twice.", nameof(rankings));
                last[item] = r;
            }
        }
    }
}
