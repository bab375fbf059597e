using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Deduplication;

/// <summary>A whole deduplication for programs that have their documents at hand: both passes and the barrier, shard by shard, resumed where an earlier call stopped.</summary>
public static class DeduplicationRun
{
    private const int BatchBytes = 1 << 20;

    /// <summary>Deduplicates a corpus.</summary>
    /// <param name="deduplication">What is compared and who stays.</param>
    /// <param name="folder">Where its files go; shards that are complete there are not measured again.</param>
    /// <param name="shards">For each shard, its documents from the beginning: they are read twice and must come in the same order.</param>
    /// <param name="decided">Told what becomes of each document: shard, index, the document, the verdict. Not at the same time from several threads.</param>
    /// <param name="cancellationToken">Stops; a later call goes on.</param>
    public static async Task<DeduplicationSummary> RunAsync(CorpusDeduplication deduplication, DeduplicationFolder folder, IReadOnlyList<Func<IAsyncEnumerable<Document>>> shards,
        Action<int, uint, Document, Verdict> decided, CancellationToken cancellationToken = default)
    {
        for (var shard = 0; shard < shards.Count; shard++)
            if (!deduplication.IsShardComplete(folder, shard)) await MeasureAsync(deduplication, folder, shard, shards[shard](), cancellationToken);
        var summary = await deduplication.FindAsync(folder, shards.Count, cancellationToken);
        var text = new WorkingText();
        for (var shard = 0; shard < shards.Count; shard++)
        {
            var (decisions, index) = (deduplication.OpenDecisions(folder, shard), 0u);
            await foreach (var document in shards[shard]().WithCancellation(cancellationToken))
            {
                text.Begin(document.Text);
                decided(shard, index, document, decisions.Judge(index, document, text));
                index++;
            }

            if (index != decisions.DocumentCount)
                throw new InvalidOperationException($"Shard {shard} gave {index} documents in the second pass and {decisions.DocumentCount} in the first: the corpus changed, so decisions fell on other documents. Delete {folder.Path} and run again.");
        }

        return summary;
    }

    private static async Task MeasureAsync(CorpusDeduplication deduplication, DeduplicationFolder folder, int shard, IAsyncEnumerable<Document> documents, CancellationToken cancellationToken)
    {
        await using var writer = deduplication.CreateShardWriter(folder, shard);
        var (fingerprinter, batch, text, index) = (deduplication.CreateFingerprinter(), new FingerprintBatch(), new WorkingText(), 0u);
        await foreach (var document in documents.WithCancellation(cancellationToken))
        {
            text.Begin(document.Text);
            fingerprinter.Measure(index++, document, text, batch);
            if (batch.ByteCount < BatchBytes) continue;
            writer.Add(batch);
            batch.Clear();
        }

        writer.Add(batch);
        await writer.CompleteAsync(index, cancellationToken);
    }
}
