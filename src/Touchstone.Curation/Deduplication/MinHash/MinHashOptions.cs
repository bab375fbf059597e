namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>What a MinHash deduplication compares and whom it keeps.</summary>
public sealed record MinHashOptions
{
    /// <summary>Shingles, hashes and buckets.</summary>
    public MinHashParameters Parameters { get; init; } = MinHashParameters.Datatrove;

    /// <summary>Which document of a cluster stays.</summary>
    public SurvivorRule Keep { get; init; } = SurvivorRule.Longest;

    /// <summary>With <see cref="SurvivorRule.HighestScore"/>: name of the finding, or else of the number in the document's record, that is the score. Documents without one come last.</summary>
    public string? Score { get; init; }

    /// <summary>
    /// Jaccard similarity of their shingles that two candidates must have to be united; null unites all candidates as the published tools do. The shingles' hashes are then kept on disk,
    /// 8 bytes for each different one of a document.
    /// </summary>
    public double? JaccardMin { get; init; }

    /// <summary>
    /// Writes the name of its cluster and the cluster's size into the findings of every document in one: <c>minhash_cluster</c> and <c>minhash_cluster_size</c>. With
    /// <see cref="SurvivorRule.All"/> they are always written.
    /// </summary>
    public bool RecordClusters { get; init; }

    /// <summary>Whether documents are marked with their clusters.</summary>
    internal bool MarksClusters => RecordClusters || Keep == SurvivorRule.All;
}

/// <summary>Which document of a cluster of near-duplicates stays.</summary>
public enum SurvivorRule
{
    /// <summary>The one with the most code points; the first of several.</summary>
    Longest,

    /// <summary>The first one in the order of shards and documents.</summary>
    First,

    /// <summary>The one with the highest score; the first of several.</summary>
    HighestScore,

    /// <summary>The root of the union-find tree, as datatrove 0.10 keeps: it depends on the order of hashes. To compare runs with that tool.</summary>
    UnionRoot,

    /// <summary>All of them: documents are marked with their clusters and none falls.</summary>
    All,
}
