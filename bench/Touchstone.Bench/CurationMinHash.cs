using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Deduplication.MinHash;
using Touchstone.Text.Normalisation;
using Touchstone.Text.Words;

namespace Touchstone.Bench;

/// <summary>MinHash signatures of English text on one core, stage by stage, beside datatrove's figures; and clustering of many documents' signatures within a memory, beside the disk's own speed.</summary>
internal static class CurationMinHash
{
    /// <summary>datatrove 0.10 on a like core, MB of text a second, with and without its tokenizer's cache.</summary>
    private const double PeerFast = 1.03, PeerSlow = 0.66;

    public static async Task RunAsync(string[] arguments)
    {
        if (Arguments.Value(arguments, "--only") is not "clusters") Signatures(Arguments.Int(arguments, "--megabytes", 300));
        if (Arguments.Value(arguments, "--only") is not "signatures")
            await ClusterAsync(Arguments.Int(arguments, "--documents", 1_000_000), Arguments.Int(arguments, "--shards", 20), Arguments.Int(arguments, "--memory-mb", 1000), Arguments.Value(arguments, "--folder") ?? Path.GetTempPath());
    }

    private static void Signatures(int megabytes)
    {
        var texts = ChangedTexts.Make(megabytes);
        var bytes = texts.Sum(t => (double)Encoding.UTF8.GetByteCount(t)) / 1e6;
        Console.WriteLine(Line($"{texts.Count:N0} English documents, {bytes:0} MB, {ChangedTexts.NewShare(texts):P1} of tokens not seen before; one thread"));
        AssertEqualToPlain(texts);
        var (simplifier, tokenizer, words) = (new TextSimplifier(), new EnglishTokenizer(), new WordList());
        Time("simplified", bytes, texts, isWhole: false, text => simplifier.Simplify(text).Length);
        Time("and split into words", bytes, texts, isWhole: false, text =>
        {
            tokenizer.Split(simplifier.Simplify(text), words);
            return words.Count;
        });
        foreach (var (name, parameters) in ((string, MinHashParameters)[])[("datatrove, xxHash64", MinHashParameters.Datatrove), ("FineWeb, SHA-1", MinHashParameters.FineWeb), ("text-dedup", MinHashParameters.TextDedup), ("NeMo", MinHashParameters.Nemo)])
        {
            var signer = new MinHashSigner(parameters);
            Time($"{name}: shingles", bytes, texts, isWhole: false, text => signer.ShingleHashes(text).Length);
            Time($"{name}: signatures", bytes, texts, isWhole: true, text => signer.Sign(text).Length);
        }
    }

    private static void AssertEqualToPlain(List<string> texts)
    {
        var (signer, permutations) = (new MinHashSigner(MinHashParameters.Datatrove), new MinHashPermutations(MinHashParameters.Datatrove));
        var plain = new ulong[112];
        foreach (var text in texts.Take(200))
        {
            var signature = signer.Sign(text).ToArray();
            if (signature.Length == 0) continue;
            MinHashKernel.MinimaPlain(signer.ShingleHashes(text), permutations.Multipliers, permutations.Addends, ulong.MaxValue, plain);
            if (!plain.AsSpan().SequenceEqual(signature)) throw new InvalidOperationException("A signature differs from the plain loop's.");
        }
    }

