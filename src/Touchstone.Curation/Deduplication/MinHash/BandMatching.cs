using System.Buffers.Binary;
using Touchstone.Curation.Deduplication.Records;

namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>
/// Stage 2: the sorted signature files of all shards are merged bucket by bucket, and neighbours with equal buckets are written as pairs: shard, index, shard, index, each u32.
/// Where similarity is verified, each document is paired with the first one of its group too, so that one odd neighbour does not part the others.
/// </summary>
internal static class BandMatching
{
    public const int PairBytes = 16;

    private const long MegaRecords = 1 << 20;

    public static async Task RunAsync(MinHashDeduplication deduplication, DeduplicationFolder folder, int shardCount, CancellationToken cancellationToken)
    {
        var buckets = deduplication.Options.Parameters.Buckets;
        // Twice as many as threads: one waits for the disk while another compares.
        var workers = Math.Clamp(folder.Workers * 2, 1, buckets);
        var done = 0;
        await Parallel.ForAsync(0, buckets, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken }, async (bucket, token) =>
        {
            await MatchAsync(deduplication, folder, bucket, shardCount, folder.MemoryBytes / workers, token);
            folder.Progress?.Invoke("matching buckets", Interlocked.Increment(ref done) / (double)buckets);
        });
    }

    private static async Task MatchAsync(MinHashDeduplication deduplication, DeduplicationFolder folder, int bucket, int shardCount, long memoryBytes, CancellationToken cancellationToken)
    {
        var sources = RecordFiles.DigestOf(deduplication.Signatures(folder, bucket, shardCount));
        var path = MinHashDeduplication.PairPath(folder, bucket);
        if (RecordFiles.Find(path, PairBytes, PairFingerprint(deduplication))?.Sources == sources) return;

        var files = new string[shardCount];
        for (var shard = 0; shard < shardCount; shard++) files[shard] = MinHashDeduplication.SignaturePath(folder, bucket, shard);
        using var merge = new RecordMerge<BandLayout>(deduplication.Layout, files, memoryBytes);
        await RecordFiles.WriteAsync(path, PairBytes, PairFingerprint(deduplication), sources, note: (ulong)merge.Records,
            pairs => Match(deduplication, merge, pairs, cancellationToken), cancellationToken);
    }

    /// <summary>Pairs with the first of a group are written only where they are verified.</summary>
    internal static ulong PairFingerprint(MinHashDeduplication deduplication) => RecordDigest.Add(deduplication.SignatureFingerprint, deduplication.HasShingles ? 2UL : 1UL);

    private static void Match(MinHashDeduplication deduplication, RecordMerge<BandLayout> merge, RecordFileWriter pairs, CancellationToken cancellationToken)
    {
        var layout = deduplication.Layout;
        Span<byte> last = new byte[layout.KeyBytes];
        var (hasLast, lastPrefix, previous, first, sinceCheck) = (false, 0UL, default(Place), default(Place), 0L);
        while (merge.MoveNext())
        {
            var record = merge.Current;
            var place = new Place((uint)merge.File, layout.IndexOf(record));
            if (hasLast && merge.Prefix == lastPrefix && record[..layout.KeyBytes].SequenceEqual(last))
            {
                Write(pairs, previous, place);
                if (deduplication.HasShingles && first != previous) Write(pairs, first, place);
            }
            else
            {
                record[..layout.KeyBytes].CopyTo(last);
                first = place;
            }

            (hasLast, lastPrefix, previous) = (true, merge.Prefix, place);
            if (++sinceCheck % MegaRecords == 0) cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static void Write(RecordFileWriter pairs, Place first, Place second)
    {
        var pair = pairs.Next();
        BinaryPrimitives.WriteUInt32LittleEndian(pair, first.Shard);
        BinaryPrimitives.WriteUInt32LittleEndian(pair[4..], first.Index);
        BinaryPrimitives.WriteUInt32LittleEndian(pair[8..], second.Shard);
        BinaryPrimitives.WriteUInt32LittleEndian(pair[12..], second.Index);
    }

    private readonly record struct Place(uint Shard, uint Index);
}
