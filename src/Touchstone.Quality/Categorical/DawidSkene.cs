namespace Touchstone.Quality.Categorical;

/// <summary>
/// True classes and contributors' confusions from votes alone, by expectation maximisation: an item's class is inferred from votes weighted by
/// confusions, confusions from votes against inferred classes, in turn until nothing moves.
/// </summary>
/// <remarks>
/// A. P. Dawid and A. M. Skene, Applied Statistics 28(1), 1979. Beyond the paper: rows of confusion matrices may be shrunk towards the crowd's own
/// (a Dirichlet prior whose mean is fitted with the rest, and whose strength may be), items with a known class are clamped, probabilities live in
/// the log domain, slow fits take long steps. Starts from each item's share of votes, draws nothing at random, adds in a fixed order: the same votes
/// give the same bits, whatever the number of processors. O(votes * K) time a round, O(items * K + contributors * K²) memory.
/// </remarks>
public static class DawidSkene
{
    /// <summary>Marks an item whose class is not known.</summary>
    public const int Unknown = -1;

    /// <summary>Most probabilities that everybody's confusions may have together, contributors * K²: 2^24, which are 128 MiB in each of the arrays that a fit holds.</summary>
    public const long ConfusionsMax = 1 << 24;

    /// <summary>Whether the confusions of so many contributors with so many labels can be fitted; where they cannot, <see cref="OneCoin"/> has one accuracy a contributor.</summary>
    public static bool HasRoomFor(int contributors, int labels) => (long)labels * labels * contributors <= ConfusionsMax;

    /// <summary>Fits the model.</summary>
    /// <param name="votes">The votes; may be none.</param>
    /// <param name="options">Null is <see cref="DawidSkeneOptions.Default"/>.</param>
    /// <param name="known">Known class of each item or <see cref="Unknown"/>; empty when none is known.</param>
    /// <exception cref="ArgumentException">There is no room for so many confusions (<see cref="HasRoomFor"/>).</exception>
    public static DawidSkeneResult Fit(Votes votes, DawidSkeneOptions? options = null, ReadOnlySpan<int> known = default)
    {
        options ??= DawidSkeneOptions.Default;
        Known.Check(votes, known);
        var model = new DawidSkeneModel(votes, options, known);
        var start = new double[model.StateLength];
        model.Start(start);
        var ascent = new Ascent(model.Step, start, options.Accelerated, slack: options.Shrinkage > 0 ? 1e-6 : 0, classes: model.ClassesLength);
        if (options.ChoosesShrinkage && votes.Count > 0 && votes.LabelCount > 1) ChooseShrinkage(model, ascent, options.MaxRounds);
        ascent.Run(options.Tolerance, options.MaxRounds);
        var result = model.Result("dawid-skene", ascent.LogLikelihood, ascent.Rounds, ascent.Converged, ascent.History);
        return options.Shrinkage > 0 ? result : result with { Skills = WorkerSkills.WithoutIntervals(result.Skills) };
    }

    /// <summary>Strength and confusions in turn: each is the better known the better the other is.</summary>
    private static void ChooseShrinkage(DawidSkeneModel model, Ascent ascent, int maxRounds)
    {
        const int turns = 4;
        for (var turn = 0; turn < turns; turn++)
        {
            ascent.Run(1e-5, maxRounds);
            var before = model.Shrinkage;
            model.Shrinkage = ShrinkageChoice.Of(strength => model.LogMarginal(ascent.State, strength), before);
            if (Math.Abs(model.Shrinkage - before) <= 0.05 * before) return;
        }
    }
}
