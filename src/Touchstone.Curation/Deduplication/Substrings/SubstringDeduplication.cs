using System.Text;
using Touchstone.Curation.Deduplication.Records;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Deduplication.Substrings;

/// <summary>
/// Exact substrings: every range of at least so many bytes that stands in the corpus more than once, anywhere within documents, is cut, or all but its first occurrence is.
/// </summary>
/// <remarks>
/// After K. Lee and others, Deduplicating Training Data Makes Language Models Better, ACL 2022 (deduplicate-text-datasets), with another way to the same ranges: in place of a suffix
/// array, the hashes of all windows of the least length are sorted out of core, 16 bytes on disk for each byte of text. A range repeats if and only if all windows in it do, so the
/// union of repeated windows is what the suffix array gives. Windows are told apart by 61 bits: among 10^9 bytes one pair of different windows is taken for the same with
/// probability 0.2. Matches do not cross from one document into the next. In a text that repeats itself at a distance below the least length, such as one letter many times, what
/// stays of the first occurrence is shorter than that length. One pass; the paper's second one is another run on what is left.
/// </remarks>
public sealed class SubstringDeduplication : CorpusDeduplication
{
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public SubstringDeduplication(SubstringOptions? options = null)
    {
        Options = options ?? new SubstringOptions();
        if (Options.BytesMin is < 8 or > 1 << 20) throw new ArgumentException($"Substrings of at least {Options.BytesMin} bytes are not between 8 and {1 << 20}.");
        Fingerprint = XxHash64.Hash(Encoding.UTF8.GetBytes($"substrings 1|{Options.BytesMin}|{Options.RemoveAll}"));
    }

    /// <summary>Which substrings are cut.</summary>
    public SubstringOptions Options { get; }

    /// <inheritdoc/>
    public override string Id => "exact_substring";

    /// <inheritdoc/>
    public override string Reason => "substring_duplicates";

    internal override ulong Fingerprint { get; }

    /// <inheritdoc/>
    public override Fingerprinter CreateFingerprinter() => new SubstringFingerprinter(Options);

    /// <inheritdoc/>
    public override ShardWriter CreateShardWriter(DeduplicationFolder folder, int shard) => new HashShardWriter<WindowLayout>(this, default, folder, shard);

    /// <inheritdoc/>
    public override bool IsShardComplete(DeduplicationFolder folder, int shard) => RecordFiles.Find(ShardPlaces.HashPath(folder, shard), WindowLayout.Bytes, Fingerprint) is not null;

    /// <inheritdoc/>
    public override Task<DeduplicationSummary> FindAsync(DeduplicationFolder folder, int shardCount, CancellationToken cancellationToken = default) =>
        ShardPlaces.FindAsync<WindowLayout>(this, default, folder, shardCount, Match, cancellationToken);

    /// <inheritdoc/>
    public override ShardDecisions OpenDecisions(DeduplicationFolder folder, int shard) => new SubstringDecisions(this, folder, shard);

    private DeduplicationSummary Match(RecordMerge<WindowLayout> merge, ShardPlaces.Found found)
    {
        var (windows, removed, last) = (0L, 0L, 0UL);
        var (first, inGroup) = (default((uint Shard, uint Index, uint Place)), false);
        for (; merge.MoveNext(); windows++)
        {
            var record = merge.Current;
            var place = ((uint)merge.File, WindowLayout.IndexOf(record), WindowLayout.PlaceOf(record));
            if (windows == 0 || WindowLayout.HashOf(record) != last)
            {
                (last, first, inGroup) = (WindowLayout.HashOf(record), place, false);
                continue;
            }

            if (!inGroup && Options.RemoveAll)
            {
                found(first.Shard, first.Index, first.Place);
                removed++;
            }

            inGroup = true;
            found(place.Item1, place.Item2, place.Item3);
            removed++;
        }

        return new DeduplicationSummary(windows, removed, 0, 0, removed);
    }
}
