namespace Touchstone.Quality.Categorical;

/// <summary>How <see cref="Glad"/> is fitted.</summary>
public sealed record GladOptions
{
    /// <summary>Standard normal priors about 1, run to convergence.</summary>
    public static readonly GladOptions Default = new();

    /// <summary>Mean of the abilities' prior; its standard deviation is 1.</summary>
    public double AbilityMean { get; init; } = 1;

    /// <summary>Mean of the easinesses' prior; its standard deviation is 1.</summary>
    public double EasinessMean { get; init; } = 1;

    /// <summary>Stop when a round raises the posterior density's log by less than this share of its size, twice in a row.</summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>Stop after so many rounds, and say so.</summary>
    public int MaxRounds { get; init; } = 1_000;
}
