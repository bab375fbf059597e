using Touchstone.Quality.Categorical;
using Touchstone.Quality.Matching;

namespace Touchstone.Quality.Reliabilities;

/// <summary>How <see cref="ReliabilityFit"/> works.</summary>
public sealed record ReliabilityOptions
{
    /// <summary>The defaults.</summary>
    public static readonly ReliabilityOptions Default = new();

    /// <summary>Least mean similarity by which shapes are taken for one object.</summary>
    public double MatchThreshold { get; init; } = ObjectClustering.DefaultThreshold;

    /// <summary>Objects by which a contributor's rates are pulled towards the crowd's.</summary>
    public double Shrinkage { get; init; } = 8;

    /// <summary>Objects by which the crowd's rates are pulled towards <see cref="MarkingReliability.Prior"/>.</summary>
    public double CrowdShrinkage { get; init; } = 20;

    /// <summary>Stop when no rate moves by more.</summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>Stop after so many rounds, and say so.</summary>
    public int MaxRounds { get; init; } = 5_000;

    /// <summary>How choices and classes are fitted.</summary>
    public SampledDawidSkeneOptions Choices { get; init; } = SampledDawidSkeneOptions.Default with { Start = SampledDawidSkeneOptions.Default.Start with { Accelerated = false } };
}
