using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Touchstone.Curation.Deduplication.Records;

namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>Sorts a shard's signatures, each bucket by itself, and keeps ranks, names and shingles beside them where they are asked for.</summary>
internal sealed class MinHashShardWriter : ShardWriter
{
    private readonly MinHashDeduplication _deduplication;
    private readonly DeduplicationFolder _folder;
    private readonly int _shard;
    private readonly RecordSorter<BandLayout>[] _buckets;
    private readonly ShingleStore.Writer? _shingles;
    private readonly List<double> _ranks = [];
    private readonly List<ulong> _names = [];
    private readonly Lock _lock = new();

    public MinHashShardWriter(MinHashDeduplication deduplication, DeduplicationFolder folder, int shard)
    {
        (_deduplication, _folder, _shard) = (deduplication, folder, shard);
        var spills = folder.File("spills");
        Directory.CreateDirectory(spills);
        var buckets = deduplication.Options.Parameters.Buckets;
        var attempt = Guid.NewGuid().ToString("N");
        _buckets = new RecordSorter<BandLayout>[buckets];
        for (var bucket = 0; bucket < buckets; bucket++)
            _buckets[bucket] = new RecordSorter<BandLayout>(deduplication.Layout, Path.Combine(spills, $"{shard:D5}-{attempt}-{bucket:D3}"), folder.MemoryBytes / buckets);
        if (deduplication.HasShingles) _shingles = new ShingleStore.Writer(deduplication, folder, shard);
    }

    public override void Add(FingerprintBatch batch)
    {
        lock (_lock)
        {
            for (var rest = batch.Bytes; !rest.IsEmpty;) rest = rest[AddDocument(rest)..];
        }
    }

    private int AddDocument(ReadOnlySpan<byte> bytes)
    {
        var parameters = _deduplication.Options.Parameters;
        var index = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var shingles = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        var values = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(MinHashFingerprinter.HeadBytes, parameters.Values * sizeof(ulong)));
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
            _deduplication.Layout.Write(_buckets[bucket].Next(), values.Slice(bucket * parameters.Rows, parameters.Rows), index);
        if (_deduplication.HasRanks) Set(_ranks, index, BinaryPrimitives.ReadDoubleLittleEndian(bytes[8..]));
        if (_deduplication.HasNames) Set(_names, index, BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]));
        var shingleBytes = bytes.Slice(MinHashFingerprinter.HeadBytes + parameters.Values * sizeof(ulong), shingles * sizeof(ulong));
        _shingles?.Add(index, MemoryMarshal.Cast<byte, ulong>(shingleBytes));
        return MinHashFingerprinter.HeadBytes + (parameters.Values + shingles) * sizeof(ulong);
    }

    private static void Set<T>(List<T> list, uint index, T value)
    {
        if (index >= list.Count) CollectionsMarshal.SetCount(list, checked((int)index + 1));
        list[(int)index] = value;
    }

    public override async Task CompleteAsync(uint documentCount, CancellationToken cancellationToken = default)
    {
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
        {
            var sorter = _buckets[bucket];
            await RecordFiles.WriteAsync(MinHashDeduplication.SignaturePath(_folder, bucket, _shard), _deduplication.Layout.RecordBytes, _deduplication.SignatureFingerprint,
                sources: 0, note: documentCount, sorter.WriteTo, cancellationToken);
        }

        if (_deduplication.HasRanks) await WriteRanksAsync(documentCount, cancellationToken);
        if (_deduplication.HasNames) await WriteNamesAsync(documentCount, cancellationToken);
        if (_shingles is not null) await _shingles.CompleteAsync(documentCount, cancellationToken);
    }

    private Task WriteRanksAsync(uint documentCount, CancellationToken cancellationToken) =>
        RecordFiles.WriteAsync(MinHashDeduplication.RankPath(_folder, _shard), sizeof(double), _deduplication.RankFingerprint, sources: 0, note: documentCount, file =>
        {
            for (var i = 0u; i < documentCount; i++) BinaryPrimitives.WriteDoubleLittleEndian(file.Next(), i < _ranks.Count ? _ranks[(int)i] : 0);
        }, cancellationToken);

    private Task WriteNamesAsync(uint documentCount, CancellationToken cancellationToken) =>
        RecordFiles.WriteAsync(MinHashDeduplication.NamePath(_folder, _shard), sizeof(ulong), MinHashDeduplication.NameFingerprint, sources: 0, note: documentCount, file =>
        {
            for (var i = 0u; i < documentCount; i++) BinaryPrimitives.WriteUInt64LittleEndian(file.Next(), i < _names.Count ? _names[(int)i] : 0);
        }, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        // A thread that still adds finishes first and then meets a closed writer.
        lock (_lock)
        {
            foreach (var bucket in _buckets) bucket.Dispose();
        }

        if (_shingles is not null) await _shingles.DisposeAsync();
    }
}
