using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Touchstone.Curation.Deduplication.Records;

namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>
/// The different shingle hashes of each document, to verify candidates: <c>shingles/SSSSS.hashes</c> holds them sorted, document after document as they came, <c>shingles/SSSSS.places</c> for each
/// document where its first one is (u64) and how many there are (u32).
/// </summary>
internal static class ShingleStore
{
    private const int PlaceBytes = 12;

    public static bool IsComplete(MinHashDeduplication deduplication, DeduplicationFolder folder, int shard) =>
        RecordFiles.Find(HashPath(folder, shard), sizeof(ulong), deduplication.SignatureFingerprint) is not null
        && RecordFiles.Find(PlacePath(folder, shard), PlaceBytes, deduplication.SignatureFingerprint) is not null;

    private static string HashPath(DeduplicationFolder folder, int shard) => folder.File("shingles", $"{shard:D5}.hashes");

    private static string PlacePath(DeduplicationFolder folder, int shard) => folder.File("shingles", $"{shard:D5}.places");

    /// <summary>Writes the two files of a shard.</summary>
    internal sealed class Writer : IAsyncDisposable
    {
        private readonly MinHashDeduplication _deduplication;
        private readonly DeduplicationFolder _folder;
        private readonly int _shard;
        private readonly List<(long First, int Count)> _places = [];
        private readonly TaskCompletionSource<RecordFileWriter> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Task _writing;
        private readonly RecordFileWriter _hashes;

        public Writer(MinHashDeduplication deduplication, DeduplicationFolder folder, int shard)
        {
            (_deduplication, _folder, _shard) = (deduplication, folder, shard);
            // The file stays open beside its place while documents come in, and lands when they are complete.
            _writing = Touchstone.Files.Storage.DurableFile.WriteAsync(HashPath(folder, shard), async stream =>
            {
                var file = new RecordFileWriter(stream, sizeof(ulong), deduplication.SignatureFingerprint);
                _opened.SetResult(file);
                await _complete.Task;
                file.Complete();
            });
            if (_writing.IsFaulted) _writing.GetAwaiter().GetResult();
            _hashes = _opened.Task.GetAwaiter().GetResult();
        }

        public void Add(uint index, ReadOnlySpan<ulong> hashes)
        {
            if (index >= _places.Count) CollectionsMarshal.SetCount(_places, checked((int)index + 1));
            _places[(int)index] = (_hashes.Records, hashes.Length);
            foreach (var hash in hashes) BinaryPrimitives.WriteUInt64LittleEndian(_hashes.Next(), hash);
        }

        public async Task CompleteAsync(uint documentCount, CancellationToken cancellationToken)
        {
            _complete.SetResult();
            await _writing;
            await RecordFiles.WriteAsync(PlacePath(_folder, _shard), PlaceBytes, _deduplication.SignatureFingerprint, sources: 0, note: documentCount, file =>
            {
                for (var i = 0u; i < documentCount; i++)
                {
                    var place = file.Next();
                    var (first, count) = i < _places.Count ? _places[(int)i] : default;
                    BinaryPrimitives.WriteInt64LittleEndian(place, first);
                    BinaryPrimitives.WriteInt32LittleEndian(place[8..], count);
                }
            }, cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            if (!_complete.TrySetCanceled()) return;
            try
            {
                await _writing;
            }
            catch (OperationCanceledException)
            {
                // Given up: the file beside its place is gone.
            }
        }
    }

    /// <summary>Compares documents of all shards. Not safe for several threads.</summary>
    internal sealed class Reader(MinHashDeduplication deduplication, DeduplicationFolder folder, int shardCount) : IDisposable
    {
        private readonly RecordFileRandomReader?[] _hashes = new RecordFileRandomReader?[shardCount], _places = new RecordFileRandomReader?[shardCount];
        private ulong[] _first = [], _second = [];

        /// <summary>The Jaccard similarity of two documents' shingles, exactly.</summary>
        public double Jaccard(int firstShard, uint firstIndex, int secondShard, uint secondIndex)
        {
            var first = Read(firstShard, firstIndex, ref _first);
            var second = Read(secondShard, secondIndex, ref _second);
            var (i, j, common) = (0, 0, 0);
            while (i < first.Length && j < second.Length)
            {
                var (a, b) = (first[i], second[j]);
                if (a == b) common++;
                if (a <= b) i++;
                if (b <= a) j++;
            }

            var all = first.Length + second.Length - common;
            return all == 0 ? 0 : common / (double)all;
        }

        private ReadOnlySpan<ulong> Read(int shard, uint index, ref ulong[] buffer)
        {
            var places = _places[shard] ??= new RecordFileRandomReader(PlacePath(folder, shard), PlaceBytes, deduplication.SignatureFingerprint);
            var hashes = _hashes[shard] ??= new RecordFileRandomReader(HashPath(folder, shard), sizeof(ulong), deduplication.SignatureFingerprint);
            Span<byte> place = stackalloc byte[PlaceBytes];
            places.Read(index, place);
            var count = BinaryPrimitives.ReadInt32LittleEndian(place[8..]);
            if (buffer.Length < count) buffer = new ulong[Math.Max(count, buffer.Length * 2)];
            hashes.Read(BinaryPrimitives.ReadInt64LittleEndian(place), MemoryMarshal.AsBytes(buffer.AsSpan(0, count)));
            return buffer.AsSpan(0, count);
        }

        public void Dispose()
        {
            foreach (var file in _hashes) file?.Dispose();
            foreach (var file in _places) file?.Dispose();
        }
    }
}
