namespace Touchstone.Statistics.Ratings;

/// <summary>Strengths of items found from comparisons.</summary>
public sealed record BradleyTerryResult
{
    /// <summary>Strength of each item; those of a group sum to 1. An item beats another with probability p / (p + q), ties aside.</summary>
    public required double[] Strengths { get; init; }

    /// <summary>Log of each strength, less the mean of its group.</summary>
    public required double[] LogStrengths { get; init; }

    /// <summary>Standard error of each log strength against its group's mean; null where the group is too large to say.</summary>
    public required double?[] StandardErrors { get; init; }

    /// <summary>Group of each item. Strengths of different groups cannot be compared: no chain of comparisons links them.</summary>
    public required int[] Groups { get; init; }

    /// <summary>Log of the probability of the outcomes, without wins added beforehand; of a tie counted as half a win each way, the mean of both.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Wins that were added each way on every pair compared.</summary>
    public required double PriorWins { get; init; }

    /// <summary>The factor of <see cref="TieModel.Davidson"/>; null without it. Between items of equal strength a tie has probability factor / (2 + factor).</summary>
    public required double? TieFactor { get; init; }

    /// <summary>Rounds run.</summary>
    public required int Rounds { get; init; }

    /// <summary>Whether the tolerance was reached within the rounds allowed.</summary>
    public required bool Converged { get; init; }

    /// <summary>What a reader should know before trusting the result.</summary>
    public required IReadOnlyList<RatingWarning> Warnings { get; init; }

    /// <summary>95 % interval of an item's log strength, normal; null without a standard error.</summary>
    public Interval? IntervalOf(int item) => StandardErrors[item] is { } error
        ? new Interval(LogStrengths[item] - 1.959963984540054 * error, LogStrengths[item] + 1.959963984540054 * error)
        : null;

    /// <summary>Probability that the first item beats the second, ties aside; both of one group.</summary>
    public double WinProbability(int first, int second) => 1 / (1 + PortableMath.Exp(LogStrengths[second] - LogStrengths[first]));
}

/// <summary>One warning about a rating.</summary>
/// <param name="Code">Stable word for programs.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record RatingWarning(string Code, string Message);
