namespace Touchstone.Quality.Categorical;

/// <summary>How <see cref="DawidSkene"/> is fitted.</summary>
public sealed record DawidSkeneOptions
{
    /// <summary>Shrinkage on and run to convergence.</summary>
    public static readonly DawidSkeneOptions Default = new();

    /// <summary>The plain maximum likelihood of Dawid and Skene, 1979.</summary>
    public static readonly DawidSkeneOptions MaximumLikelihood = new() { Shrinkage = 0, PoolShrinkage = 0, ClassShrinkage = 0, Tolerance = 1e-10 };

    /// <summary>Shrinkage of a strength that the votes themselves call for; the best choice where nothing is known beforehand.</summary>
    public static readonly DawidSkeneOptions Shrunk = new() { ChoosesShrinkage = true, Shrinkage = 16, Tolerance = 1e-9 };

    /// <summary>
    /// Votes by which each row of a contributor's confusion matrix is pulled towards the row of the crowd as a whole; 0 is none. A contributor with
    /// few votes is then believed to be like the others, one with many is judged by their own.
    /// </summary>
    public double Shrinkage { get; init; } = 8;

    /// <summary>
    /// Votes by which a contributor's overall accuracy is pulled towards the crowd's before it shifts the rows that theirs are shrunk towards; above 0.
    /// A contributor's accuracy is learned from all their votes long before each single row is.
    /// </summary>
    public double AccuracyShrinkage { get; init; } = 4;

    /// <summary>Votes by which each row of the crowd's confusion matrix is pulled towards <see cref="PriorAccuracy"/>; 0 is none.</summary>
    public double PoolShrinkage { get; init; } = 4;

    /// <summary>What is believed of a crowd before its first vote: the probability of the right label, the rest spread evenly.</summary>
    public double PriorAccuracy { get; init; } = 0.8;

    /// <summary>Items by which the classes' shares are pulled towards equal shares, for each class; 0 is none.</summary>
    public double ClassShrinkage { get; init; } = 1;

    /// <summary>Whether <see cref="Shrinkage"/>, above 0, is only where the search for the strength of highest marginal likelihood begins.</summary>
    public bool ChoosesShrinkage { get; init; }

    /// <summary>Whether long steps shorten slow fits. They lead to the same fixed points, but not by the same points and bits in between.</summary>
    public bool Accelerated { get; init; } = true;

    /// <summary>Stop when a round raises the log-likelihood by less than this share of its size.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>Stop after so many rounds, and say so.</summary>
    public int MaxRounds { get; init; } = 5_000;

    /// <summary>No probability falls below this, so that one vote alone can never make a class impossible.</summary>
    public double Floor { get; init; } = 1e-10;
}
