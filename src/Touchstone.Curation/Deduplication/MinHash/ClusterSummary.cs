using System.Buffers.Binary;
using Touchstone.Curation.Deduplication.Records;

namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>The counts of a finished clustering: the file that is written last, so that what it says of the others holds.</summary>
internal static class ClusterSummary
{
    private const int RecordBytes = 40;

    /// <summary>The counts, where clustering was done with the same files and all shards' members are there.</summary>
    public static DeduplicationSummary? Find(MinHashDeduplication deduplication, DeduplicationFolder folder, int shardCount, ulong sources)
    {
        var path = MinHashDeduplication.SummaryPath(folder);
        if (RecordFiles.Find(path, RecordBytes, deduplication.Fingerprint)?.Sources != sources) return null;
        for (var shard = 0; shard < shardCount; shard++)
            if (RecordFiles.Find(MinHashDeduplication.MemberPath(folder, shard), Clustering.MemberBytes, deduplication.Fingerprint)?.Sources != sources) return null;
        using var file = new RecordFileReader(path, RecordBytes, 0);
        return file.MoveNext() ? Read(file.Current) : null;
    }

    public static Task WriteAsync(MinHashDeduplication deduplication, DeduplicationFolder folder, ulong sources, DeduplicationSummary summary, CancellationToken cancellationToken) =>
        RecordFiles.WriteAsync(MinHashDeduplication.SummaryPath(folder), RecordBytes, deduplication.Fingerprint, sources, note: 0, file => Write(file.Next(), summary), cancellationToken);

    private static void Write(Span<byte> record, DeduplicationSummary summary)
    {
        BinaryPrimitives.WriteInt64LittleEndian(record, summary.Documents);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], summary.Pairs);
        BinaryPrimitives.WriteInt64LittleEndian(record[16..], summary.Clusters);
        BinaryPrimitives.WriteInt64LittleEndian(record[24..], summary.Duplicates);
        BinaryPrimitives.WriteInt64LittleEndian(record[32..], summary.Removed);
    }

    private static DeduplicationSummary Read(ReadOnlySpan<byte> record) => new(
        BinaryPrimitives.ReadInt64LittleEndian(record), BinaryPrimitives.ReadInt64LittleEndian(record[8..]), BinaryPrimitives.ReadInt64LittleEndian(record[16..]),
        BinaryPrimitives.ReadInt64LittleEndian(record[24..]), BinaryPrimitives.ReadInt64LittleEndian(record[32..]));
}
