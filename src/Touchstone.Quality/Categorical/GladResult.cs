namespace Touchstone.Quality.Categorical;

/// <summary>What <see cref="Glad"/> found.</summary>
public sealed record GladResult : TruthResult
{
    /// <summary>Ability of each contributor: 0 guesses, above 0 helps, below 0 misleads.</summary>
    public required double[] Abilities { get; init; }

    /// <summary>Easiness of each item: the log of its inverse difficulty.</summary>
    public required double[] Easinesses { get; init; }

    /// <summary>Log-likelihood plus the log density of the priors of abilities and easinesses: what is maximised, and never falls.</summary>
    public required double LogPosterior { get; init; }
}
