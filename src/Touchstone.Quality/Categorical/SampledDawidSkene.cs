namespace Touchstone.Quality.Categorical;

/// <summary>
/// Dawid and Skene's model averaged over all confusions that the votes allow, each as far as they allow it, instead of under the single most likely ones. Its posteriors can be taken at
/// their word while votes are few, which is when a queue has to decide whether to ask again: the most likely confusions look far surer than they are, above all where a whole crowd errs one way.
/// </summary>
/// <remarks>
/// Bayesian classifier combination (H.-C. Kim, Z. Ghahramani, AISTATS 2012) with Dirichlet rows around the crowd's, by collapsed Gibbs sampling: confusions and shares are integrated out, and every
/// item's class is drawn given all others'. How firmly a contributor's rows are held to the crowd's, and how much rarer or likelier their errors are, is drawn for each contributor from a few choices
/// whose shares are learned from all. Begun at the fit of <see cref="DawidSkene"/>, whose crowd's confusions are the centre of the rows. Posteriors are averages of the conditional probabilities
/// (A. E. Gelfand, A. F. M. Smith, JASA 85, 1990), confusions and shares averages of their means. Lone votes teach nothing (<see cref="TellingVotes"/>); their items are judged by what the others taught.
/// O(votes * (K + priors) * sweeps) time, O(contributors * K² + items * K) memory; the same votes, options and seed give the same bits.
/// </remarks>
public static class SampledDawidSkene
{
    /// <summary>The method's name.</summary>
    public const string Name = "dawid-skene-sampled";

    /// <summary>Draws from the model.</summary>
    /// <param name="votes">The votes; may be none.</param>
    /// <param name="options">Null is <see cref="SampledDawidSkeneOptions.Default"/>.</param>
    /// <param name="known">Known class of each item or <see cref="DawidSkene.Unknown"/>; empty when none is known.</param>
    /// <returns>Means over the draws; there is no likelihood of a mean, so none is given.</returns>
    public static DawidSkeneResult Fit(Votes votes, SampledDawidSkeneOptions? options = null, ReadOnlySpan<int> known = default)
    {
        options ??= SampledDawidSkeneOptions.Default;
        options.Check();
        Known.Check(votes, known);
        var telling = TellingVotes.Of(votes, known);
        var start = DawidSkene.Fit(telling.Votes, options.Start, telling.Known);
        if (telling.Votes.Count == 0 || votes.LabelCount < 2) return Result(votes, telling, start, options, new(start.Posterior, start.ClassShares, start.Confusions, start.Shrinkage));

        var chain = new DawidSkeneChain(telling.Votes, start, options, telling.Known);
        for (var sweep = 0; sweep < options.Sweeps; sweep++) chain.Sweep(counts: sweep >= options.BurnIn);
        return Result(votes, telling, start, options, chain.Means());
    }

    private static DawidSkeneResult Result(Votes votes, TellingVotes telling, DawidSkeneResult start, SampledDawidSkeneOptions options, DawidSkeneDraws means)
    {
        var result = start with
        {
            Method = Name,
            Seed = options.Seed,
            Posterior = means.Posterior,
            ClassShares = means.ClassShares,
            Confusions = means.Confusions,
            Shrinkage = means.Strength,
            LogLikelihood = null,
            History = [],
            Rounds = options.Sweeps,
        };
        if (telling.NumberOf is { } number) result = result with { Posterior = OfAllItems(votes, result, number) };
        var accuracy = new double[votes.ContributorCount];
        for (var c = 0; c < accuracy.Length; c++) accuracy[c] = result.AccuracyOf(c);
        var skills = WorkerSkills.Of(votes, accuracy, result.Posterior, Math.Min(DawidSkeneOptions.Default.AccuracyShrinkage, means.Strength));
        return result with { Skills = skills, Warnings = TruthWarnings.For(votes, skills, start.Converged, start.Converged ? options.Sweeps : start.Rounds, result.PooledConfusion) };
    }

    private static double[] OfAllItems(Votes votes, DawidSkeneResult result, int[] number)
    {
        var k = votes.LabelCount;
        var posterior = new double[votes.ItemCount * k];
        for (var i = 0; i < votes.ItemCount; i++)
        {
            var of = posterior.AsSpan(i * k, k);
            if (number[i] >= 0) result.Posterior.AsSpan(number[i] * k, k).CopyTo(of);
            else result.PosteriorOf(votes.ByItem.Of(i), of);
        }

        return posterior;
    }
}
