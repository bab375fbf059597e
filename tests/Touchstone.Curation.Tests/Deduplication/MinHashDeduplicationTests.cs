using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Deduplication.MinHash;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Pipelines;
using Touchstone.Testing;
using Touchstone.Text.Hashing;
using Touchstone.Text.Normalisation;
using Touchstone.Text.Words;

namespace Touchstone.Curation.Tests.Deduplication;

public sealed class MinHashDeduplicationTests
{
    [Theory]
    [InlineData("en", "expected-en-minhash-xxhash", ShingleHash.XxHash64)]
    [InlineData("neardup", "expected-neardup-minhash-xxhash", ShingleHash.XxHash64)]
    [InlineData("neardup", "expected-neardup-minhash-sha1", ShingleHash.Sha1)]
    public void Signatures_equal_those_of_datatrove(string corpus, string expected, ShingleHash hash)
    {
        var signer = new MinHashSigner(MinHashParameters.Datatrove with { Hash = hash });
        var documents = DeduplicationCorpus.Documents(corpus).ToDictionary(d => d.Id);
        var differences = new List<string>();
        foreach (var line in DeduplicationCorpus.Lines(expected))
        {
            var id = line.GetProperty("id").GetString()!;
            var signature = signer.Sign(documents[id].Text);
            if (line.TryGetProperty("shingles", out var shingles) && shingles.GetInt32() != signer.ShingleCount) differences.Add($"{id}: {signer.ShingleCount} shingles instead of {shingles}");
            else if (line.TryGetProperty("sig_sha1", out var sha1) && sha1.GetString() != DeduplicationCorpus.Sha1(MemoryMarshal.AsBytes(signature))) differences.Add($"{id}: another signature");
            if (line.TryGetProperty("sig_bucket0", out var bucket)) Assert.Equal(bucket.EnumerateArray().Select(v => ulong.Parse(v.GetString()!)), signature[..8].ToArray());
        }

        Assert.Empty(differences);
    }

