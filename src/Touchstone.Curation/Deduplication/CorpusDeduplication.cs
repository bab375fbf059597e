using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Deduplication;

/// <summary>
/// A deduplication of a whole corpus, in two passes over its shards with a barrier between them. It serves a run that works on many shards and machines as well as a program that
/// calls it by itself (see <see cref="DeduplicationRun"/>).
/// <list type="number">
/// <item>First pass, shards in any order and at the same time: a thread takes a <see cref="Fingerprinter"/> of its own (<see cref="CreateFingerprinter"/>) and measures documents into a
/// <see cref="FingerprintBatch"/>; batches go to the shard's <see cref="ShardWriter"/> (<see cref="CreateShardWriter"/>), which sorts and writes them.</item>
/// <item>Barrier: <see cref="FindAsync"/> merges the files of all shards and writes, for each shard, what is to be done with its documents.</item>
/// <item>Second pass, shards in any order: <see cref="OpenDecisions"/> says for each document, by its index, whether it stays, falls or is edited.</item>
/// </list>
/// </summary>
/// <remarks>
/// A document is known by shard and index alone, so both passes must see the same documents under the same numbers: shards 0, 1, 2, ... and within each the documents from 0 up in
/// the order of the input, indexes of documents that are not measured left out. All files are written aside and renamed, carry checksums that are verified when they are read and
/// the parameters that they were made with; what is complete and fits is not made again.
/// </remarks>
public abstract class CorpusDeduplication
{
    /// <summary>Name of the rules with the implementation that they follow, such as <c>minhash@datatrove-0.10</c>.</summary>
    public abstract string Id { get; }

    /// <summary>Stable snake_case reason that dropped documents carry.</summary>
    public abstract string Reason { get; }

    /// <summary>Changes when any parameter changes that the files depend on.</summary>
    internal abstract ulong Fingerprint { get; }

    /// <summary>The part that measures documents, with its buffers: one for each thread.</summary>
    public abstract Fingerprinter CreateFingerprinter();

    /// <summary>Opens the files of a shard for writing; they appear when <see cref="ShardWriter.CompleteAsync"/> is done.</summary>
    /// <param name="folder">Where the files of this deduplication are, and how much memory the writer may take.</param>
    /// <param name="shard">Number of the shard, from 0.</param>
    public abstract ShardWriter CreateShardWriter(DeduplicationFolder folder, int shard);

    /// <summary>Whether the first pass is done for a shard: its files are there, whole, and of these parameters.</summary>
    public abstract bool IsShardComplete(DeduplicationFolder folder, int shard);

    /// <summary>Finds the duplicates among all shards and writes what becomes of each shard's documents. What is already there and made of the same files is kept.</summary>
    /// <param name="folder">Where the files are, and how much memory and how many threads this may take.</param>
    /// <param name="shardCount">Number of shards; each must be complete.</param>
    /// <param name="cancellationToken">Stops; what is complete is used by the next call.</param>
    /// <exception cref="RecordFileException">A file is missing, broken or made with other parameters.</exception>
    public abstract Task<DeduplicationSummary> FindAsync(DeduplicationFolder folder, int shardCount, CancellationToken cancellationToken = default);

    /// <summary>What becomes of a shard's documents, behind <see cref="FindAsync"/>.</summary>
    /// <exception cref="RecordFileException">The shard's file is missing, broken or made with other parameters.</exception>
    public abstract ShardDecisions OpenDecisions(DeduplicationFolder folder, int shard);
}

/// <summary>Where a deduplication keeps its files and what it may take.</summary>
/// <param name="Path">Folder for this deduplication alone; made if missing. It may be on storage that several machines share.</param>
public sealed record DeduplicationFolder(string Path)
{
    /// <summary>Bytes that buffers, sorting and clustering may take in one call; what does not fit goes through the disk. The default is one gibibyte.</summary>
    public long MemoryBytes { get; init; } = 1L << 30;

    /// <summary>Threads that one call may use.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Told how far the barrier is: a name of what is done and the share of it in [0, 1].</summary>
    public Action<string, double>? Progress { get; init; }

    internal string File(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Deletes what killed attempts left beside their files. At the barrier only: no shard is being written then, and an attempt that still is has lost.</summary>
    internal void DeleteLeftovers()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        foreach (var file in Directory.EnumerateFiles(Path, "*.tmp", options)) System.IO.File.Delete(file);
    }
}

/// <summary>What a deduplication found in all shards.</summary>
/// <param name="Documents">Documents that left a fingerprint, for shorter ones are never duplicates; where sentences or substrings are compared, the windows of them.</param>
/// <param name="Pairs">Matches between documents or sentences that were found; one pair of documents can match several times.</param>
/// <param name="Clusters">Groups of two and more documents that are duplicates of each other; 0 where sentences or substrings are compared.</param>
/// <param name="Duplicates">Documents in those groups, the kept ones too; for sentences and substrings, the documents with something to cut.</param>
/// <param name="Removed">Documents to drop; for sentences and substrings, the windows to cut.</param>
public sealed record DeduplicationSummary(long Documents, long Pairs, long Clusters, long Duplicates, long Removed);

/// <summary>Measures documents for a deduplication. Holds buffers: one for each thread.</summary>
public abstract class Fingerprinter
{
    /// <summary>Adds a document's records to a batch, none where it is too short to be compared.</summary>
    /// <param name="index">Number of the document in its shard, from 0.</param>
    /// <param name="document">The document; its score or source may decide who survives.</param>
    /// <param name="text">Its current text.</param>
    /// <param name="batch">Takes the records.</param>
    public abstract void Measure(uint index, Document document, WorkingText text, FingerprintBatch batch);
}

/// <summary>The first pass' files of one shard: takes batches from any thread and in any order, sorts within its memory and writes.</summary>
public abstract class ShardWriter : IAsyncDisposable
{
    /// <summary>Adds what documents of the shard left; the batch can be cleared and used again afterwards. Safe for several threads.</summary>
    /// <exception cref="IOException">A run of records could not be spilled.</exception>
    public abstract void Add(FingerprintBatch batch);

    /// <summary>Sorts, writes, flushes and renames all files of the shard.</summary>
    /// <param name="documentCount">Number of documents of the shard, those without fingerprint too: one beyond the largest index.</param>
    /// <param name="cancellationToken">Stops; nothing of this attempt stays.</param>
    /// <exception cref="Touchstone.Files.Storage.StorageFullException">The disk is full.</exception>
    public abstract Task CompleteAsync(uint documentCount, CancellationToken cancellationToken = default);

    /// <summary>Gives up what was not completed and frees its files.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>What becomes of one shard's documents. Holds a few bytes for each document that falls or is edited; safe for several threads and any order of documents.</summary>
public abstract class ShardDecisions
{
    /// <summary>Decides on a document.</summary>
    /// <param name="index">Number of the document in its shard, as in the first pass.</param>
    /// <param name="document">The document; findings such as its cluster are added to it.</param>
    /// <param name="text">Its text, the same as in the first pass.</param>
    public abstract Verdict Judge(uint index, Document document, WorkingText text);

    /// <summary>Number of documents in the first pass.</summary>
    public abstract uint DocumentCount { get; }
}
