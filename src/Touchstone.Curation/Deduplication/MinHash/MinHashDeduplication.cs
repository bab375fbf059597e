using System.Text;
using Touchstone.Curation.Deduplication.Records;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>
/// Near-duplicates by MinHash and locality-sensitive hashing: documents whose signatures agree in a whole bucket are candidates, candidates are united to clusters, and one document of each
/// cluster stays, or all of them, marked. Files of the folder: <c>signatures/bucket_BBB/SSSSS</c> sorted, <c>pairs/bucket_BBB</c>, <c>members/SSSSS</c>.
/// </summary>
/// <remarks>
/// The four stages of datatrove 0.10 (pipeline/dedup/minhash.py); pairs are neighbours in the order of a bucket, so that n equal documents give n - 1 of them. Signatures equal that
/// tool's, and so do clusters. Up to 2,147,483,646 documents.
/// </remarks>
public sealed class MinHashDeduplication : CorpusDeduplication
{
    /// <summary>Changes when words or normalisation give other signatures than before.</summary>
    private const string SignatureVersion = "signatures 1";

    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public MinHashDeduplication(MinHashOptions? options = null)
    {
        Options = options ?? new MinHashOptions();
        Options.Parameters.Check();
        if (Options.Keep == SurvivorRule.HighestScore && string.IsNullOrEmpty(Options.Score)) throw new ArgumentException("Keeping the highest score needs the score's name.");
        if (Options.JaccardMin is not (null or (> 0 and <= 1))) throw new ArgumentException($"The least Jaccard similarity is {Options.JaccardMin}, which is not above 0 and at most 1.");
        var p = Options.Parameters;
        SignatureFingerprint = Hash($"{SignatureVersion}|{p.Shingles}|{p.ShingleLength}|{p.Hash}|{p.ValueBits}|{p.Buckets}|{p.Rows}|{p.DrawnPermutations}|{p.Seed}");
        RankFingerprint = Hash($"ranks 1|{Options.Keep}|{Options.Score}");
        Fingerprint = Hash($"members 2|{SignatureFingerprint}|{RankFingerprint}|{Options.JaccardMin:R}|{Options.MarksClusters}");
        Layout = new BandLayout(p.Rows, p.ValueBits / 8);
    }

    /// <summary>What is compared and who stays.</summary>
    public MinHashOptions Options { get; }

    /// <inheritdoc/>
    public override string Id => Options.Parameters.Name;

    /// <inheritdoc/>
    public override string Reason => "minhash_duplicate";

    internal override ulong Fingerprint { get; }

    internal ulong SignatureFingerprint { get; }

    internal ulong RankFingerprint { get; }

    /// <summary>Of the hashes that clusters are named by.</summary>
    internal static ulong NameFingerprint { get; } = Hash($"names 1");

    internal BandLayout Layout { get; }

    internal bool HasRanks => Options.Keep is SurvivorRule.Longest or SurvivorRule.HighestScore;

    internal bool HasNames => Options.MarksClusters;

    internal bool HasShingles => Options.JaccardMin is not null;

    /// <inheritdoc/>
    public override Fingerprinter CreateFingerprinter() => new MinHashFingerprinter(this);

    /// <inheritdoc/>
    public override ShardWriter CreateShardWriter(DeduplicationFolder folder, int shard) => new MinHashShardWriter(this, folder, shard);

    /// <inheritdoc/>
    public override bool IsShardComplete(DeduplicationFolder folder, int shard)
    {
        for (var bucket = 0; bucket < Options.Parameters.Buckets; bucket++)
            if (RecordFiles.Find(SignaturePath(folder, bucket, shard), Layout.RecordBytes, SignatureFingerprint) is null) return false;
        if (HasRanks && RecordFiles.Find(RankPath(folder, shard), sizeof(double), RankFingerprint) is null) return false;
        if (HasNames && RecordFiles.Find(NamePath(folder, shard), sizeof(ulong), NameFingerprint) is null) return false;
        return !HasShingles || ShingleStore.IsComplete(this, folder, shard);
    }

    /// <inheritdoc/>
    public override async Task<DeduplicationSummary> FindAsync(DeduplicationFolder folder, int shardCount, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shardCount);
        if (Directory.Exists(folder.Path)) folder.DeleteLeftovers();
        await BandMatching.RunAsync(this, folder, shardCount, cancellationToken);
        return await Clustering.RunAsync(this, folder, shardCount, cancellationToken);
    }

    /// <inheritdoc/>
    public override MinHashDecisions OpenDecisions(DeduplicationFolder folder, int shard) => new(this, folder, shard);

    internal static string SignaturePath(DeduplicationFolder folder, int bucket, int shard) => folder.File("signatures", $"bucket_{bucket:D3}", $"{shard:D5}");

    internal static string RankPath(DeduplicationFolder folder, int shard) => folder.File("ranks", $"{shard:D5}");

    internal static string NamePath(DeduplicationFolder folder, int shard) => folder.File("names", $"{shard:D5}");

    internal static string PairPath(DeduplicationFolder folder, int bucket) => folder.File("pairs", $"bucket_{bucket:D3}");

    internal static string MemberPath(DeduplicationFolder folder, int shard) => folder.File("members", $"{shard:D5}");

    /// <summary>What each shard's file of a bucket says of itself.</summary>
    internal RecordFileInfo[] Signatures(DeduplicationFolder folder, int bucket, int shardCount)
    {
        var files = new RecordFileInfo[shardCount];
        for (var shard = 0; shard < shardCount; shard++) files[shard] = RecordFiles.Expect(SignaturePath(folder, bucket, shard), Layout.RecordBytes, SignatureFingerprint);
        return files;
    }

    private static ulong Hash(FormattableString text) => XxHash64.Hash(Encoding.UTF8.GetBytes(FormattableString.Invariant(text)));
}