    [Theory]
    [InlineData(ShingleHash.XxHash32)]
    [InlineData(ShingleHash.Sha1Of32Bits)]
    public void Signatures_of_32_bits_are_those_of_datatroves_formulas(ShingleHash hash)
    {
        // datatrove 0.10: utils/hashing.py takes xxh32, or the first 4 bytes of SHA-1, with a precision of 32 bits; pipeline/dedup/minhash.py masks each value of the permutations and then takes the least.
        var signer = new MinHashSigner(MinHashParameters.Datatrove32 with { Hash = hash });
        using var parameters = JsonDocument.Parse(File.ReadAllBytes(TestData.Find(Assert.Skip, "text", "minhash-params-seed1.json")));
        ulong[] Numbers(string name) => [.. parameters.RootElement.GetProperty(name).EnumerateArray().Select(v => ulong.Parse(v.GetString()!))];
        var (a, b) = (Numbers("a"), Numbers("b"));
        var (simplifier, tokenizer, words) = (new TextSimplifier(), new EnglishTokenizer(), new WordList());
        var compared = 0;
        foreach (var document in DeduplicationCorpus.Documents("neardup").Take(40))
        {
            var simple = simplifier.Simplify(document.Text).ToString();
            tokenizer.Split(simple, words);
            string[] tokens = [.. Enumerable.Range(0, words.Count).Select(i => words.Of(simple, i).ToString())];
            ulong[] shingles = [.. Enumerable.Range(0, Math.Max(0, tokens.Length - 4)).Select(i => (ulong)Hash32(hash, string.Join(' ', tokens[i..(i + 5)])))];
            var expected = shingles.Length == 0 ? [] : a.Select((_, i) => shingles.Min(h => Permuted(h, a[i], b[i]))).ToArray();
            Assert.Equal(expected, signer.Sign(document.Text).ToArray());
            compared += expected.Length;
        }

        Assert.True(compared > 3000, $"{compared} values compared");
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "It is the hash that datatrove takes.")]
    private static uint Hash32(ShingleHash hash, string shingle)
    {
        var bytes = Encoding.UTF8.GetBytes(shingle);
        return hash == ShingleHash.XxHash32 ? XxHash32.Hash(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(SHA1.HashData(bytes));
    }

    private static ulong Permuted(ulong hash, ulong multiplier, ulong addend)
    {
        var wrapped = ((BigInteger)hash * multiplier + addend) % (BigInteger.One << 64);
        return (ulong)(wrapped % ((BigInteger.One << 61) - 1) % (BigInteger.One << 32));
    }

    [Theory]
    [InlineData("bits: 32", "minhash@datatrove-0.10-32bit", ShingleHash.XxHash32, 32)]
    [InlineData("hash: xx_hash32", "minhash@datatrove-0.10-32bit", ShingleHash.XxHash32, 32)]
    [InlineData("bits: 64", "minhash@datatrove-0.10", ShingleHash.XxHash64, 64)]
    [InlineData("variant: fineweb, bits: 32", "minhash@touchstone-1", ShingleHash.Sha1Of32Bits, 32)]
    [InlineData("hash: sha1, bits: 32", "minhash@touchstone-1", ShingleHash.Sha1Of32Bits, 32)]
    [InlineData("variant: text_dedup", "minhash@text-dedup", ShingleHash.Sha1Of32Bits, 32)]
    [InlineData("variant: text_dedup, bits: 64", "minhash@touchstone-1", ShingleHash.Sha1, 64)]
    [InlineData("hash: murmur3", "minhash@touchstone-1", ShingleHash.Murmur3, 32)]
    public void Bits_choose_the_hash_of_the_family(string settings, string id, ShingleHash hash, int bits)
    {
        var deduplication = (MinHashDeduplication)Pipeline.Parse("p.yaml", $"source: {{ jsonl: a }}\nsteps:\n  - minhash: {{ {settings} }}\nsink: {{ jsonl: out/ }}\n").Steps[0].Barrier!;
        Assert.Equal((id, hash, bits), (deduplication.Id, deduplication.Options.Parameters.Hash, deduplication.Options.Parameters.ValueBits));
    }

    [Theory]
    [InlineData("hash: xx_hash64, bits: 32", "xx_hash64 has 64 bits, so that values have 64 and not 32; xx_hash32 has 32")]
    [InlineData("hash: xx_hash32, bits: 64", "xx_hash32 has 32 bits, so that values have 32 and not 64; xx_hash64 has 64")]
    [InlineData("hash: sha1_of32_bits, bits: 64", "sha1 has 64")]
    [InlineData("variant: nemo, bits: 64", "murmur3 has 32 bits, so that values have 32 and not 64.")]
    [InlineData("bits: 16", "values of 16 bits; 32 and 64 are known.")]
    public void Bits_that_the_hash_has_not_are_refused(string settings, string message)
    {
        var fault = Assert.Throws<PipelineException>(() => Pipeline.Parse("p.yaml", $"source: {{ jsonl: a }}\nsteps:\n  - minhash: {{ {settings} }}\nsink: {{ jsonl: out/ }}\n"));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "expected-en-minhash-xxhash", ShingleHash.XxHash64, 275, 88, 1)]
    [InlineData("neardup", "expected-neardup-minhash-xxhash", ShingleHash.XxHash64, 624, 407, 7)]
    [InlineData("neardup", "expected-neardup-minhash-sha1", ShingleHash.Sha1, 623, 405, 1)]
    public async Task Clusters_and_survivors_equal_those_of_datatrove_in_one_shard_or_in_many(string corpus, string expected, ShingleHash hash, int removed, int clusters, int shards)
    {
        using var folder = new TemporaryFolder();
        var deduplication = new MinHashDeduplication(new MinHashOptions { Parameters = MinHashParameters.Datatrove with { Hash = hash }, Keep = SurvivorRule.UnionRoot, RecordClusters = true });
        // A small memory makes the writers spill.
        var place = new DeduplicationFolder(folder.Path) { MemoryBytes = shards == 1 ? 1 << 20 : 64 << 20 };
        var (fallen, clusterOf) = (new HashSet<string>(), new Dictionary<string, string>());
        var summary = await DeduplicationRun.RunAsync(deduplication, place, DeduplicationCorpus.Shards(DeduplicationCorpus.Documents(corpus), shards), (_, _, document, verdict) =>
        {
            if (verdict.IsDropped) fallen.Add(document.Id);
            if (document.Findings?.TryGetValue("minhash_cluster", out var number) == true) clusterOf.Add(document.Id, (string)number);
        }, TestContext.Current.CancellationToken);

        Assert.Equal((clusters, removed), (summary.Clusters, summary.Removed));
        var lines = DeduplicationCorpus.Lines(expected);
        Assert.Equal(Partition(lines.Where(l => l.TryGetProperty("cluster", out _)).Select(l => (Id(l), l.GetProperty("cluster").GetRawText()))), Partition(clusterOf.Select(c => (c.Key, c.Value))));
        // With several shards ties in a bucket stand in the same order, so that even the union order is the same.
        Assert.Equal(lines.Where(l => l.GetProperty("removed").GetBoolean()).Select(Id).Order(StringComparer.Ordinal), fallen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_survivor_is_the_longest_the_first_or_the_best_as_asked_and_one_of_each_cluster()
    {
        var documents = DeduplicationCorpus.Documents("neardup");
        for (var i = 0; i < documents.Count; i++) documents[i].Findings = new SortedDictionary<string, object>(StringComparer.Ordinal) { ["score"] = (i * 7919 % 1000) / 1000.0 };
        foreach (var keep in (SurvivorRule[])[SurvivorRule.Longest, SurvivorRule.First, SurvivorRule.HighestScore])
        {
            using var folder = new TemporaryFolder();
            var deduplication = new MinHashDeduplication(new MinHashOptions { Keep = keep, Score = "score", RecordClusters = true });
            var members = new List<(string Cluster, int Order, bool Kept, Document Document)>();
            await DeduplicationRun.RunAsync(deduplication, new DeduplicationFolder(folder.Path), DeduplicationCorpus.Shards(documents, 3), (_, _, document, verdict) =>
            {
                if (document.Findings!.Remove("minhash_cluster", out var number)) members.Add(((string)number, members.Count, !verdict.IsDropped, document));
            }, TestContext.Current.CancellationToken);
            foreach (var cluster in members.GroupBy(m => m.Cluster))
            {
                var kept = Assert.Single(cluster, m => m.Kept);
                var best = cluster.OrderByDescending(m => keep switch
                {
                    SurvivorRule.Longest => m.Document.Text.EnumerateRunes().Count(),
                    SurvivorRule.HighestScore => (double)m.Document.Findings!["score"],
                    _ => 0,
                }).ThenBy(m => m.Order).First();
                Assert.Equal(best.Document.Id, kept.Document.Id);
            }
        }
    }

    [Fact]
    public async Task Verified_clusters_hold_no_pair_by_chance()
    {
        using var folder = new TemporaryFolder();
        var truth = DeduplicationCorpus.Lines("neardup-truth").ToDictionary(Id);
        var deduplication = new MinHashDeduplication(new MinHashOptions { JaccardMin = 0.8, RecordClusters = true });
        var members = new List<(string Cluster, string Id)>();
        await DeduplicationRun.RunAsync(deduplication, new DeduplicationFolder(folder.Path), DeduplicationCorpus.Shards(DeduplicationCorpus.Documents("neardup"), 2), (_, _, document, _) =>
        {
            if (document.Findings?.TryGetValue("minhash_cluster", out var number) == true) members.Add(((string)number, document.Id));
        }, TestContext.Current.CancellationToken);
        var (unverified, compared) = (0, 0);
        foreach (var cluster in members.GroupBy(m => m.Cluster).Select(g => g.Select(m => m.Id).ToHashSet()))
        {
            // A variant that is alone with its base must be as like it as was asked.
            var variant = cluster.FirstOrDefault(id => truth[id].TryGetProperty("base_id", out var b) && b.GetString() != id && cluster.Contains(b.GetString()!));
            if (cluster.Count != 2 || variant is null) continue;
            compared++;
            if (truth[variant].GetProperty("jaccard").GetDouble() < 0.8) unverified++;
        }

        Assert.True(compared > 100, $"{compared} pairs compared");
        Assert.Equal(0, unverified);
    }

    [Fact]
    public async Task A_second_run_uses_what_is_complete_and_a_changed_shard_is_seen()
    {
        using var folder = new TemporaryFolder();
        var place = new DeduplicationFolder(folder.Path);
        var deduplication = new MinHashDeduplication();
        var documents = DeduplicationCorpus.Documents("neardup");
        var reads = 0;
        IReadOnlyList<Func<IAsyncEnumerable<Document>>> shards = [.. DeduplicationCorpus.Shards(documents, 2).Select(open => (Func<IAsyncEnumerable<Document>>)(() =>
        {
            reads++;
            return open();
        }))];
        static void Ignore(int shard, uint index, Document document, Steps.Verdict verdict)
        {
        }

        var first = await DeduplicationRun.RunAsync(deduplication, place, shards, Ignore, TestContext.Current.CancellationToken);
        var written = Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.GetLastWriteTimeUtc);
        var second = await DeduplicationRun.RunAsync(deduplication, place, shards, Ignore, TestContext.Current.CancellationToken);
        Assert.Equal(first, second);
        Assert.Equal(4 + 2, reads);
        Assert.All(written, f => Assert.Equal(f.Value, File.GetLastWriteTimeUtc(f.Key)));

        // One shard is lost, and with it what was made of it.
        File.Delete(Path.Combine(folder.Path, "signatures", "bucket_003", "00001"));
        Assert.False(deduplication.IsShardComplete(place, 1));
        await Assert.ThrowsAsync<RecordFileException>(() => deduplication.FindAsync(place, 2, TestContext.Current.CancellationToken));
        Assert.Equal(first, await DeduplicationRun.RunAsync(deduplication, place, shards, Ignore, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_report_shows_the_largest_clusters_and_some_others_with_texts_and_who_stays()
    {
        using var folder = new TemporaryFolder();
        var (deduplication, place, documents) = (new MinHashDeduplication(), new DeduplicationFolder(folder.Path), DeduplicationCorpus.Documents("neardup"));
        var shards = DeduplicationCorpus.Shards(documents, 3);
        var summary = await DeduplicationRun.RunAsync(deduplication, place, shards, (_, _, _, _) => { }, TestContext.Current.CancellationToken);
        var report = ClusterReport.Choose(deduplication, place, 3, largest: 10, others: 5, membersMax: 2, textLength: 100);
        for (var shard = 0; shard < 3; shard++)
        {
            var index = 0u;
            await foreach (var document in shards[shard]()) report.TryAdd(shard, index++, document);
        }

        Assert.Equal(15, report.Clusters.Count);
        Assert.Equal(summary.Clusters, report.Sizes.Sum(s => s.Clusters));
        Assert.Equal(summary.Duplicates, report.Sizes.Sum(s => s.Clusters * s.Size));
        Assert.Equal(report.Sizes[^1].Size, report.Clusters[0].Size);
        Assert.All(report.Clusters, c => Assert.Single(c.Members, m => m.IsKept));
        Assert.All(report.Clusters.SelectMany(c => c.Members), m => Assert.True(m.Id is not null && m.Text is { Length: > 0 and <= 100 }));
    }

    private static string Id(JsonElement line) => line.GetProperty("id").GetString()!;

    private static IEnumerable<string> Partition(IEnumerable<(string Id, string Cluster)> members) =>
        members.GroupBy(m => m.Cluster).Select(g => string.Join(' ', g.Select(m => m.Id).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal);
}
