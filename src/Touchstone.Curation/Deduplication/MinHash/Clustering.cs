using System.Buffers.Binary;
using Touchstone.Curation.Deduplication.Records;

namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>
/// Stage 3: pairs are united, bucket after bucket in their order, and for each shard the members of clusters are written: index u32, size u32, cluster u64, removed u32, name u64.
/// Clusters are numbered from 0 in the order of their first documents and named after these. Takes 12 bytes a document, 8 more where ranks decide who stays and where clusters are named, in memory or in mapped files.
/// </summary>
internal sealed class Clustering : IDisposable
{
    public const int MemberBytes = 28;

    private readonly MinHashDeduplication _deduplication;
    private readonly DeduplicationFolder _folder;
    private readonly int _shardCount;
    private readonly int[] _firstNumbers;
    private readonly IntArray _cells, _kept, _clusters;
    private readonly IntArray? _ranks, _names;
    private readonly UnionFind _sets;

    private Clustering(MinHashDeduplication deduplication, DeduplicationFolder folder, RecordFileInfo[] signatures)
    {
        (_deduplication, _folder, _shardCount) = (deduplication, folder, signatures.Length);
        _firstNumbers = new int[_shardCount + 1];
        var documents = 0L;
        for (var shard = 0; shard < _shardCount; shard++)
        {
            documents += (long)signatures[shard].Note;
            if (documents >= int.MaxValue) throw new RecordFileException($"The shards 0 to {shard} have {documents:N0} documents; {int.MaxValue - 1:N0} can be clustered at once. Deduplicate parts of the corpus, such as crawls, one by one.");
            _firstNumbers[shard + 1] = (int)documents;
        }

        var spills = folder.File("spills");
        Directory.CreateDirectory(spills);
        var arrays = 3 + (deduplication.HasRanks ? 2 : 0) + (deduplication.HasNames ? 2 : 0);
        IntArray Cells(string name, int length) => new(length, folder.MemoryBytes / arrays, Path.Combine(spills, $"{name}-{Guid.NewGuid():N}.tmp"));
        (_cells, _kept, _clusters) = (Cells("sets", (int)documents), Cells("kept", (int)documents), Cells("clusters", (int)documents));
        if (deduplication.HasRanks) _ranks = Cells("ranks", checked((int)documents * 2));
        if (deduplication.HasNames) _names = Cells("names", checked((int)documents * 2));
        _sets = new UnionFind(_cells);
    }

    public static async Task<DeduplicationSummary> RunAsync(MinHashDeduplication deduplication, DeduplicationFolder folder, int shardCount, CancellationToken cancellationToken)
    {
        var pairs = new RecordFileInfo[deduplication.Options.Parameters.Buckets];
        for (var bucket = 0; bucket < pairs.Length; bucket++)
            pairs[bucket] = RecordFiles.Expect(MinHashDeduplication.PairPath(folder, bucket), BandMatching.PairBytes, BandMatching.PairFingerprint(deduplication));
        var sources = RecordDigest.Add(RecordFiles.DigestOf(pairs), RanksDigest(deduplication, folder, shardCount));
        if (deduplication.HasNames) sources = RecordDigest.Add(sources, NamesDigest(folder, shardCount));
        var members = Enumerable.Range(0, shardCount).Select(s => (MinHashDeduplication.MemberPath(folder, s), MemberBytes));
        if (SummaryFile.Find(deduplication, folder, sources, members) is { } known) return known;

        using var clustering = new Clustering(deduplication, folder, deduplication.Signatures(folder, 0, shardCount));
        clustering.UniteAll(pairs, cancellationToken);
        clustering.ChooseSurvivors();
        var summary = await clustering.WriteMembersAsync(sources, cancellationToken);
        summary = summary with { Documents = (long)pairs[0].Note, Pairs = pairs.Sum(p => p.Records) };
        await SummaryFile.WriteAsync(deduplication, folder, sources, summary, cancellationToken);
        return summary;
    }

    private static ulong RanksDigest(MinHashDeduplication deduplication, DeduplicationFolder folder, int shardCount)
    {
        if (!deduplication.HasRanks) return 0;
        var files = new RecordFileInfo[shardCount];
        for (var shard = 0; shard < shardCount; shard++) files[shard] = RecordFiles.Expect(MinHashDeduplication.RankPath(folder, shard), sizeof(double), deduplication.RankFingerprint);
        return RecordFiles.DigestOf(files);
    }

    private static ulong NamesDigest(DeduplicationFolder folder, int shardCount)
    {
        var files = new RecordFileInfo[shardCount];
        for (var shard = 0; shard < shardCount; shard++) files[shard] = RecordFiles.Expect(MinHashDeduplication.NamePath(folder, shard), sizeof(ulong), MinHashDeduplication.NameFingerprint);
        return RecordFiles.DigestOf(files);
    }

    private void UniteAll(RecordFileInfo[] pairs, CancellationToken cancellationToken)
    {
        using var verifier = _deduplication.HasShingles ? new ShingleStore.Reader(_deduplication, _folder, _shardCount) : null;
        for (var bucket = 0; bucket < pairs.Length; bucket++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var file = new RecordFileReader(MinHashDeduplication.PairPath(_folder, bucket), BandMatching.PairBytes, 4 << 20);
            while (file.MoveNext()) Unite(file.Current, verifier);
            _folder.Progress?.Invoke("uniting pairs", (bucket + 1) / (double)pairs.Length);
        }
    }

