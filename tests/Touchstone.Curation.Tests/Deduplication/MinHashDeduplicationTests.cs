using System.Runtime.InteropServices;
using System.Text.Json;
using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Deduplication.MinHash;
using Touchstone.Curation.Documents;
using Touchstone.Testing;

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
    [InlineData("en", "expected-en-minhash-xxhash", ShingleHash.XxHash64, 275, 88, 1)]
    [InlineData("neardup", "expected-neardup-minhash-xxhash", ShingleHash.XxHash64, 624, 407, 7)]
    [InlineData("neardup", "expected-neardup-minhash-sha1", ShingleHash.Sha1, 623, 405, 1)]
    public async Task Clusters_and_survivors_equal_those_of_datatrove_in_one_shard_or_in_many(string corpus, string expected, ShingleHash hash, int removed, int clusters, int shards)
    {
        using var folder = new TemporaryFolder();
        var deduplication = new MinHashDeduplication(new MinHashOptions { Parameters = MinHashParameters.Datatrove with { Hash = hash }, Keep = SurvivorRule.UnionRoot, RecordClusters = true });
        // A small memory makes the writers spill.
        var place = new DeduplicationFolder(folder.Path) { MemoryBytes = shards == 1 ? 1 << 20 : 64 << 20 };
        var (fallen, clusterOf) = (new HashSet<string>(), new Dictionary<string, long>());
        var summary = await DeduplicationRun.RunAsync(deduplication, place, DeduplicationCorpus.Shards(DeduplicationCorpus.Documents(corpus), shards), (_, _, document, verdict) =>
        {
            if (verdict.IsDropped) fallen.Add(document.Id);
            if (document.Findings?.TryGetValue("minhash_cluster", out var number) == true) clusterOf.Add(document.Id, (long)number);
        }, TestContext.Current.CancellationToken);

        Assert.Equal((clusters, removed), (summary.Clusters, summary.Removed));
        var lines = DeduplicationCorpus.Lines(expected);
        Assert.Equal(Partition(lines.Where(l => l.TryGetProperty("cluster", out _)).Select(l => (Id(l), l.GetProperty("cluster").GetInt64()))), Partition(clusterOf.Select(c => (c.Key, c.Value))));
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
            var members = new List<(long Cluster, int Order, bool Kept, Document Document)>();
            await DeduplicationRun.RunAsync(deduplication, new DeduplicationFolder(folder.Path), DeduplicationCorpus.Shards(documents, 3), (_, _, document, verdict) =>
            {
                if (document.Findings!.Remove("minhash_cluster", out var number)) members.Add(((long)number, members.Count, !verdict.IsDropped, document));
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
        var members = new List<(long Cluster, string Id)>();
        await DeduplicationRun.RunAsync(deduplication, new DeduplicationFolder(folder.Path), DeduplicationCorpus.Shards(DeduplicationCorpus.Documents("neardup"), 2), (_, _, document, _) =>
        {
            if (document.Findings?.TryGetValue("minhash_cluster", out var number) == true) members.Add(((long)number, document.Id));
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

    private static IEnumerable<string> Partition(IEnumerable<(string Id, long Cluster)> members) =>
        members.GroupBy(m => m.Cluster).Select(g => string.Join(' ', g.Select(m => m.Id).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal);
}
