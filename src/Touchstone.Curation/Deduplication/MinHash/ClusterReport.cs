using System.Buffers.Binary;
using Touchstone.Curation.Deduplication.Records;
using Touchstone.Curation.Documents;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>
/// Clusters of near-duplicates to be looked at: the largest ones and some of all sizes, with the beginnings of their texts. Made behind <see cref="MinHashDeduplication.FindAsync"/>;
/// texts come in when the documents pass by (<see cref="TryAdd"/>, safe for several threads). As data, for whatever page shows it.
/// </summary>
public sealed class ClusterReport
{
    private readonly Dictionary<long, ClusterSample> _clusters = [];
    private readonly Dictionary<(int Shard, uint Index), ClusterMember> _members = [];
    private readonly int _textLength;
    private readonly Lock _lock = new();

    private ClusterReport(int textLength) => _textLength = textLength;

    /// <summary>The clusters, the largest first.</summary>
    public IReadOnlyList<ClusterSample> Clusters => [.. _clusters.Values.OrderByDescending(c => c.Size).ThenBy(c => c.Number)];

    /// <summary>How many clusters there are of each size, the smallest first.</summary>
    public IReadOnlyList<ClusterSizeCount> Sizes { get; private set; } = [];

    /// <summary>Chooses the clusters to show. Reads the members of all shards twice and holds what it chose.</summary>
    /// <param name="deduplication">Whose clusters.</param>
    /// <param name="folder">Its files.</param>
    /// <param name="shardCount">Number of shards.</param>
    /// <param name="largest">How many of the largest to show.</param>
    /// <param name="others">How many others to show, drawn by a hash of their numbers.</param>
    /// <param name="membersMax">Members shown of each; the first ones, and the one that stays.</param>
    /// <param name="textLength">UTF-16 units shown of each text.</param>
    public static ClusterReport Choose(MinHashDeduplication deduplication, DeduplicationFolder folder, int shardCount, int largest = 50, int others = 50, int membersMax = 8, int textLength = 2000)
    {
        var report = new ClusterReport(textLength);
        var keepsAll = deduplication.Options.Keep == SurvivorRule.All;
        var (bySize, byHash, sizes) = (new SortedSet<(int Size, long Order)>(), new SortedSet<(ulong Hash, long Number)>(), new SortedDictionary<int, long>());
        ForEachMember(deduplication, folder, shardCount, (_, _, number, size, _) =>
        {
            sizes[size] = sizes.GetValueOrDefault(size) + 1;
            Keep(bySize, (-size, number), largest);
            Keep(byHash, (HashOf(number), number), others + largest);
        });
        foreach (var (_, number) in bySize) report._clusters[number] = new ClusterSample(number);
        foreach (var (_, number) in byHash)
            if (report._clusters.Count < largest + others) report._clusters.TryAdd(number, new ClusterSample(number));
        report.Sizes = [.. sizes.Select(s => new ClusterSizeCount(s.Key, s.Value / s.Key))];
        ForEachMember(deduplication, folder, shardCount, (shard, index, number, size, isKept) =>
        {
            if (!report._clusters.TryGetValue(number, out var cluster)) return;
            cluster.Size = size;
            if (cluster.Members.Count >= membersMax && (!isKept || keepsAll)) return;
            cluster.Members.Add(report._members[(shard, index)] = new ClusterMember(shard, index, isKept));
        });
        return report;
    }

    /// <summary>Takes id and beginning of a document's text, if the document is to be shown.</summary>
    /// <param name="shard">Its shard.</param>
    /// <param name="index">Its index in the shard.</param>
    /// <param name="document">The document as the deduplication saw it.</param>
    public bool TryAdd(int shard, uint index, Document document)
    {
        if (!_members.TryGetValue((shard, index), out var member)) return false;
        var length = Math.Min(_textLength, document.Text.Length);
        if (length < document.Text.Length && length > 0 && char.IsHighSurrogate(document.Text[length - 1])) length--;
        lock (_lock) (member.Id, member.Text, member.IsCut) = (document.Id, document.Text[..length], length < document.Text.Length);
        return true;
    }

    private static void ForEachMember(MinHashDeduplication deduplication, DeduplicationFolder folder, int shardCount, Action<int, uint, long, int, bool> take)
    {
        for (var shard = 0; shard < shardCount; shard++)
        {
            var path = MinHashDeduplication.MemberPath(folder, shard);
            RecordFiles.Expect(path, Clustering.MemberBytes, deduplication.Fingerprint);
            using var file = new RecordFileReader(path, Clustering.MemberBytes, 1 << 20);
            while (file.MoveNext())
            {
                var member = file.Current;
                take(shard, BinaryPrimitives.ReadUInt32LittleEndian(member), (long)BinaryPrimitives.ReadUInt64LittleEndian(member[8..]), (int)BinaryPrimitives.ReadUInt32LittleEndian(member[4..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(member[16..]) == 0);
            }
        }
    }

    private static void Keep<T>(SortedSet<T> set, T value, int most)
    {
        if (most == 0 || (set.Count == most && Comparer<T>.Default.Compare(value, set.Max!) >= 0)) return;
        if (set.Add(value) && set.Count > most) set.Remove(set.Max!);
    }

    private static ulong HashOf(long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return XxHash64.Hash(bytes);
    }
}

/// <summary>A cluster to be looked at.</summary>
/// <param name="number">Its number among all clusters.</param>
public sealed class ClusterSample(long number)
{
    /// <summary>Its number among all clusters, in the order of their first documents.</summary>
    public long Number { get; } = number;

    /// <summary>Documents in it.</summary>
    public int Size { get; internal set; }

    /// <summary>The members that are shown, in the order of shards and indexes.</summary>
    public List<ClusterMember> Members { get; } = [];
}

/// <summary>A document of a cluster.</summary>
/// <param name="shard">Its shard.</param>
/// <param name="index">Its index in the shard.</param>
/// <param name="isKept">Whether it is the one that stays.</param>
public sealed class ClusterMember(int shard, uint index, bool isKept)
{
    /// <summary>Its shard.</summary>
    public int Shard { get; } = shard;

    /// <summary>Its index in the shard.</summary>
    public uint Index { get; } = index;

    /// <summary>Whether it is the one that stays.</summary>
    public bool IsKept { get; } = isKept;

    /// <summary>Its id; null until the document passed by.</summary>
    public string? Id { get; internal set; }

    /// <summary>The beginning of its text; null until the document passed by.</summary>
    public string? Text { get; internal set; }

    /// <summary>Whether the text goes on.</summary>
    public bool IsCut { get; internal set; }
}

/// <summary>How many clusters have a size.</summary>
/// <param name="Size">Documents in a cluster.</param>
/// <param name="Clusters">Number of clusters.</param>
public readonly record struct ClusterSizeCount(int Size, long Clusters);
