namespace Touchstone.Quality.Categorical;

/// <summary>How <see cref="SampledDawidSkene"/> draws.</summary>
public sealed record SampledDawidSkeneOptions
{
    /// <summary>The defaults; what adaptive overlap decides by.</summary>
    public static readonly SampledDawidSkeneOptions Default = new();

    /// <summary>Votes that the crowd's row of confusions is worth beside a contributor's own; above 0. Few, so that somebody who errs one way only is soon known for it.</summary>
    public double Shrinkage { get; init; } = 2;

    /// <summary>Times that every item's class is drawn anew, those of <see cref="BurnIn"/> among them.</summary>
    public int Sweeps { get; init; } = 80;

    /// <summary>First sweeps that are not counted, while the draws leave the place they began at; below <see cref="Sweeps"/>.</summary>
    public int BurnIn { get; init; } = 20;

    /// <summary>Seed of the draws.</summary>
    public long Seed { get; init; } = 1;
}