    private static void Time(string name, double megabytes, List<string> texts, bool isWhole, Func<string, int> work)
    {
        double Pass()
        {
            var start = Stopwatch.GetTimestamp();
            var sum = 0L;
            foreach (var text in texts) sum += work(text);
            GC.KeepAlive(sum);
            return megabytes / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        var (cold, warm) = (Pass(), Math.Max(Pass(), Pass()));
        var ratio = isWhole ? Line($"   ({warm / PeerFast:0}x to {warm / PeerSlow:0}x datatrove's own signatures)") : "";
        Console.WriteLine(Line($"  {name,-32} {cold,8:0.0} MB/s first, {warm,8:0.0} MB/s warm{ratio}"));
    }

    private static async Task ClusterAsync(int documents, int shards, int memoryMegabytes, string root)
    {
        var path = Path.Combine(root, $"touchstone-minhash-{Guid.NewGuid():N}");
        Directory.CreateDirectory(path);
        try
        {
            var (writeSpeed, readSpeed) = DiskSpeed.Measure(path, 2L << 30);
            var folder = new DeduplicationFolder(Path.Combine(path, "dedup")) { MemoryBytes = memoryMegabytes * 1_000_000L };
            var deduplication = new MinHashDeduplication(new MinHashOptions { Keep = SurvivorRule.Longest });
            PeakMemory.Reset();
            var start = Stopwatch.GetTimestamp();
            for (var shard = 0; shard < shards; shard++) await WriteShardAsync(deduplication, folder, shard, documents / shards);
            var signatures = Path.Combine(folder.Path, "signatures");
            var megabytes = Directory.EnumerateFiles(signatures, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length) / 1e6;
            var sorting = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var sortingPeak = PeakMemory.Megabytes();
            foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)) DiskSpeed.Forget(file);
            var cold = await FindAsync(deduplication, folder, shards);
            Directory.Delete(Path.Combine(folder.Path, "pairs"), recursive: true);
            File.Delete(Path.Combine(folder.Path, "summary"));
            var warm = await FindAsync(deduplication, folder, shards);
            Console.WriteLine(Line($"{documents:N0} documents in {shards} shards, {megabytes:N0} MB of signatures; memory set to {memoryMegabytes} MB, {folder.Workers} threads"));
            Console.WriteLine(Line($"  disk: {writeSpeed:0} MB/s written, {readSpeed:0} MB/s read, in order and past the cache"));
            Console.WriteLine(Line($"  sort and write signatures: {sorting:0.0} s, {megabytes / sorting:0} MB/s, peak {sortingPeak:0} MB"));
            foreach (var (name, run) in ((string, Finding)[])[("cold", cold), ("warm", warm)])
                Console.WriteLine(Line($"  cluster, {name} cache: {run.Seconds:0.0} s ({run.MatchingSeconds:0.0} s matching), {megabytes / run.Seconds:0} MB/s = {megabytes / run.Seconds / readSpeed:P0} of the disk's reading and {megabytes / run.Seconds / writeSpeed:P0} of its writing, peak {run.PeakMegabytes:0} MB"));
            var summary = cold.Summary;
            Console.WriteLine(Line($"  {summary.Pairs:N0} pairs, {summary.Clusters:N0} clusters of {summary.Duplicates:N0} documents, {summary.Removed:N0} to remove"));
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private sealed record Finding(double Seconds, double MatchingSeconds, double PeakMegabytes, DeduplicationSummary Summary);

    private static async Task<Finding> FindAsync(MinHashDeduplication deduplication, DeduplicationFolder folder, int shards)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        PeakMemory.Reset();
        var (start, matched) = (Stopwatch.GetTimestamp(), 0.0);
        void Note(string stage, double share)
        {
            if (stage == "matching buckets" && share >= 1) matched = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        var summary = await deduplication.FindAsync(folder with { Progress = Note }, shards);
        return new Finding(Stopwatch.GetElapsedTime(start).TotalSeconds, matched, PeakMemory.Megabytes(), summary);
    }

    private static async Task WriteShardAsync(MinHashDeduplication deduplication, DeduplicationFolder folder, int shard, int documents)
    {
        await using var writer = deduplication.CreateShardWriter(folder, shard);
        var (batch, parameters) = (new FingerprintBatch(), deduplication.Options.Parameters);
        for (var i = 0; i < documents; i++)
        {
            batch.Append((uint)i);
            batch.Append(0u);
            batch.Append((double)(i % 5000));
            FillSignature((ulong)shard * (ulong)documents + (ulong)i, parameters, MemoryMarshal.Cast<byte, ulong>(batch.Extend(parameters.Values * sizeof(ulong))));
            if (batch.ByteCount < 1 << 20) continue;
            writer.Add(batch);
            batch.Clear();
        }

        writer.Add(batch);
        await writer.CompleteAsync((uint)documents);
    }

    /// <summary>One document in five belongs to one of as many families as there are millionths of the corpus, and shares each bucket with its family with probability 0.7.</summary>
    private static void FillSignature(ulong document, MinHashParameters parameters, Span<ulong> values)
    {
        var inFamily = Mix(document) % 5 == 0;
        var family = Mix(document + 1) % 600_000;
        for (var bucket = 0; bucket < parameters.Buckets; bucket++)
        {
            var shares = inFamily && Mix(document * 64 + (ulong)bucket) % 10 < 7;
            var seed = Mix((shares ? family : document + (1UL << 40)) * 64 + (ulong)bucket);
            for (var row = 0; row < parameters.Rows; row++) values[bucket * parameters.Rows + row] = Mix(seed + (ulong)row) >> 12;
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}
