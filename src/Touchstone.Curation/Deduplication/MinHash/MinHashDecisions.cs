using System.Buffers.Binary;
using Touchstone.Curation.Deduplication.Records;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>Which documents of a shard are in clusters and which of those fall. Holds 28 bytes for each document in a cluster.</summary>
public sealed class MinHashDecisions : ShardDecisions
{
    private readonly MinHashDeduplication _deduplication;
    private readonly uint[] _indexes;
    private readonly DocumentCluster[] _clusters;

    internal MinHashDecisions(MinHashDeduplication deduplication, DeduplicationFolder folder, int shard)
    {
        _deduplication = deduplication;
        var path = MinHashDeduplication.MemberPath(folder, shard);
        var info = RecordFiles.Expect(path, Clustering.MemberBytes, deduplication.Fingerprint);
        DocumentCount = (uint)info.Note;
        (_indexes, _clusters) = (new uint[info.Records], new DocumentCluster[info.Records]);
        using var file = new RecordFileReader(path, Clustering.MemberBytes, 1 << 20);
        for (var i = 0; file.MoveNext(); i++)
        {
            _indexes[i] = BinaryPrimitives.ReadUInt32LittleEndian(file.Current);
            _clusters[i] = new DocumentCluster((long)BinaryPrimitives.ReadUInt64LittleEndian(file.Current[8..]), (int)BinaryPrimitives.ReadUInt32LittleEndian(file.Current[4..]),
                IsKept: BinaryPrimitives.ReadUInt32LittleEndian(file.Current[16..]) == 0, NameHash: BinaryPrimitives.ReadUInt64LittleEndian(file.Current[20..]));
        }
    }

    /// <inheritdoc/>
    public override uint DocumentCount { get; }

    /// <summary>Indexes of the documents that are in clusters, in order.</summary>
    public IReadOnlyList<uint> ClusteredIndexes => _indexes;

    /// <summary>The cluster of a document.</summary>
    /// <returns>False where the document is like no other.</returns>
    public bool TryGetCluster(uint index, out DocumentCluster cluster)
    {
        var at = Array.BinarySearch(_indexes, index);
        cluster = at < 0 ? default : _clusters[at];
        return at >= 0;
    }

    /// <inheritdoc/>
    public override Verdict Judge(uint index, Document document, WorkingText text)
    {
        if (!TryGetCluster(index, out var cluster)) return Verdict.Kept;
        if (_deduplication.HasNames)
        {
            document.Findings ??= new SortedDictionary<string, object>(StringComparer.Ordinal);
            document.Findings[ClusterName.Finding] = ClusterName.Of(cluster.NameHash);
            document.Findings["minhash_cluster_size"] = cluster.Size;
        }

        return cluster.IsKept ? Verdict.Kept : Verdict.Dropped(_deduplication.Reason);
    }
}

/// <summary>The cluster of near-duplicates that a document is in.</summary>
/// <param name="Number">From 0, in the order of the clusters' first documents.</param>
/// <param name="Size">Documents in it, 2 and more.</param>
/// <param name="IsKept">Whether this document stays.</param>
/// <param name="NameHash">xxHash64 of the id of the cluster's first document; 0 where clusters are not recorded.</param>
public readonly record struct DocumentCluster(long Number, int Size, bool IsKept, ulong NameHash);
