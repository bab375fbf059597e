namespace Touchstone.Quality.Categorical;

/// <summary>Dawid and Skene's model with every item put wholly on its most probable class in each round: a few rounds instead of many.</summary>
/// <remarks>
/// V. B. Sinha, S. Rao, V. N. Balasubramanian, Fast Dawid-Skene, arXiv 1803.02781, 2018. Here in the log domain, ties go to the first class, and the
/// fit ends when no item moves any more. Posteriors are those of the last parameters, not the hard assignments.
/// </remarks>
public static class FastDawidSkene
{
    private const int MaxRounds = 100;
    private const double HybridChange = 0.005; // of the classes' shares, summed: from here on the hybrid decides hard

    /// <summary>Hard assignments from the first round, which is the majority's.</summary>
    /// <param name="votes">The votes; may be none.</param>
    /// <param name="known">Known class of each item or <see cref="DawidSkene.Unknown"/>; empty when none is known.</param>
    public static DawidSkeneResult Fit(Votes votes, ReadOnlySpan<int> known = default) => Fit("fast-dawid-skene", votes, known, hybrid: false);

    /// <summary>Soft as Dawid and Skene until the classes' shares hardly move, hard from then on.</summary>
    /// <inheritdoc cref="Fit(Votes, ReadOnlySpan{int})" path="/param"/>
    public static DawidSkeneResult FitHybrid(Votes votes, ReadOnlySpan<int> known = default) => Fit("hybrid-dawid-skene", votes, known, hybrid: true);

    private static DawidSkeneResult Fit(string method, Votes votes, ReadOnlySpan<int> known, bool hybrid)
    {
        Known.Check(votes, known);
        var model = new DawidSkeneModel(votes, DawidSkeneOptions.MaximumLikelihood, known) { Hard = !hybrid };
        var (from, to) = (new double[model.StateLength], new double[model.StateLength]);
        model.Start(from);
        List<double> history = [];
        var (hard, converged) = (!hybrid, false);
        while (!converged && history.Count < MaxRounds)
        {
            history.Add(model.Step(from, to));
            if (hard) converged = from.AsSpan().SequenceEqual(to);
            else if (model.ChangeOfClasses(from, to) <= HybridChange) model.Hard = hard = true;
            (from, to) = (to, from);
        }

        model.Hard = false;
        var result = model.Result(method, history[^1], history.Count, converged, [.. history]);
        return result with { Skills = WorkerSkills.WithoutIntervals(result.Skills) };
    }
}
