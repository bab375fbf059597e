using Touchstone.Quality.Matching;

namespace Touchstone.Quality.Consensus;

/// <summary>How <see cref="TaskConsensus"/> decides.</summary>
public sealed record ConsensusOptions
{
    /// <summary>The defaults.</summary>
    public static readonly ConsensusOptions Default = new();

    /// <summary>Least mean similarity by which shapes are taken for one object, in (0, 1].</summary>
    public double MatchThreshold { get; init; } = ObjectClustering.DefaultThreshold;

    /// <summary>An object is part of the answer from this probability of being there on.</summary>
    public double ExistenceThreshold { get; init; } = 0.5;
}
