using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>
/// True classes from votes of contributors who either know the answer or guess by a habit of their own. Finds spammers, also those who always press one key.
/// </summary>
/// <remarks>
/// D. Hovy, T. Berg-Kirkpatrick, A. Vaswani, E. Hovy, Learning Whom to Trust with MACE, NAACL 2013, by variational Bayes. Beyond the paper: starts are
/// chosen by the variational bound, which unlike the authors' figure counts the priors; the best is run to convergence; classes' shares may be estimated.
/// O(votes + items * K) time a round, O(items * K) memory once. Starts run side by side and items in parts fixed by the votes: the same votes, options
/// and seed give the same bits on any number of processors.
/// </remarks>
public static class Mace
{
    /// <summary>Fits the model.</summary>
    /// <param name="votes">The votes; may be none.</param>
    /// <param name="options">Null is <see cref="MaceOptions.Default"/>.</param>
    /// <param name="seed">Seed of the random starts.</param>
    public static MaceResult Fit(Votes votes, MaceOptions? options = null, long seed = 0)
    {
        options ??= MaceOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Restarts, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.ScreeningRounds, nameof(options));
        if (votes.Count == 0 || votes.LabelCount < 2) return Trivial(votes, options, seed);

        var data = new MaceData(votes);
        var random = new SeededRandom(unchecked((ulong)seed));
        var starts = new MaceModel[options.Restarts];
        Parallel.For(0, starts.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, r =>
        {
            var model = new MaceModel(data, options, random.Fork(r));
            model.Run(options.ScreeningRounds, sideBySide: false);
            starts[r] = model.WithoutScratch();
        });
        var best = starts[0];
        foreach (var start in starts)
            if (start.Bound > best.Bound) best = start;

        var bounds = starts.Select(s => s.Bound).ToArray();
        best.RunOn();
        return Result(data, best, options, seed, bounds);
    }

    private static MaceResult Result(MaceData data, MaceModel model, MaceOptions options, long seed, double[] bounds)
    {
        var votes = data.Votes;
        var posterior = new double[votes.ItemCount * votes.LabelCount];
        model.WritePosterior(posterior);
        var (competence, strategies, skills) = MaceSkills.Of(data, model, options);
        var logLikelihood = model.LogLikelihoodOf(competence, strategies);
        List<TruthWarning> warnings = [.. TruthWarnings.For(votes, skills, model.Converged, model.Rounds)];
        if (!options.EstimateClassShares) WarnOfShares(warnings, votes);
        return new MaceResult
        {
            Method = NameOf(options),
            LabelCount = votes.LabelCount,
            Posterior = posterior,
            ClassShares = model.Shares,
            Skills = WorkerSkills.WithoutIntervals(skills),
            LogLikelihood = logLikelihood,
            Rounds = model.Rounds,
            Converged = model.Converged,
            Seed = seed,
            Warnings = warnings,
            Competence = competence,
            Strategies = strategies,
            Bound = model.Bound,
            BoundOfEachStart = bounds,
        };
    }

    /// <summary>Equal shares make up members of rare classes out of the errors on common ones.</summary>
    private static void WarnOfShares(List<TruthWarning> warnings, Votes votes)
    {
        var counts = new int[votes.LabelCount];
        foreach (var label in votes.Labels) counts[label]++;
        if (counts.Max() > (1 + 1.0 / votes.LabelCount) / 2 * votes.Count)
            warnings.Add(new("unequal_shares", "One label has most of the votes while classes are taken for equally common: estimate their shares (mace-shares)."));
    }

    private static string NameOf(MaceOptions options) => options.EstimateClassShares ? "mace-shares" : "mace";

    /// <summary>Without votes, or with one label, there is nothing to iterate.</summary>
    private static MaceResult Trivial(Votes votes, MaceOptions options, long seed)
    {
        var k = votes.LabelCount;
        var competence = Filled(votes.ContributorCount, options.KnowingPrior / (options.KnowingPrior + options.SpammingPrior));
        var prior = k > 1 ? competence.FirstOrDefault(0.5) + (1 - competence.FirstOrDefault(0.5)) / k : 1;
        WorkerSkill[] skills = [.. votes.Facts.VotesOf.Select(n => new WorkerSkill(prior, k > 1 ? 0 : 1, 1, n))];
        return new MaceResult
        {
            Method = NameOf(options),
            LabelCount = k,
            Posterior = Filled(votes.ItemCount * k, 1.0 / Math.Max(k, 1)),
            ClassShares = Filled(k, 1.0 / Math.Max(k, 1)),
            Skills = WorkerSkills.WithoutIntervals(skills),
            LogLikelihood = 0,
            Rounds = 0,
            Converged = true,
            Seed = seed,
            Warnings = TruthWarnings.For(votes, skills, converged: true, rounds: 0),
            Competence = competence,
            Strategies = Filled(votes.ContributorCount * k, 1.0 / Math.Max(k, 1)),
            Bound = 0,
            BoundOfEachStart = [],
        };
    }

    private static double[] Filled(int length, double value)
    {
        var values = new double[length];
        values.AsSpan().Fill(value);
        return values;
    }
}
