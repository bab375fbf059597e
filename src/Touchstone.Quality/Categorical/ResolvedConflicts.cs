using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>True classes as weighted votes, with weights from how far each contributor is from those classes, in turn until no class changes.</summary>
/// <remarks>
/// Errors of a contributor are counted against the class of greatest weight; of n equal ones each is taken for true in the n-th part, so that the order of labels decides nothing on the way. Beyond the papers a contributor without errors has the weight of half an error, so that whoever agreed once with everybody does not
/// outweigh all others, and rounds end when no class changes instead of after a fixed number. Draws nothing at random. O(votes) time a round, O(items * K) memory.
/// </remarks>
public static class ResolvedConflicts
{
    private const double LeastErrors = 0.5;
    private const double Risk = 0.05;
    private const double Rounded = 1e-12; // shares that differ by less are equal: sums of the same weights in another order

    /// <summary>PM: minus the log of a contributor's share of errors, relative to that of the worst.</summary>
    /// <remarks>
    /// Q. Li, Y. Li, J. Gao, B. Zhao, W. Fan, J. Han, Resolving Conflicts in Heterogeneous Data by Truth Discovery and Source Reliability Estimation, SIGMOD 2014. The paper's sources all speak of all items; where contributors do not,
    /// shares of errors and not their numbers are compared, or whoever did most would count least.
    /// </remarks>
    /// <param name="votes">The votes; may be none.</param>
    /// <param name="known">Known class of each item or <see cref="DawidSkene.Unknown"/>; empty when none is known.</param>
    /// <param name="maxRounds">Stop after so many rounds, and say so.</param>
    public static TruthResult FitPm(Votes votes, ReadOnlySpan<int> known = default, int maxRounds = 100) => Fit("pm", votes, known, maxRounds, PmWeights);

    /// <summary>CATD: the lower end of what the errors allow a contributor's precision to be, so that few answers weigh little however good they look.</summary>
    /// <remarks>
    /// Q. Li, Y. Li, J. Gao, L. Su, B. Zhao, M. Demirbas, W. Fan, J. Han, A Confidence-Aware Approach for Truth Discovery on Long-Tail Data, PVLDB 8(4), 2014: the 0.025 quantile of chi-square with as many degrees of freedom as answers, over the errors.
    /// </remarks>
    /// <inheritdoc cref="FitPm" path="/param"/>
    public static TruthResult FitCatd(Votes votes, ReadOnlySpan<int> known = default, int maxRounds = 100) => Fit("catd", votes, known, maxRounds, CatdWeights);

    private static TruthResult Fit(string method, Votes votes, ReadOnlySpan<int> known, int maxRounds, Func<int[], double[], double[]> weigh)
    {
        Known.Check(votes, known);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxRounds);
        var posterior = WeightedShares.Of(votes, [], known);
        var truths = Truths(posterior, votes);
        var (rounds, converged) = (0, false);
        while (!converged && rounds < maxRounds)
        {
            posterior = WeightedShares.Of(votes, weigh(votes.Facts.VotesOf, Errors(votes, truths)), known);
            rounds++;
            var next = Truths(posterior, votes);
            converged = next.AsSpan().SequenceEqual(truths);
            truths = next;
        }

        var skills = SkillByAgreement.With(votes, posterior);
        return new TruthResult
        {
            Method = method,
            LabelCount = votes.LabelCount,
            Posterior = posterior,
            ClassShares = WeightedShares.ClassShares(votes, posterior),
            Skills = WorkerSkills.WithoutIntervals(skills),
            LogLikelihood = null,
            Rounds = rounds,
            Converged = converged,
            Warnings = TruthWarnings.For(votes, skills, converged, rounds),
        };
    }

    private static double[] PmWeights(int[] answers, double[] errors)
    {
        var worst = 0.0;
        for (var c = 0; c < errors.Length; c++) worst = Math.Max(worst, Share(answers[c], errors[c]));
        var weights = new double[errors.Length];
        for (var c = 0; c < errors.Length; c++)
            if (answers[c] > 0) weights[c] = -PortableMath.Log(Share(answers[c], errors[c]) / worst) + 1e-7;
        return weights;
    }

    private static double Share(int answers, double errors) => answers == 0 ? 0 : Math.Max(errors, LeastErrors) / (answers + LeastErrors);

    private static double[] CatdWeights(int[] answers, double[] errors)
    {
        var weights = new double[errors.Length];
        for (var c = 0; c < errors.Length; c++)
            if (answers[c] > 0) weights[c] = ChiSquare.Quantile(Risk / 2, answers[c]) / Math.Max(errors[c], LeastErrors);
        return weights;
    }

    private static double[] Errors(Votes votes, double[] truths)
    {
        var errors = new double[votes.ContributorCount];
        var byItem = votes.ByItem;
        for (var i = 0; i < votes.ItemCount; i++)
            foreach (var cell in byItem.Of(i))
            {
                var contributor = byItem.ContributorOf(cell);
                errors[contributor] += 1 - truths[i * votes.LabelCount + cell - contributor * votes.LabelCount];
            }

        return errors;
    }

    /// <summary>What each label of each item is taken for true: 1 for the one of greatest weight, an equal part for each of several.</summary>
    private static double[] Truths(double[] posterior, Votes votes)
    {
        var k = votes.LabelCount;
        var truths = new double[posterior.Length];
        for (var i = 0; i < votes.ItemCount; i++)
        {
            var row = posterior.AsSpan(i * k, k);
            double most = 0;
            var equal = 0;
            foreach (var share in row) most = Math.Max(most, share);
            foreach (var share in row)
                if (share >= most - Rounded) equal++;
            for (var j = 0; j < k; j++)
                if (row[j] >= most - Rounded) truths[i * k + j] = 1.0 / equal;
        }

        return truths;
    }
}
