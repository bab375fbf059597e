namespace Touchstone.Quality.Categorical;

/// <summary>How <see cref="SampledDawidSkene"/> draws.</summary>
public sealed record SampledDawidSkeneOptions
{
    /// <summary>The defaults; what adaptive overlap decides by.</summary>
    public static readonly SampledDawidSkeneOptions Default = new();

    /// <summary>
    /// Votes that a row of confusions may be worth beside a contributor's own, each above 0 and at least one. Which of them holds for whom is drawn with the rest: few votes for somebody who errs one
    /// way only, many for somebody who errs as the crowd does, of whom single rows then need no votes of their own.
    /// </summary>
    public IReadOnlyList<double> Strengths { get; init; } = [2, 8, 32, 128];

    /// <summary>Factors by which a contributor's odds of each error may differ from the crowd's, each above 0 and at least one; drawn as <see cref="Strengths"/> are.</summary>
    public IReadOnlyList<double> ErrorOdds { get; init; } = [0.5, 1, 2];

    /// <summary>Times that every item's class is drawn anew, those of <see cref="BurnIn"/> among them.</summary>
    public int Sweeps { get; init; } = 80;

    /// <summary>First sweeps that are not counted, while the draws leave the place they began at; below <see cref="Sweeps"/>.</summary>
    public int BurnIn { get; init; } = 20;

    /// <summary>Seed of the draws.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// The fit that the draws begin at and whose crowd's confusions they lie around. By default the crowd's rows are worth the least of <see cref="Strengths"/> there, so that nobody's own way of erring is
    /// smoothed away beforehand.
    /// </summary>
    public DawidSkeneOptions Start { get; init; } = DawidSkeneOptions.Default with { Shrinkage = 2, Tolerance = 1e-6 };

    internal void Check()
    {
        CheckFactors(Strengths, nameof(Strengths));
        CheckFactors(ErrorOdds, nameof(ErrorOdds));
        ArgumentOutOfRangeException.ThrowIfNegative(BurnIn);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Sweeps, BurnIn);
    }

    private static void CheckFactors(IReadOnlyList<double> values, string name)
    {
        if (values.Count == 0 || values.Any(v => !(v > 0) || double.IsInfinity(v)))
            throw new ArgumentOutOfRangeException(name, string.Join(", ", values), "At least one is needed, and each lies above 0.");
    }
}
