using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.LabelErrors;

/// <summary>What CROWDLAB believes of items and contributors.</summary>
public sealed record CrowdLabResult
{
    /// <summary>Consensus label of each item: the most probable class, the majority's where several are.</summary>
    public required int[] Consensus { get; init; }

    /// <summary>Probability that the consensus label of each item is right, in [0, 1]: its posterior.</summary>
    public required double[] Quality { get; init; }

    /// <summary>Share of each item's votes that agree with its consensus; NaN for an item without votes.</summary>
    public required double[] Agreement { get; init; }

    /// <summary>Posterior of each class: item i, class k at i * K + k; each row sums to 1.</summary>
    public required double[] Posterior { get; init; }

    /// <summary>Weight of the model beside the contributors.</summary>
    public required double ModelWeight { get; init; }

    /// <summary>Weight of each contributor.</summary>
    public required double[] ContributorWeights { get; init; }

    /// <summary>Each contributor's figures.</summary>
    public required CrowdLabContributor[] Contributors { get; init; }

    /// <summary>Number of classes K.</summary>
    public required int LabelCount { get; init; }

    /// <summary>What a reader should know.</summary>
    public required IReadOnlyList<TruthWarning> Warnings { get; init; }
}

/// <summary>What CROWDLAB believes of one contributor.</summary>
/// <param name="Quality">Mean of the posterior of the contributor's labels and of the agreement with the consensus, the first weighted by the model's part; NaN without a vote.</param>
/// <param name="Agreement">Share of the contributor's labels that agree with the consensus; NaN without a vote.</param>
/// <param name="WorstLabel">The given label that agrees least with the consensus; of several the one given most often, then the one on items of better consensus, then the first. -1 without a vote.</param>
/// <param name="Votes">Items labelled.</param>
public readonly record struct CrowdLabContributor(double Quality, double Agreement, int WorstLabel, int Votes);