    private void Unite(ReadOnlySpan<byte> pair, ShingleStore.Reader? verifier)
    {
        var (firstShard, firstIndex) = ((int)BinaryPrimitives.ReadUInt32LittleEndian(pair), BinaryPrimitives.ReadUInt32LittleEndian(pair[4..]));
        var (secondShard, secondIndex) = ((int)BinaryPrimitives.ReadUInt32LittleEndian(pair[8..]), BinaryPrimitives.ReadUInt32LittleEndian(pair[12..]));
        var (first, second) = (Number(firstShard, firstIndex), Number(secondShard, secondIndex));
        if (verifier is not null)
        {
            if (_sets.Find(first) == _sets.Find(second)) return;
            if (verifier.Jaccard(firstShard, firstIndex, secondShard, secondIndex) < _deduplication.Options.JaccardMin) return;
        }

        _sets.Unite(first, second);
    }

    private int Number(int shard, uint index)
    {
        if (shard >= _shardCount || index >= (uint)(_firstNumbers[shard + 1] - _firstNumbers[shard]))
            throw new RecordFileException($"A pair names document {index} of shard {shard}, which does not exist: the files in {_folder.Path} are of different runs. Delete the folder and run again.");
        return _firstNumbers[shard] + (int)index;
    }

    /// <summary>Notes for the root of each cluster who stays, as a number plus 1.</summary>
    private void ChooseSurvivors()
    {
        for (var shard = 0; shard < _shardCount; shard++)
        {
            using var ranks = _ranks is null ? null : new RecordFileReader(MinHashDeduplication.RankPath(_folder, shard), sizeof(double), 1 << 20);
            for (var number = _firstNumbers[shard]; number < _firstNumbers[shard + 1]; number++)
            {
                var rank = ranks is not null && ranks.MoveNext() ? BinaryPrimitives.ReadDoubleLittleEndian(ranks.Current) : 0;
                if (_sets.IsUnited(number)) Offer(_sets.Find(number), number, rank);
            }
        }
    }

    private void Offer(int root, int number, double rank)
    {
        if (_kept[root] == 0)
        {
            _kept[root] = _deduplication.Options.Keep == SurvivorRule.UnionRoot ? root + 1 : number + 1;
            SetRank(root, rank);
        }
        else if (_ranks is not null && rank > RankOf(root))
        {
            _kept[root] = number + 1;
            SetRank(root, rank);
        }
    }

    private void SetRank(int root, double rank)
    {
        if (_ranks is null) return;
        var bits = BitConverter.DoubleToInt64Bits(rank);
        (_ranks[root * 2], _ranks[root * 2 + 1]) = ((int)bits, (int)(bits >> 32));
    }

    private double RankOf(int root) => BitConverter.Int64BitsToDouble((uint)_ranks![root * 2] | ((long)_ranks[root * 2 + 1] << 32));

    private void SetName(int root, ulong name)
    {
        if (_names is null) return;
        (_names[root * 2], _names[root * 2 + 1]) = ((int)name, (int)(name >> 32));
    }

    private ulong NameOf(int root) => _names is null ? 0 : (uint)_names[root * 2] | ((ulong)(uint)_names[root * 2 + 1] << 32);

    private async Task<DeduplicationSummary> WriteMembersAsync(ulong sources, CancellationToken cancellationToken)
    {
        var summary = new DeduplicationSummary(0, 0, 0, 0, 0);
        for (var shard = 0; shard < _shardCount; shard++)
        {
            var (from, to) = (_firstNumbers[shard], _firstNumbers[shard + 1]);
            using var names = _names is null ? null : new RecordFileReader(MinHashDeduplication.NamePath(_folder, shard), sizeof(ulong), 1 << 20);
            await RecordFiles.WriteAsync(MinHashDeduplication.MemberPath(_folder, shard), MemberBytes, _deduplication.Fingerprint, sources, note: (ulong)(to - from),
                members => summary = WriteMembers(members, names, from, to, summary), cancellationToken);
            _folder.Progress?.Invoke("writing clusters", (shard + 1) / (double)_shardCount);
        }

        return summary;
    }

    private DeduplicationSummary WriteMembers(RecordFileWriter members, RecordFileReader? names, int from, int to, DeduplicationSummary summary)
    {
        var (clusters, duplicates, removed) = (summary.Clusters, summary.Duplicates, summary.Removed);
        var keepsAll = _deduplication.Options.Keep == SurvivorRule.All;
        for (var number = from; number < to; number++)
        {
            var name = names is not null && names.MoveNext() ? BinaryPrimitives.ReadUInt64LittleEndian(names.Current) : 0;
            if (!_sets.IsUnited(number)) continue;
            var root = _sets.Find(number);
            if (_clusters[root] == 0)
            {
                _clusters[root] = (int)++clusters;
                SetName(root, name);
            }

            var falls = !keepsAll && _kept[root] != number + 1;
            var member = members.Next();
            BinaryPrimitives.WriteUInt32LittleEndian(member, (uint)(number - from));
            BinaryPrimitives.WriteUInt32LittleEndian(member[4..], (uint)_sets.SizeOf(root));
            BinaryPrimitives.WriteUInt64LittleEndian(member[8..], (ulong)(_clusters[root] - 1));
            BinaryPrimitives.WriteUInt32LittleEndian(member[16..], falls ? 1u : 0);
            BinaryPrimitives.WriteUInt64LittleEndian(member[20..], NameOf(root));
            duplicates++;
            if (falls) removed++;
        }

        return summary with { Clusters = clusters, Duplicates = duplicates, Removed = removed };
    }

    public void Dispose()
    {
        _cells.Dispose();
        _kept.Dispose();
        _clusters.Dispose();
        _ranks?.Dispose();
        _names?.Dispose();
    }
}
