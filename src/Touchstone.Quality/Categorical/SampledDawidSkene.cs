namespace Touchstone.Quality.Categorical;

/// <summary>
/// Dawid and Skene's model averaged over all confusions that the votes allow, each as far as they allow it, instead of under the single most likely ones. Its posteriors can be taken at
/// their word while votes are few, which is when a queue has to decide whether to ask again: the most likely confusions look far surer than they are, above all where a whole crowd errs one way.
/// </summary>
/// <remarks>
/// Bayesian classifier combination (H.-C. Kim, Z. Ghahramani, AISTATS 2012) with Dirichlet rows around the crowd's, by collapsed Gibbs sampling: confusions and shares are integrated out, and every
/// item's class is drawn given all others'. Begun at the fit of <see cref="DawidSkene"/>, whose crowd's confusions are the centre of the rows. Posteriors are averages of the conditional
/// probabilities (A. E. Gelfand, A. F. M. Smith, JASA 85, 1990), confusions and shares averages of their means. O(votes * K * sweeps) time, O(contributors * K² + items * K) memory; the same votes,
/// options and seed give the same bits.
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
    public static DawidSkeneResult Fit(Votes votes, SampledDawidSkeneOptions? options = null, ReadOnlySpan<int> known = default) => Fit(votes, Start(votes, options ?? SampledDawidSkeneOptions.Default, known), options, known);

    /// <summary>Draws from the model, beginning at a fit that is there already.</summary>
    /// <param name="votes">The votes.</param>
    /// <param name="start">A fit of the same votes.</param>
    /// <param name="options">Null is <see cref="SampledDawidSkeneOptions.Default"/>.</param>
    /// <param name="known">Known class of each item or <see cref="DawidSkene.Unknown"/>; empty when none is known.</param>
    public static DawidSkeneResult Fit(Votes votes, DawidSkeneResult start, SampledDawidSkeneOptions? options = null, ReadOnlySpan<int> known = default)
    {
        options ??= SampledDawidSkeneOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Shrinkage, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.BurnIn, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Sweeps, options.BurnIn, nameof(options));
        if (votes.Count == 0 || votes.LabelCount < 2) return start with { Method = Name, Seed = options.Seed, LogLikelihood = null };

        var chain = new DawidSkeneChain(votes, start, options, known);
        for (var sweep = 0; sweep < options.Sweeps; sweep++)
        {
            chain.Sweep(counts: sweep >= options.BurnIn);
        }

        return Result(votes, start, options, chain.Means());
    }

    private static DawidSkeneResult Start(Votes votes, SampledDawidSkeneOptions options, ReadOnlySpan<int> known) =>
        DawidSkene.Fit(votes, DawidSkeneOptions.Default with { Shrinkage = options.Shrinkage, Tolerance = 1e-6 }, known);

    private static DawidSkeneResult Result(Votes votes, DawidSkeneResult start, SampledDawidSkeneOptions options, DawidSkeneDraws means)
    {
        var result = start with
        {
            Method = Name,
            Seed = options.Seed,
            Posterior = means.Posterior,
            ClassShares = means.ClassShares,
            Confusions = means.Confusions,
            Shrinkage = options.Shrinkage,
            LogLikelihood = null,
            History = [],
            Rounds = options.Sweeps,
            Converged = start.Converged,
        };
        var accuracy = new double[votes.ContributorCount];
        for (var c = 0; c < accuracy.Length; c++) accuracy[c] = result.AccuracyOf(c);
        var skills = WorkerSkills.Of(votes, accuracy, result.Posterior, Math.Min(DawidSkeneOptions.Default.AccuracyShrinkage, options.Shrinkage));
        return result with { Skills = skills, Warnings = TruthWarnings.For(votes, skills, start.Converged, start.Converged ? options.Sweeps : start.Rounds, result.PooledConfusion) };
    }
}
