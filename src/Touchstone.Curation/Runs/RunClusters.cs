using System.Security.Cryptography;
using System.Text.Json;
using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Deduplication.MinHash;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Writing;
using Touchstone.Files.Storage;

namespace Touchstone.Curation.Runs;

/// <summary>
/// Clusters of near-duplicates that a MinHash step found, kept with the run when its work files are gone: how many have which size, and the members of the largest ones and of some others.
/// Names and sizes only; texts are where the pipeline writes documents to, so that nothing stands here that a later step takes out.
/// </summary>
/// <param name="Step">Number of the step in the pipeline, from 0.</param>
/// <param name="Id">Id of the step.</param>
/// <param name="Keep">Which document of a cluster stays.</param>
/// <param name="Sizes">Clusters by size, the smallest first.</param>
/// <param name="Clusters">The chosen clusters, the largest first.</param>
public sealed record RunClusters(int Step, string Id, string Keep, IReadOnlyList<ClusterSizeCount> Sizes, IReadOnlyList<RunCluster> Clusters)
{
    private const int Largest = 50, Others = 50, MembersMax = 8;

    /// <summary>Name of a step's file below the run's folder.</summary>
    internal static string FileName(int step) => $"{RunFolder.ClustersName}/step-{step + 1:00}.json";

    /// <summary>Reads a step's file.</summary>
    /// <exception cref="InvalidDataException">It is not as a run writes it.</exception>
    public static RunClusters Load(string file) => RunFolder.Read<RunClusters>(file);

    /// <summary>Writes the file behind a step's barrier, while what the stage before handed on is still there.</summary>
    internal static async Task WriteAsync(string file, Pipeline pipeline, int step, DeduplicationFolder folder, int shardCount, Func<int, SpillReader> open, CancellationToken cancellationToken)
    {
        var deduplication = (MinHashDeduplication)pipeline.Steps[step].Barrier!;
        var report = ClusterReport.Choose(deduplication, folder, shardCount, Largest, Others, MembersMax);
        var clusters = report.Clusters.Select(c => (Cluster: c, Members: new RunClusterMember?[c.Members.Count])).ToList();
        foreach (var shard in clusters.SelectMany(c => c.Cluster.Members.Select((m, n) => (Member: m, Take: (Action<RunClusterMember>)(found => c.Members[n] = found)))).GroupBy(m => m.Member.Shard))
        {
            using var reader = open(shard.Key);
            Find(reader, shard.ToDictionary(m => m.Member.Index), deduplication.Options, cancellationToken);
        }

        var all = new RunClusters(step, pipeline.Steps[step].Id, ParameterBinder.SnakeCase(deduplication.Options.Keep.ToString()), report.Sizes,
            [.. clusters.Select(c => new RunCluster(c.Cluster.Number, c.Cluster.Size, [.. c.Members.OfType<RunClusterMember>()]))]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await DurableFile.WriteAsync(file, JsonSerializer.SerializeToUtf8Bytes(all, RunPlan.Json), cancellationToken);
    }

    /// <summary>What the manifest says of a step's file.</summary>
    internal static OutputFile Describe(string folder, int step)
    {
        var bytes = File.ReadAllBytes(Path.Combine(folder, FileName(step)));
        return new(FileName(step), bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), 0);
    }

    private static void Find(SpillReader reader, Dictionary<uint, (ClusterMember Member, Action<RunClusterMember> Take)> wanted, MinHashOptions options, CancellationToken cancellationToken)
    {
        var documents = new List<Document>();
        while (wanted.Count > 0 && reader.Next() is SpillBatch batch)
        {
            using (batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!wanted.Keys.Any(i => i >= batch.First && i - batch.First < batch.Documents)) continue;
                documents.Clear();
                batch.Decode(documents, []);
                for (var d = 0; d < documents.Count; d++)
                    if (wanted.Remove(batch.First + (uint)d, out var found)) found.Take(Member(documents[d], found.Member, options));
            }
        }
    }

    private static RunClusterMember Member(Document document, ClusterMember member, MinHashOptions options)
    {
        var size = TextSize.Of(document.Text);
        return new(document.Id, member.IsKept, size.Characters, size.Words, options.Keep == SurvivorRule.HighestScore && RecordMembers.Number(document, options.Score!) is { } score && double.IsFinite(score) ? score : null);
    }
}

/// <summary>A cluster of near-duplicates.</summary>
/// <param name="Number">Its number among all, in the order of their first documents.</param>
/// <param name="Size">Documents in it.</param>
/// <param name="Members">The first of them, and the one that stays, in the order of the corpus.</param>
public sealed record RunCluster(long Number, int Size, IReadOnlyList<RunClusterMember> Members);

/// <summary>A document of a cluster.</summary>
/// <param name="Id">Its name.</param>
/// <param name="IsKept">Whether it is the one that stays.</param>
/// <param name="Characters">Code points of its text then.</param>
/// <param name="Words">Words of its text then.</param>
/// <param name="Score">The score that was compared; null where none was.</param>
public sealed record RunClusterMember(string Id, bool IsKept, long Characters, long Words, double? Score);
