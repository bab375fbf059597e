using Touchstone.Curation.Deduplication.MinHash;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Pipelines;

/// <summary>Whose MinHash is meant.</summary>
public enum MinHashVariant
{
    /// <summary>datatrove 0.10: xxHash64 of 5 words, 14 buckets of 8 values.</summary>
    Datatrove,

    /// <summary>FineWeb: datatrove's with SHA-1.</summary>
    Fineweb,

    /// <summary>text-dedup: 25 buckets of 10 values of 32 bits.</summary>
    TextDedup,

    /// <summary>NeMo Curator: 24 characters, 20 buckets of 13 values of 32 bits.</summary>
    Nemo,
}

/// <summary>Parameters of the step <c>minhash</c>: a variant, and what differs from it.</summary>
public sealed record MinHashSettings
{
    /// <summary>Whose parameters hold where none is given.</summary>
    public MinHashVariant Variant { get; init; }

    /// <summary>Words or characters in a shingle.</summary>
    public int? Ngram { get; init; }

    /// <summary>Buckets (bands).</summary>
    public int? Buckets { get; init; }

    /// <summary>Values in a bucket (rows).</summary>
    public int? Rows { get; init; }

    /// <summary>Hash of a shingle; of the variant's family, with as many bits as <see cref="Bits"/> says, where none is given.</summary>
    public ShingleHash? Hash { get; init; }

    /// <summary>Bits of a value and of the hash of a shingle, 32 or 64; those of the hash where none are given.</summary>
    public int? Bits { get; init; }

    /// <summary>Seed of the permutations.</summary>
    public uint? Seed { get; init; }

    /// <summary>Which document of a cluster stays; <c>all</c> marks clusters and drops none.</summary>
    public SurvivorRule Keep { get; init; } = SurvivorRule.Longest;

    /// <summary>Name of the number that <c>keep: highest_score</c> compares.</summary>
    public string? Score { get; init; }

    /// <summary>Least true Jaccard similarity of two candidates; none unites all candidates.</summary>
    [ParameterRange(0, 1)]
    public double? JaccardMin { get; init; }

    /// <summary>Writes each document's cluster beside it: <c>minhash_cluster</c>, <c>minhash_cluster_size</c>. Always so with <c>keep: all</c>.</summary>
    public bool RecordClusters { get; init; }

    internal MinHashDeduplication Make()
    {
        var of = Variant switch
        {
            MinHashVariant.Fineweb => MinHashParameters.FineWeb,
            MinHashVariant.TextDedup => MinHashParameters.TextDedup,
            MinHashVariant.Nemo => MinHashParameters.Nemo,
            _ => MinHashParameters.Datatrove,
        };
        var hash = HashOf(of);
        var parameters = of with
        {
            ShingleLength = Ngram ?? of.ShingleLength,
            Buckets = Buckets ?? of.Buckets,
            Rows = Rows ?? of.Rows,
            Hash = hash,
            ValueBits = Bits ?? MinHashParameters.BitsOf(hash),
            Seed = Seed ?? of.Seed,
            Permutations = Buckets is null && Rows is null ? of.Permutations : 0,
        };
        if (parameters == MinHashParameters.Datatrove32 with { Name = of.Name }) parameters = MinHashParameters.Datatrove32;
        else if (parameters != of) parameters = parameters with { Name = "minhash@touchstone-1" };
        return new(new MinHashOptions { Parameters = parameters, Keep = Keep, Score = Score, JaccardMin = JaccardMin, RecordClusters = RecordClusters });
    }

    /// <summary>The hash that is named; else the variant's, or that of its family with the bits that are asked for. <c>sha1</c> with 32 bits is the family's, too.</summary>
    private ShingleHash HashOf(MinHashParameters of)
    {
        if (Bits is not { } bits || Hash is not (null or ShingleHash.Sha1)) return Hash ?? of.Hash;
        var family = Hash ?? of.Hash;
        return MinHashParameters.WithBits(family, bits) ?? family;
    }
}
