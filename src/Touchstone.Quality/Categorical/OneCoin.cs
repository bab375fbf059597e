namespace Touchstone.Quality.Categorical;

/// <summary>How <see cref="OneCoin"/> is fitted.</summary>
public sealed record OneCoinOptions
{
    /// <summary>One-coin Dawid-Skene: shares of classes are estimated, and the fit starts from each item's share of votes.</summary>
    public static readonly OneCoinOptions DawidSkene = new();

    /// <summary>ZenCrowd: classes are equally likely, and the fit starts from contributors who are right in 8 of 10 votes.</summary>
    public static readonly OneCoinOptions ZenCrowd = new() { EstimatesShares = false, StartAccuracy = 0.8 };

    /// <summary>Whether the shares of the classes are estimated; else they are equal.</summary>
    public bool EstimatesShares { get; init; } = true;

    /// <summary>Accuracy of everybody at the start; null starts from each item's share of votes instead.</summary>
    public double? StartAccuracy { get; init; }

    /// <summary>Stop when a round changes the log-likelihood by less than this share of its size.</summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>Stop after so many rounds, and say so.</summary>
    public int MaxRounds { get; init; } = 5_000;

    /// <summary>Whether long steps shorten slow fits; they lead to the same fixed points.</summary>
    public bool Accelerated { get; init; } = true;

    /// <summary>Neither being right nor being wrong is ever less probable than this, so that one vote alone can never make a class impossible.</summary>
    public double Floor { get; init; } = 1e-10;
}

/// <summary>True classes and one accuracy a contributor from votes alone: whoever is wrong gives any of the other labels alike.</summary>
/// <remarks>
/// The one-coin form of Dawid and Skene, and ZenCrowd (G. Demartini, D. E. Difallah, P. Cudré-Mauroux, WWW 2012), run to convergence. Far fewer
/// parameters than confusions have, so it needs fewer votes; but a crowd that confuses two labels one way only misleads it. Deterministic as
/// <see cref="Categorical.DawidSkene"/> is. O(votes + items * K) time a round.
/// </remarks>
public static class OneCoin
{
    /// <summary>Fits the model.</summary>
    /// <param name="votes">The votes; may be none.</param>
    /// <param name="options">Null is <see cref="OneCoinOptions.DawidSkene"/>.</param>
    /// <param name="known">Known class of each item or <see cref="DawidSkene.Unknown"/>; empty when none is known.</param>
    public static TruthResult Fit(Votes votes, OneCoinOptions? options = null, ReadOnlySpan<int> known = default)
    {
        options ??= OneCoinOptions.DawidSkene;
        Known.Check(votes, known);
        var model = new OneCoinModel(votes, options, known);
        var start = new double[model.StateLength];
        model.Start(start);
        var ascent = new Ascent(model.Step, start, options.Accelerated, slack: 0, classes: votes.LabelCount);
        ascent.Run(options.Tolerance, options.MaxRounds);

        var posterior = model.Posterior();
        var skills = WorkerSkills.Of(votes, model.Accuracies, posterior, priorVotes: 0, wideAsEstimated: true);
        return new TruthResult
        {
            Method = options.EstimatesShares ? "one-coin" : "zencrowd",
            LabelCount = votes.LabelCount,
            Posterior = posterior,
            ClassShares = model.Shares,
            Skills = skills,
            LogLikelihood = votes.ItemCount == 0 ? 0 : ascent.LogLikelihood,
            History = ascent.History,
            Rounds = ascent.Rounds,
            Converged = ascent.Converged,
            Warnings = TruthWarnings.For(votes, skills, ascent.Converged, ascent.Rounds),
        };
    }
}
