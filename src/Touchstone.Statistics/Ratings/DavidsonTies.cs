namespace Touchstone.Statistics.Ratings;

/// <summary>Bradley-Terry with ties as an outcome of their own: win : tie : loss = p : factor √(p q) : q.</summary>
internal static class DavidsonTies
{
    /// <summary>Fills in log strengths.</summary>
    public static (int Rounds, bool Converged, double Factor) Fit(ComparisonPairs pairs, double prior, BradleyTerryOptions options, double[] log)
    {
        var point = new double[log.Length + 1]; // the last is the log of the factor
        var outcome = Lbfgs.Minimise((at, gradient) => Negative(pairs, prior, at, gradient), point, options.Tolerance / 1000, options.MaxRounds);
        point.AsSpan(0, log.Length).CopyTo(log);
        return (outcome.Rounds, outcome.Converged, PortableMath.Exp(point[^1]));
    }

    public static double LogLikelihood(ComparisonPairs pairs, double[] log, double factor) =>
        -Negative(pairs, 0, [.. log, PortableMath.Log(factor)], new double[log.Length + 1]);

    /// <summary>Probabilities that the first wins, neither, or the second.</summary>
    public static (double First, double Tie, double Second) Probabilities(double lead, double logFactor)
    {
        var highest = Math.Max(Math.Abs(lead) / 2, logFactor);
        var (first, second, tie) = (PortableMath.Exp(lead / 2 - highest), PortableMath.Exp(-lead / 2 - highest), PortableMath.Exp(logFactor - highest));
        var total = first + second + tie;
        return (first / total, tie / total, second / total);
    }

    private static double Negative(ComparisonPairs pairs, double prior, ReadOnlySpan<double> point, Span<double> gradient)
    {
        gradient.Clear();
        double sum = 0;
        for (var p = 0; p < pairs.Count; p++)
        {
            var (i, j) = (pairs.First[p], pairs.Second[p]);
            var lead = point[i] - point[j];
            var (first, tie, second) = Probabilities(lead, point[^1]);
            var (wins, losses, ties) = (pairs.FirstWins[p] + prior, pairs.SecondWins[p] + prior, pairs.Ties[p]);
            var highest = Math.Max(Math.Abs(lead) / 2, point[^1]);
            var logTotal = highest + PortableMath.Log(PortableMath.Exp(lead / 2 - highest) + PortableMath.Exp(-lead / 2 - highest) + PortableMath.Exp(point[^1] - highest));
            sum += (wins - losses) * lead / 2 + ties * point[^1] - (wins + losses + ties) * logTotal;
            var pull = (wins - losses) / 2 - (wins + losses + ties) * (first - second) / 2;
            gradient[i] -= pull;
            gradient[j] += pull;
            gradient[^1] -= ties - (wins + losses + ties) * tie;
        }

        return -sum;
    }
}
