using System.IO.Compression;
using System.Text.Json;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Tests.Deduplication;
using Touchstone.Curation.Tests.Runs;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Composition;

public sealed class ClusterSplitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private sealed record Member(string Id, string? Cluster, int Size, string Split);

    [Fact]
    public async Task Clusters_are_marked_and_kept_and_near_duplicates_never_straddle_splits()
    {
        Write(0, 8);
        var members = await SplitAsync("run", out var manifest);
        Assert.Equal(1479, (await manifest).Kept.Documents);
        var clusters = members.Values.Where(m => m.Cluster is not null).GroupBy(m => m.Cluster!).ToList();
        Assert.Equal(407, clusters.Count);
        Assert.Equal(624, clusters.Sum(c => c.Count() - 1));
        Assert.All(clusters, c => Assert.True(c.Count() == c.First().Size && c.Select(m => m.Split).Distinct().Count() == 1));
        Assert.InRange(members.Values.Count(m => m.Split == "validation"), 400, 780);
    }

    [Fact]
    public async Task A_corpus_that_grows_behind_keeps_its_splits_but_for_clusters_that_become_one()
    {
        Write(0, 5);
        var before = await SplitAsync("before", out _);
        Write(5, 8);
        var after = await SplitAsync("after", out _);
        Assert.True(after.Count > before.Count + 400);
        // What holds a document before: its cluster, or itself.
        var groups = before.Values.Where(m => after[m.Id].Cluster is not null).GroupBy(m => after[m.Id].Cluster!).ToDictionary(g => g.Key, g => g.Select(m => m.Cluster ?? m.Id).Distinct().Count());
        var moved = before.Values.Where(m => after[m.Id].Split != m.Split).ToList();
        Assert.All(moved, m => Assert.True(groups[after[m.Id].Cluster!] > 1, m.Id));
        Assert.True(before.Values.Count(m => m.Cluster is null && after[m.Id].Cluster is not null) > 100, "too few documents were joined by others");
        Assert.InRange(moved.Count, 0, 10);
    }

    /// <summary>Writes files of the near-duplicates, an eighth of them each.</summary>
    private void Write(int from, int to)
    {
        Directory.CreateDirectory(_folder["in"]);
        var documents = DeduplicationCorpus.Documents("neardup");
        var eighth = (documents.Count + 7) / 8;
        for (var f = from; f < to; f++)
            File.WriteAllLines(_folder[$"in/{f}.jsonl"], documents.Skip(f * eighth).Take(eighth).Select(d => JsonSerializer.Serialize(new { id = d.Id, text = d.Text })));
    }

    private Task<Dictionary<string, Member>> SplitAsync(string run, out Task<RunManifest> manifest)
    {
        var pipeline = RunBench.Recipe(_folder["in"], "[minhash: { keep: all }, split: { validation: 0.4 }]", batchBytes: 200_000);
        var running = manifest = CurationRun.RunAsync(pipeline, _folder[run], RunBench.Options with { ShardBytes = 1 << 20 }, TestContext.Current.CancellationToken);
        return ReadAsync();

        async Task<Dictionary<string, Member>> ReadAsync()
        {
            await running;
            var members = new Dictionary<string, Member>(StringComparer.Ordinal);
            foreach (var file in Directory.EnumerateFiles(_folder[$"{run}/out"], "*.jsonl.gz"))
            {
                using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
                while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
                {
                    var record = JsonElement.Parse(line);
                    var isIn = record.TryGetProperty("minhash_cluster", out var cluster);
                    var member = new Member(record.GetProperty("id").GetString()!, isIn ? cluster.GetString() : null, isIn ? record.GetProperty("minhash_cluster_size").GetInt32() : 1, record.GetProperty("split").GetString()!);
                    members.Add(member.Id, member);
                }
            }

            return members;
        }
    }
}
