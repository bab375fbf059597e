using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>
/// True classes from votes where contributors differ in ability and items in difficulty: a vote is right with probability
/// 1 / (1 + exp(-ability * exp(easiness))), and otherwise any of the other labels alike.
/// </summary>
/// <remarks>
/// J. Whitehill, P. Ruvolo, T. Wu, J. Bergsma, J. Movellan, Whose Vote Should Count More, NIPS 2009, with equal class shares. The paper alternates
/// expectation and a few steps of conjugate gradients; here the same posterior density is climbed at once, since the gradient of the log-likelihood is
/// that of the expectation at its own posterior (Fisher's identity). O(votes + items * K) time a round; memory O(votes + items * K), nothing per vote
/// and class. Starts from abilities and easinesses at their priors' means and draws nothing at random; items are worked on in parts fixed by the votes,
/// so the same votes give the same bits.
/// </remarks>
public static class Glad
{
    private const double Normal95 = 1.959963984540054;

    /// <summary>Fits the model.</summary>
    /// <param name="votes">The votes; may be none.</param>
    /// <param name="options">Null is <see cref="GladOptions.Default"/>.</param>
    public static GladResult Fit(Votes votes, GladOptions? options = null)
    {
        options ??= GladOptions.Default;
        var density = new GladDensity(votes, options);
        var point = density.Start();
        var outcome = votes.Count == 0 || votes.LabelCount < 2
            ? new LbfgsOutcome(0, 0, true)
            : Lbfgs.Minimise(density.Negative, point, options.Tolerance, options.MaxRounds, density.InverseCurvature());

        var posterior = new double[votes.ItemCount * votes.LabelCount];
        var logLikelihood = density.WritePosterior(point, posterior);
        var skills = Skills(density, point, votes.Facts.VotesOf);
        var shares = new double[votes.LabelCount];
        shares.AsSpan().Fill(1.0 / Math.Max(1, votes.LabelCount));
        return new GladResult
        {
            Method = "glad",
            LabelCount = votes.LabelCount,
            Posterior = posterior,
            ClassShares = shares,
            Skills = WorkerSkills.WithoutIntervals(skills),
            LogLikelihood = logLikelihood,
            Rounds = outcome.Rounds,
            Converged = outcome.Converged,
            Warnings = TruthWarnings.For(votes, skills, outcome.Converged, outcome.Rounds),
            Abilities = point[..votes.ContributorCount],
            Easinesses = point[votes.ContributorCount..],
            LogPosterior = logLikelihood + density.LogPrior(point),
        };
    }

    /// <summary>Mean probability of being right over the items voted on; ends at the ability plus or minus 1.96 of its standard errors.</summary>
    private static WorkerSkill[] Skills(GladDensity density, double[] point, int[] counts)
    {
        var errors = density.AbilityErrors(point);
        var middle = density.Accuracies(point, errors, 0);
        var low = density.Accuracies(point, errors, -Normal95);
        var high = density.Accuracies(point, errors, Normal95);
        return [.. counts.Select((n, c) => new WorkerSkill(middle[c], low[c], high[c], n))];
    }
}
