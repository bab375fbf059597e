using System.Text;
using Touchstone.Curation.Deduplication.Records;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;
using Touchstone.Text.Hashing;
using Touchstone.Text.Normalisation;

namespace Touchstone.Curation.Deduplication.Content;

/// <summary>Documents with the same content, or the same address: of each group the one with the highest priority stays, of several the first.</summary>
/// <remarks>
/// datatrove 0.10's exact and URL deduplication (pipeline/dedup/exact_dedup.py) with xxHash64, where documents of the same priority stand in the order of shards and not of their
/// indexes in them. Contents are told apart by 64 bits: among a billion documents, the chance that any two different ones are taken for the same is 3 %.
/// </remarks>
public sealed class ContentDeduplication(ContentOptions? options = null) : CorpusDeduplication
{
    /// <summary>What is compared and who stays.</summary>
    public ContentOptions Options { get; } = options ?? ContentOptions.Text;

    /// <inheritdoc/>
    public override string Id => Options.Member is null ? "exact@datatrove-0.10" : $"exact_{Options.Member}@datatrove-0.10";

    /// <inheritdoc/>
    public override string Reason => Options.Member is null ? "exact_duplicate" : $"{Options.Member}_duplicate";

    internal override ulong Fingerprint => XxHash64.Hash(Encoding.UTF8.GetBytes($"content 1|{Options.Member}|{Options.Simplified}|{Options.Priority}"));

    /// <inheritdoc/>
    public override Fingerprinter CreateFingerprinter() => new ContentFingerprinter(Options);

    /// <inheritdoc/>
    public override ShardWriter CreateShardWriter(DeduplicationFolder folder, int shard) => new HashShardWriter<ContentLayout>(this, default, folder, shard);

    /// <inheritdoc/>
    public override bool IsShardComplete(DeduplicationFolder folder, int shard) => RecordFiles.Find(ShardPlaces.HashPath(folder, shard), ContentLayout.Bytes, Fingerprint) is not null;

    /// <inheritdoc/>
    public override Task<DeduplicationSummary> FindAsync(DeduplicationFolder folder, int shardCount, CancellationToken cancellationToken = default) =>
        ShardPlaces.FindAsync<ContentLayout>(this, default, folder, shardCount, Match, cancellationToken);

    /// <inheritdoc/>
    public override ShardDecisions OpenDecisions(DeduplicationFolder folder, int shard) => new ContentDecisions(this, folder, shard);

    private static DeduplicationSummary Match(RecordMerge<ContentLayout> merge, ShardPlaces.Found found)
    {
        var (documents, clusters, removed, last, inCluster) = (0L, 0L, 0L, 0UL, false);
        for (; merge.MoveNext(); documents++)
        {
            var hash = ContentLayout.HashOf(merge.Current);
            if (documents > 0 && hash == last)
            {
                found((uint)merge.File, ContentLayout.IndexOf(merge.Current), 0);
                removed++;
                if (!inCluster) clusters++;
                inCluster = true;
            }
            else
            {
                (last, inCluster) = (hash, false);
            }
        }

        return new DeduplicationSummary(documents, removed, clusters, clusters + removed, removed);
    }

    private sealed class ContentFingerprinter(ContentOptions options) : Fingerprinter
    {
        private readonly TextSimplifier _simplifier = new();
        private byte[] _utf8 = [];

        public override void Measure(uint index, Document document, WorkingText text, FingerprintBatch batch)
        {
            var content = options.Member is null ? text.Text : RecordMembers.Text(document, options.Member);
            if (content is null) return;
            ContentLayout.Write(batch.Extend(ContentLayout.Bytes), Hash(options.Simplified ? _simplifier.Simplify(content) : content), Priority(document), index);
        }

        private ulong Hash(ReadOnlySpan<char> content)
        {
            var most = Encoding.UTF8.GetMaxByteCount(content.Length);
            if (_utf8.Length < most) _utf8 = new byte[most];
            return XxHash64.Hash(_utf8.AsSpan(0, Encoding.UTF8.GetBytes(content, _utf8)));
        }

        private ushort Priority(Document document)
        {
            if (options.Priority is null) return 1;
            var priority = RecordMembers.Number(document, options.Priority);
            return priority is >= 1 and <= ushort.MaxValue && double.IsInteger(priority.Value) ? (ushort)priority.Value
                : throw new InvalidDataException($"{document.Place}: the priority \"{options.Priority}\" of document {document.Id} is {priority?.ToString() ?? "missing"}; a whole number from 1 to 65535 is expected.");
        }
    }

    private sealed class ContentDecisions : ShardDecisions
    {
        private readonly string _reason;
        private readonly uint[] _removed;

        public ContentDecisions(ContentDeduplication deduplication, DeduplicationFolder folder, int shard)
        {
            _reason = deduplication.Reason;
            (_removed, _, DocumentCount) = ShardPlaces.Read(deduplication, folder, shard);
        }

        public override uint DocumentCount { get; }

        public override Verdict Judge(uint index, Document document, WorkingText text) => Array.BinarySearch(_removed, index) >= 0 ? Verdict.Dropped(_reason) : Verdict.Kept;
    }
}
