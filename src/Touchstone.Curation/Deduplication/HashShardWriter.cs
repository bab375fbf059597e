using Touchstone.Curation.Deduplication.Records;

namespace Touchstone.Curation.Deduplication;

/// <summary>The first pass' file of a deduplication whose batches are records as they are written: it sorts them.</summary>
internal sealed class HashShardWriter<TLayout> : ShardWriter
    where TLayout : struct, IRecordLayout
{
    private readonly CorpusDeduplication _deduplication;
    private readonly string _path;
    private readonly int _recordBytes;
    private readonly RecordSorter<TLayout> _sorter;
    private readonly Lock _lock = new();

    public HashShardWriter(CorpusDeduplication deduplication, TLayout layout, DeduplicationFolder folder, int shard)
    {
        (_deduplication, _path, _recordBytes) = (deduplication, ShardPlaces.HashPath(folder, shard), layout.RecordBytes);
        Directory.CreateDirectory(folder.File("spills"));
        _sorter = new RecordSorter<TLayout>(layout, folder.File("spills", $"{shard:D5}-{Guid.NewGuid():N}"), folder.MemoryBytes);
    }

    public override void Add(FingerprintBatch batch)
    {
        lock (_lock)
        {
            for (var rest = batch.Bytes; !rest.IsEmpty; rest = rest[_recordBytes..]) rest[.._recordBytes].CopyTo(_sorter.Next());
        }
    }

    public override Task CompleteAsync(uint documentCount, CancellationToken cancellationToken = default) =>
        RecordFiles.WriteAsync(_path, _recordBytes, _deduplication.Fingerprint, sources: 0, note: documentCount, _sorter.WriteTo, cancellationToken);

    public override ValueTask DisposeAsync()
    {
        // A thread that still adds finishes first and then meets a closed writer.
        lock (_lock) _sorter.Dispose();
        return ValueTask.CompletedTask;
    }
}
