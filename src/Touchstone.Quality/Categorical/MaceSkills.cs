using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>Posterior means of what a fit of <see cref="Mace"/> believes of contributors, with intervals.</summary>
internal static class MaceSkills
{
    public static (double[] Competence, double[] Strategies, WorkerSkill[] Skills) Of(MaceData data, MaceModel model, MaceOptions options)
    {
        var k = data.Votes.LabelCount;
        var competence = new double[data.Votes.ContributorCount];
        var strategies = new double[competence.Length * k];
        var skills = new WorkerSkill[competence.Length];
        for (var c = 0; c < competence.Length; c++)
        {
            var known = KnownVotes(data, model, c, strategies.AsSpan(c * k, k), options.StrategyPrior);
            var (a, b) = (known + options.KnowingPrior, Math.Max(0, data.Counts[c] - known) + options.SpammingPrior);
            competence[c] = a / (a + b);
            double lucky = 0; // a guess that names the class
            for (var l = 0; l < k; l++) lucky += model.Shares[l] * strategies[c * k + l];
            double Accuracy(double knowing) => knowing + (1 - knowing) * lucky;
            var accuracy = Accuracy(competence[c]);
            skills[c] = new(accuracy, Math.Min(accuracy, Accuracy(Beta.Quantile(0.025, a, b))), Math.Max(accuracy, Accuracy(Beta.Quantile(0.975, a, b))), data.Counts[c]);
        }

        return (competence, strategies, skills);
    }

    /// <summary>Expected number of a contributor's votes that were known; fills in the habit of the rest.</summary>
    private static double KnownVotes(MaceData data, MaceModel model, int contributor, Span<double> habit, double prior)
    {
        double known = 0, total = 0;
        for (var l = 0; l < habit.Length; l++)
        {
            var cell = contributor * habit.Length + l;
            var knew = model.Known(cell);
            known += knew;
            total += habit[l] = Math.Max(0, data.CellCounts[cell] - knew) + prior;
        }

        foreach (ref var value in habit) value /= total;
        return known;
    }
}
