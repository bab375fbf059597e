using System.Text;
using Touchstone.Curation.Deduplication.Records;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Deduplication.Sentences;

/// <summary>
/// Runs of sentences, or of lines, that stand in the corpus before are cut; a document of which too little is left falls. Which is the first one is decided by the document's index in
/// its shard, then by the shard.
/// </summary>
/// <remarks>
/// datatrove 0.10 (pipeline/dedup/sentence_dedup.py), after C4 (Raffel and others, JMLR 21, 2020): windows of simplified sentences joined by one space, xxHash64. The option that puts short
/// cuts back is left out. Sentences are numbered with 32 bits, where that tool stops at 65,535 in a document.
/// </remarks>
public sealed class SentenceDeduplication : CorpusDeduplication
{
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public SentenceDeduplication(SentenceOptions? options = null)
    {
        Options = options ?? new SentenceOptions();
        if (Options.Sentences is < 1 or > 1000) throw new ArgumentException($"Windows of {Options.Sentences} sentences are not between 1 and 1000.");
        // What must be left decides in the second pass alone, so the files do not depend on it.
        Fingerprint = XxHash64.Hash(Encoding.UTF8.GetBytes($"sentences 1|{Options.Sentences}|{Options.Lines}"));
    }

    /// <summary>What is compared and what must be left.</summary>
    public SentenceOptions Options { get; }

    /// <inheritdoc/>
    public override string Id => Options.Lines ? "line_dedup@datatrove-0.10" : "sentence_dedup@datatrove-0.10";

    /// <inheritdoc/>
    public override string Reason => Options.Lines ? "line_duplicates" : "sentence_duplicates";

    internal override ulong Fingerprint { get; }

    /// <inheritdoc/>
    public override Fingerprinter CreateFingerprinter() => new SentenceFingerprinter(Options);

    /// <inheritdoc/>
    public override ShardWriter CreateShardWriter(DeduplicationFolder folder, int shard) => new HashShardWriter<SentenceLayout>(this, default, folder, shard);

    /// <inheritdoc/>
    public override bool IsShardComplete(DeduplicationFolder folder, int shard) => RecordFiles.Find(ShardPlaces.HashPath(folder, shard), SentenceLayout.Bytes, Fingerprint) is not null;

    /// <inheritdoc/>
    public override Task<DeduplicationSummary> FindAsync(DeduplicationFolder folder, int shardCount, CancellationToken cancellationToken = default) =>
        ShardPlaces.FindAsync<SentenceLayout>(this, default, folder, shardCount, Match, cancellationToken);

    /// <inheritdoc/>
    public override ShardDecisions OpenDecisions(DeduplicationFolder folder, int shard) => new SentenceDecisions(this, folder, shard);

    private static DeduplicationSummary Match(RecordMerge<SentenceLayout> merge, ShardPlaces.Found found)
    {
        var (windows, removed, last) = (0L, 0L, 0UL);
        for (; merge.MoveNext(); windows++)
        {
            var hash = SentenceLayout.HashOf(merge.Current);
            if (windows > 0 && hash == last)
            {
                found((uint)merge.File, SentenceLayout.IndexOf(merge.Current), SentenceLayout.SentenceOf(merge.Current));
                removed++;
            }

            last = hash;
        }

        return new DeduplicationSummary(windows, removed, 0, 0, removed);
    }
}
