namespace Touchstone.Quality.Categorical;

/// <summary>How <see cref="Mace"/> is fitted.</summary>
public sealed record MaceOptions
{
    /// <summary>The authors' priors and number of restarts, the best of them run on to convergence.</summary>
    public static readonly MaceOptions Default = new();

    /// <summary>Random starts, each with numbers of its own; at least 1.</summary>
    public int Restarts { get; init; } = 10;

    /// <summary>Rounds for each start before the best is chosen; at least 1.</summary>
    public int ScreeningRounds { get; init; } = 50;

    /// <summary>Rounds in all for the best start.</summary>
    public int MaxRounds { get; init; } = 1_000;

    /// <summary>Stop when a round raises the bound by less than this share of its size.</summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>
    /// Whether the classes' shares are estimated, or held equal as in the paper. Equal shares on a set with rare classes invent members of those classes.
    /// </summary>
    public bool EstimateClassShares { get; init; }

    /// <summary>Items by which estimated shares are pulled towards equal ones, for each class; above 0.</summary>
    public double ClassShrinkage { get; init; } = 1;

    /// <summary>Votes believed beforehand to be known; above 0.</summary>
    public double KnowingPrior { get; init; } = 0.5;

    /// <summary>Votes believed beforehand to be given without looking; above 0.</summary>
    public double SpammingPrior { get; init; } = 0.5;

    /// <summary>Votes without looking believed beforehand to have gone to each label; above 0.</summary>
    public double StrategyPrior { get; init; } = 10;
}
