using Touchstone.Curation.Documents;
using Touchstone.Curation.Runs;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Reports;

/// <summary>The clusters that a report shows: chosen from what the run kept of them, and given the texts that its outputs hold.</summary>
internal sealed class ClusterSamples
{
    private readonly List<Step> _steps = [];
    private readonly Dictionary<string, List<(Step Step, Member Member)>> _wanted = new(StringComparer.Ordinal);

    /// <summary>Chooses the clusters of each MinHash step.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="damaged">Names of files that are not as the run wrote them.</param>
    public static ClusterSamples Of(string folder, RunManifest manifest, HashSet<string> damaged)
    {
        var samples = new ClusterSamples();
        for (var s = 0; s < manifest.Steps.Count; s++)
        {
            if (manifest.Steps[s] is not { Found: { } found, Step: "minhash" } step) continue;
            var name = RunClusters.FileName(s);
            var isNamed = manifest.Clusters.Any(c => c.Name == name);
            samples.Add(new(step, found.Clusters, found.Duplicates, isNamed && !damaged.Contains(name) ? RunClusters.Load(Path.Combine(folder, name)) : null, isNamed, manifest.DroppedOutputs.Count > 0));
        }

        return samples;
    }

    /// <summary>Takes the text of a document that belongs to a chosen cluster.</summary>
    /// <param name="document">A document of an output.</param>
    /// <param name="droppedBy">Id of the step that dropped it; null where it was kept.</param>
    public void Meet(Document document, string? droppedBy)
    {
        if (!_wanted.TryGetValue(document.Id, out var members)) return;
        foreach (var (step, member) in members)
        {
            // Names may repeat: what a cluster lost was dropped by its step with the very text that was compared, what it kept was not.
            var fits = member.Of.IsKept ? droppedBy != step.Manifest.Id : droppedBy == step.Manifest.Id && TextSize.Of(document.Text).Characters == member.Of.Characters;
            if (!fits || member.Text is not null) continue;
            var end = ReportLimits.WholeEnd(document.Text, ReportLimits.TextMax);
            (member.Text, member.IsCut) = (document.Text[..end], end < document.Text.Length);
        }
    }

    /// <summary>The clusters as the report has them, with the differences of their texts marked.</summary>
    public IReadOnlyList<ReportClusters> Finish() => [.. _steps.Select(s => new ReportClusters(s.Manifest.Id, s.Kept?.Keep ?? "", s.Clusters, s.Documents, s.Kept is null ? [] : Bins(s.Kept), [.. s.Chosen.Select(ClusterOf)], s.Note))];

    private void Add(Step step)
    {
        _steps.Add(step);
        if (step.Kept is not { } kept) return;
        var shown = kept.Clusters.Where(c => c.Members.Count > 1).ToList();
        var largest = shown.OrderByDescending(c => c.Size).ThenBy(c => c.Number).Take(ReportLimits.LargestClusters).ToList();
        var others = shown.Except(largest).OrderBy(c => XxHash64.Hash(BitConverter.GetBytes(c.Number))).Take(ReportLimits.OtherClusters).OrderByDescending(c => c.Size).ThenBy(c => c.Number);
        step.Chosen.AddRange(largest.Select(c => Choose(step, c, isLargest: true)));
        step.Chosen.AddRange(others.Select(c => Choose(step, c, isLargest: false)));
    }

    private Cluster Choose(Step step, RunCluster of, bool isLargest)
    {
        var cluster = new Cluster(of, isLargest, [.. of.Members.OrderByDescending(m => m.IsKept).Take(ReportLimits.MembersMax).Select(m => new Member(m))]);
        foreach (var member in cluster.Members)
        {
            if (!_wanted.TryGetValue(member.Of.Id, out var members)) _wanted.Add(member.Of.Id, members = []);
            members.Add((step, member));
        }

        return cluster;
    }

    private static ReportCluster ClusterOf(Cluster cluster)
    {
        var first = cluster.Members[0];
        return new(cluster.Of.Number, cluster.Of.Size, cluster.IsLargest, [.. cluster.Members.Select(m =>
        {
            var (lacking, extra) = ReferenceEquals(m, first) || m.Text is null || first.Text is null ? ([], []) : WordDifference.Of(first.Text, m.Text, first.IsCut || m.IsCut);
            return new ReportMember(ReportLimits.Clip(m.Of.Id), m.Of.IsKept, m.Of.Characters, m.Of.Words, m.Of.Score, m.Text, m.IsCut, extra, lacking);
        })]);
    }

    /// <summary>Sizes one by one up to 8, then in bins that double: 9 to 16, 17 to 32 and so on.</summary>
    private static IReadOnlyList<ReportClusterSize> Bins(RunClusters kept) => [.. kept.Sizes.GroupBy(s => s.Size <= 8 ? s.Size : (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)s.Size))
        .OrderBy(g => g.Key).Select(g => new ReportClusterSize(g.Key <= 8 ? g.Key : g.Key / 2 + 1, g.Key, g.Sum(s => s.Clusters)))];

    private sealed record Step(ManifestStep Manifest, long Clusters, long Documents, RunClusters? Kept, bool IsNamed, bool HasDropped)
    {
        public List<Cluster> Chosen { get; } = [];

        public string? Note => Kept is null
            ? IsNamed ? "The file of clusters is gone or changed, so none can be shown." : "The run was made by a version that kept no clusters, so none can be shown. Run it again to see them."
            : HasDropped || Clusters == 0 ? null : "The run wrote no dropped documents aside, so only the texts of those that stayed are shown. A line such as dropped: { jsonl: dropped/ } in the pipeline changes that.";
    }

    private sealed record Cluster(RunCluster Of, bool IsLargest, IReadOnlyList<Member> Members);

    private sealed class Member(RunClusterMember of)
    {
        public RunClusterMember Of { get; } = of;

        public string? Text { get; set; }

        public bool IsCut { get; set; }
    }
}
