using System.Buffers.Binary;

namespace Touchstone.Curation.Deduplication.Records;

/// <summary>
/// The last stage that deduplications by one hash share: the sorted files of all shards are merged, what a matcher finds is sorted back to its shards, and each shard gets a file of places:
/// index u32, part u32. A summary is written last.
/// </summary>
internal static class ShardPlaces
{
    public const int PlaceBytes = 8;

    /// <summary>Reports what was found.</summary>
    /// <param name="shard">Shard of the document.</param>
    /// <param name="index">Its index.</param>
    /// <param name="part">Number of the sentence in it; 0 where the whole document is meant.</param>
    public delegate void Found(uint shard, uint index, uint part);

    /// <summary>Finds and writes, unless it is done already with the same files.</summary>
    /// <param name="deduplication">Whose files they are.</param>
    /// <param name="layout">Order of the first pass' files.</param>
    /// <param name="folder">Where they are.</param>
    /// <param name="shardCount">How many there are.</param>
    /// <param name="match">Reads the merged records, reports what falls and counts.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<DeduplicationSummary> FindAsync<TLayout>(CorpusDeduplication deduplication, TLayout layout, DeduplicationFolder folder, int shardCount,
        Func<RecordMerge<TLayout>, Found, DeduplicationSummary> match, CancellationToken cancellationToken)
        where TLayout : struct, IRecordLayout
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shardCount);
        var infos = new RecordFileInfo[shardCount];
        for (var shard = 0; shard < shardCount; shard++) infos[shard] = RecordFiles.Expect(HashPath(folder, shard), layout.RecordBytes, deduplication.Fingerprint);
        var sources = RecordFiles.DigestOf(infos);
        if (SummaryFile.Find(deduplication, folder, sources, [.. Enumerable.Range(0, shardCount).Select(s => (PlacePath(folder, s), PlaceBytes))]) is { } known) return known;

        folder.DeleteLeftovers();
        Directory.CreateDirectory(folder.File("spills"));
        using var found = new RecordSorter<PlaceLayout>(default, folder.File("spills", $"places-{Guid.NewGuid():N}"), folder.MemoryBytes / 2);
        DeduplicationSummary summary;
        using (var merge = new RecordMerge<TLayout>(layout, [.. Enumerable.Range(0, shardCount).Select(s => HashPath(folder, s))], folder.MemoryBytes / 2))
            summary = match(merge, (shard, index, part) => PlaceLayout.Write(found.Next(), shard, index, part));
        cancellationToken.ThrowIfCancellationRequested();
        var documents = await WriteAsync(deduplication, folder, infos, sources, found, cancellationToken);
        if (summary.Clusters == 0) summary = summary with { Duplicates = documents };
        await SummaryFile.WriteAsync(deduplication, folder, sources, summary, cancellationToken);
        folder.Progress?.Invoke("finding duplicates", 1);
        return summary;
    }

    public static string HashPath(DeduplicationFolder folder, int shard) => folder.File("hashes", $"{shard:D5}");

    public static string PlacePath(DeduplicationFolder folder, int shard) => folder.File("places", $"{shard:D5}");

    /// <summary>Reads a shard's file of places: indexes with their parts, and the number of documents.</summary>
    public static (uint[] Indexes, uint[] Parts, uint DocumentCount) Read(CorpusDeduplication deduplication, DeduplicationFolder folder, int shard)
    {
        var path = PlacePath(folder, shard);
        var info = RecordFiles.Expect(path, PlaceBytes, deduplication.Fingerprint);
        var (indexes, parts) = (new uint[info.Records], new uint[info.Records]);
        using var file = new RecordFileReader(path, PlaceBytes, 1 << 20);
        for (var i = 0; file.MoveNext(); i++)
            (indexes[i], parts[i]) = (BinaryPrimitives.ReadUInt32LittleEndian(file.Current), BinaryPrimitives.ReadUInt32LittleEndian(file.Current[4..]));
        return (indexes, parts, (uint)info.Note);
    }

    /// <summary>Reads the sorted places once and begins another file where a shard ends.</summary>
    /// <returns>Number of documents with places.</returns>
    private static async Task<long> WriteAsync(CorpusDeduplication deduplication, DeduplicationFolder folder, RecordFileInfo[] infos, ulong sources, RecordSorter<PlaceLayout> found, CancellationToken cancellationToken)
    {
        using var sorted = found.ToSorted();
        var (more, documents, last) = (sorted.MoveNext(), 0L, ulong.MaxValue);
        for (var shard = 0; shard < infos.Length; shard++)
        {
            var number = (uint)shard;
            await RecordFiles.WriteAsync(PlacePath(folder, shard), PlaceBytes, deduplication.Fingerprint, sources, infos[shard].Note, places =>
            {
                for (; more && PlaceLayout.ShardOf(sorted.Current) == number; more = sorted.MoveNext())
                {
                    sorted.Current[4..].CopyTo(places.Next());
                    var document = default(PlaceLayout).Prefix(sorted.Current);
                    if (document != last) documents++;
                    last = document;
                }
            }, cancellationToken);
        }

        return documents;
    }
}
