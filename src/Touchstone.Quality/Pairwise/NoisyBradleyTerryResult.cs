using Touchstone.Statistics.Ratings;

namespace Touchstone.Quality.Pairwise;

/// <summary>What <see cref="NoisyBradleyTerry"/> found.</summary>
public sealed record NoisyBradleyTerryResult
{
    /// <summary>Log strength of each item.</summary>
    public required double[] LogStrengths { get; init; }

    /// <summary>Each contributor's probability of going left when not looking.</summary>
    public required double[] Biases { get; init; }

    /// <summary>Each contributor's probability of looking, rather than answering by bias.</summary>
    public required double[] Skills { get; init; }

    /// <summary>Log of the probability of the outcomes.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Minus the log-likelihood plus the penalty: what is minimised.</summary>
    public required double PenalisedCost { get; init; }

    /// <summary>Rounds run.</summary>
    public required int Rounds { get; init; }

    /// <summary>Whether the tolerance was reached within the rounds allowed.</summary>
    public required bool Converged { get; init; }

    /// <summary>What a reader should know before trusting the result.</summary>
    public required IReadOnlyList<RatingWarning> Warnings { get; init; }
}
