using Touchstone.Statistics;
using Touchstone.Statistics.Ratings;

namespace Touchstone.Quality.Pairwise;

/// <summary>
/// Strengths of items from comparisons by contributors of whom some look and some do not: with probability "skill" a comparison follows the strengths as
/// in Bradley and Terry, otherwise it goes left with the contributor's own bias.
/// </summary>
/// <remarks>
/// After X. Chen, P. N. Bennett, K. Collins-Thompson, E. Horvitz, Pairwise Ranking Aggregation in a Crowdsourced Setting, WSDM 2013. Maximises the
/// log-likelihood less <c>penalty</c> times the squares of all parameters, skills and biases on the scale of log odds, from equal strengths, no bias
/// and skills of 0.88. The likelihood has more than one maximum; the start takes most contributors for honest, which names the right one of two mirrored.
/// </remarks>
public static class NoisyBradleyTerry
{
    private const double StartSkill = 2; // log odds

    /// <summary>Fits the model.</summary>
    /// <param name="comparisons">The outcomes; a tie counts as half a win each way.</param>
    /// <param name="contributors">Contributor of each comparison, in [0, <paramref name="contributorCount"/>).</param>
    /// <param name="contributorCount">Number of contributors.</param>
    /// <param name="penalty">What a unit of each squared parameter costs; above 0.</param>
    /// <param name="tolerance">Stop when a round lowers the cost by less than this share of its size, twice in a row.</param>
    /// <param name="maxRounds">Stop after so many rounds, and say so.</param>
    public static NoisyBradleyTerryResult Fit(
        Comparisons comparisons, int[] contributors, int contributorCount, double penalty = 0.01, double tolerance = 1e-12, int maxRounds = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(penalty);
        if (contributors.Length != comparisons.Count)
            throw new ArgumentException($"There are {comparisons.Count} comparisons but contributors for {contributors.Length}.", nameof(contributors));
        for (var c = 0; c < contributors.Length; c++)
            if ((uint)contributors[c] >= (uint)contributorCount)
                throw new ArgumentOutOfRangeException(nameof(contributors), contributors[c], $"Comparison {c}: contributors must lie in [0, {contributorCount}).");

        var cost = new Cost(comparisons, contributors, contributorCount, penalty);
        var point = new double[comparisons.ItemCount + 2 * contributorCount];
        point.AsSpan(comparisons.ItemCount + contributorCount).Fill(StartSkill);
        var outcome = comparisons.Count == 0 ? new LbfgsOutcome(0, 0, true) : Lbfgs.Minimise(cost.At, point, tolerance, maxRounds);
        return Result(comparisons, contributorCount, point, outcome, cost);
    }

    private static NoisyBradleyTerryResult Result(Comparisons comparisons, int contributorCount, double[] point, LbfgsOutcome outcome, Cost cost)
    {
        var items = comparisons.ItemCount;
        List<RatingWarning> warnings = [];
        if (comparisons.Count == 0) warnings.Add(new("no_comparisons", "There are no comparisons: all items are alike."));
        if (!outcome.Converged) warnings.Add(new("not_converged", $"The fit had not settled after {outcome.Rounds} rounds; allow more or raise the tolerance."));
        return new NoisyBradleyTerryResult
        {
            LogStrengths = point[..items],
            Biases = [.. point[items..(items + contributorCount)].Select(Logistic)],
            Skills = [.. point[(items + contributorCount)..].Select(Logistic)],
            LogLikelihood = comparisons.Count == 0 ? 0 : cost.LogLikelihood(point),
            PenalisedCost = outcome.Value,
            Rounds = outcome.Rounds,
            Converged = outcome.Converged,
            Warnings = warnings,
        };
    }

    private static double Logistic(double x) => 1 / (1 + PortableMath.Exp(-x));

    internal sealed class Cost(Comparisons comparisons, int[] contributors, int contributorCount, double penalty)
    {
        public double LogLikelihood(double[] point) => -At(point, new double[point.Length]) + Penalty(point);

        public double At(ReadOnlySpan<double> point, Span<double> gradient)
        {
            for (var j = 0; j < point.Length; j++) gradient[j] = 2 * penalty * point[j];
            var sum = Penalty(point);
            for (var c = 0; c < comparisons.Count; c++)
            {
                if (comparisons.Outcomes[c] >= Outcome.Tie) sum += Add(c, 1, comparisons.Outcomes[c] == Outcome.Tie ? 0.5 : 1, point, gradient);
                if (comparisons.Outcomes[c] <= Outcome.Tie) sum += Add(c, -1, comparisons.Outcomes[c] == Outcome.Tie ? 0.5 : 1, point, gradient);
            }

            return sum;
        }

        /// <summary>Minus the log of the probability of one outcome, and its slope in the four parameters concerned.</summary>
        private double Add(int comparison, int sign, double weight, ReadOnlySpan<double> point, Span<double> gradient)
        {
            var (left, right) = (comparisons.Left[comparison], comparisons.Right[comparison]);
            var bias = comparisons.ItemCount + contributors[comparison];
            var skill = bias + contributorCount;
            var follows = Logistic(sign * (point[left] - point[right]));
            var guesses = Logistic(sign * point[bias]);
            var looks = Logistic(point[skill]);
            var probability = Math.Max(looks * follows + (1 - looks) * guesses, 1e-300);
            var pull = weight * sign * looks * follows * (1 - follows) / probability;
            gradient[left] -= pull;
            gradient[right] += pull;
            gradient[bias] -= weight * sign * (1 - looks) * guesses * (1 - guesses) / probability;
            gradient[skill] -= weight * looks * (1 - looks) * (follows - guesses) / probability;
            return -weight * PortableMath.Log(probability);
        }

        private double Penalty(ReadOnlySpan<double> point)
        {
            double squares = 0;
            foreach (var value in point) squares += value * value;
            return penalty * squares;
        }
    }
}
