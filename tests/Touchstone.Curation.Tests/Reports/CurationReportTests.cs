using System.Text.Json;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Reports;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Tests.Deduplication;
using Touchstone.Curation.Tests.Runs;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Reports;

public sealed class CurationReportTests : IDisposable
{
    private const string Steps = "[gopher_quality: { words_minimum: 8, stop_words_minimum: 0 }, minhash: { keep: longest }]";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_adds_up_and_keeps_to_its_limits()
    {
        var (report, manifest) = await RunAsync(Steps);
        Assert.Empty(ReportCheck.Of(report));
        Assert.Equal(report.Read.Documents, report.Kept.Documents + report.Dropped.Documents);
        Assert.Equal(report.Read.Words, report.Kept.Words + report.Dropped.Words);
        Assert.Equal(report.Read.Bytes, report.Kept.Bytes + report.Dropped.Bytes);
        Assert.Equal(manifest.Faults.Values.Sum(), report.Faults.Shown.Count);
        Assert.All(report.Faults.Shown, f => Assert.True(f.Line > 0 && f.Offset >= 0));
        Assert.Empty(report.Missing);
        Assert.NotNull(report.FinishedAt);
        Assert.Equal((IEnumerable<string>)["gopher_short_doc"], report.Steps[0].Dropped.Select(d => d.Reason));
        Assert.Contains(report.Steps[0].Parameters, p => p is { Name: "words_minimum", Value: "8" });
    }

    [Fact]
    public async Task Each_dropped_example_has_the_value_and_the_threshold_that_decided()
    {
        var (report, _) = await RunAsync(Steps);
        var dropped = report.Examples.Where(e => e.Reason == "gopher_short_doc").ToList();
        Assert.Equal(ReportLimits.ExamplesPerReason, dropped.Count);
        Assert.All(dropped, e =>
        {
            Assert.Equal(("gopher_short_doc", true, 8.0), (e.Rules[0].Rule, e.Rules[0].Falls, e.Rules[0].Threshold));
            Assert.Equal(e.Words, e.Rules[0].Value);
            Assert.True(e.File!.EndsWith(".jsonl", StringComparison.Ordinal) && e.Line > 0);
        });
        Assert.All(report.Examples.Where(e => e.IsKept), e => Assert.Empty(e.Rules));
    }

    [Fact]
    public async Task Clusters_have_their_survivor_first_and_sizes_that_sum_to_all()
    {
        var (report, manifest) = await RunAsync(Steps);
        var clusters = Assert.Single(report.Clusters);
        Assert.Equal(("longest", manifest.Steps[1].Found!.Clusters, manifest.Steps[1].Found!.Duplicates), (clusters.Keep, clusters.ClusterCount, clusters.DocumentCount));
        Assert.Equal(clusters.ClusterCount, clusters.Sizes.Sum(s => s.Clusters));
        Assert.NotEmpty(clusters.Shown);
        Assert.Null(clusters.Note);
        Assert.All(clusters.Shown, c =>
        {
            Assert.True(c.Members[0].IsKept);
            Assert.Single(c.Members, m => m.IsKept);
            Assert.All(c.Members, m => Assert.Equal(m.Characters, m.Text!.Length));
            Assert.Equal(c.Members[0].Characters, c.Members.Max(m => m.Characters));
        });
    }

    [Fact]
    public async Task Clusters_of_the_report_are_those_that_datatrove_found()
    {
        var source = TestData.Find(Assert.Skip, "text", "neardup.jsonl.gz");
        var pipeline = Pipeline.Parse("test.yaml", $"source: {{ jsonl: \"{source}\" }}\nsteps: [minhash: {{ keep: union_root }}]\nsink: {{ jsonl: out/ }}\ndropped: {{ jsonl: dropped/ }}\n");
        await CurationRun.RunAsync(pipeline, _folder["run"], RunBench.Options, Token);
        var expected = DeduplicationCorpus.Lines("expected-neardup-minhash-xxhash").Where(l => l.TryGetProperty("cluster", out _)).ToList();
        var clusterOf = expected.ToDictionary(l => l.GetProperty("id").GetString()!, l => l.GetProperty("cluster").GetInt64());
        var removed = expected.Where(l => l.GetProperty("removed").GetBoolean()).Select(l => l.GetProperty("id").GetString()!).ToHashSet();
        var clusters = ReportBuilder.Of(_folder["run"]).Clusters[0];
        Assert.Equal(expected.GroupBy(l => l.GetProperty("cluster").GetInt64()).Max(g => g.Count()), clusters.Shown[0].Size);
        Assert.Equal(ReportLimits.LargestClusters + ReportLimits.OtherClusters, clusters.Shown.Count);
        Assert.All(clusters.Shown, c =>
        {
            Assert.Single(c.Members.Select(m => clusterOf[m.Id]).Distinct());
            Assert.Equal(clusterOf.Values.Count(v => v == clusterOf[c.Members[0].Id]), c.Size);
            Assert.All(c.Members, m => Assert.Equal(!removed.Contains(m.Id), m.IsKept));
            Assert.All(c.Members, m => Assert.NotNull(m.Text));
        });
        Assert.Contains(clusters.Shown.SelectMany(c => c.Members), m => m.Extra.Count > 0);
    }

    [Fact]
    public async Task Without_a_folder_for_dropped_documents_only_names_and_sizes_of_them_are_known()
    {
        var (report, _) = await RunAsync(Steps, dropped: false);
        Assert.All(report.Examples, e => Assert.True(e.IsKept));
        Assert.All(report.Clusters[0].Shown.SelectMany(c => c.Members), m => Assert.Equal(m.IsKept, m.Text is not null));
        Assert.Contains(report.Clipping.Notes, n => n.Contains("not written aside", StringComparison.Ordinal));
        Assert.NotNull(report.Clusters[0].Note);
    }

    [Fact]
    public async Task Files_that_are_gone_or_changed_are_named()
    {
        var (report, manifest) = await RunAsync(Steps);
        File.Delete(_folder["run/" + manifest.Outputs[0].Name]);
        File.Delete(_folder["run/" + manifest.Fates[0].Name]);
        File.Delete(_folder["run/faults.jsonl"]);
        File.Delete(_folder["run/" + manifest.Clusters[0].Name]);
        File.AppendAllText(_folder["run/" + manifest.DroppedOutputs[0].Name], "\n");
        var thin = ReportBuilder.Of(_folder["run"]);
        Assert.Equal([OutputKind.Kept, OutputKind.Dropped, OutputKind.Fates, OutputKind.Clusters, OutputKind.Faults], thin.Missing.Select(m => m.Kind));
        Assert.Equal(report.Read, thin.Read);
        Assert.Equal("The file of clusters is gone or changed, so none can be shown.", thin.Clusters[0].Note);
        Assert.Empty(ReportCheck.Of(thin));
    }

    [Fact]
    public async Task Files_of_another_content_and_the_same_size_are_named_and_not_looked_into()
    {
        var (report, manifest) = await RunAsync(Steps);
        Assert.Equal(manifest.Faults.Values.Sum(), manifest.FaultList!.Documents);
        foreach (var file in (string[])[manifest.Outputs[0].Name, manifest.DroppedOutputs[0].Name, manifest.Fates[0].Name, manifest.Clusters[0].Name, manifest.FaultList.Name])
            File.WriteAllBytes(_folder["run/" + file], new byte[new FileInfo(_folder["run/" + file]).Length]);
        var thin = ReportBuilder.Of(_folder["run"]);
        Assert.Equal([OutputKind.Kept, OutputKind.Dropped, OutputKind.Fates, OutputKind.Clusters, OutputKind.Faults], thin.Missing.Select(m => m.Kind));
        Assert.All(thin.Missing, m => Assert.Contains("another content", m.Problem, StringComparison.Ordinal));
        Assert.Empty(thin.Faults.Shown);
        Assert.Equal(report.Kept, thin.Kept);
        Assert.Empty(ReportCheck.Of(thin));
    }

    [Fact]
    public async Task A_step_that_cannot_be_made_again_says_so()
    {
        var (report, _) = await RunAsync("[plain: { words_min: 9 }]");
        Assert.Contains("there is no step \"plain\"", report.Steps[0].Note, StringComparison.Ordinal);
        Assert.All(report.Examples, e => Assert.Empty(e.Rules));
        Assert.Contains(report.Examples, e => e.Reason == "too_few_words");
    }

    [Fact]
    public async Task Long_texts_are_cut_between_code_points_and_say_so()
    {
        Directory.CreateDirectory(_folder["in"]);
        File.WriteAllText(_folder["in/0.jsonl"], JsonSerializer.Serialize(new { id = "long", text = "a" + string.Concat(Enumerable.Repeat("\ud83d\ude00", 3000)) }) + "\n");
        await CurationRun.RunAsync(RunBench.Recipe(_folder["in"], "[]"), _folder["run"], RunBench.Options, Token);
        var example = Assert.Single(ReportBuilder.Of(_folder["run"]).Examples);
        Assert.True(example.IsCut);
        Assert.Equal((ReportLimits.TextMax - 1, 3001L, 1L), (example.Text.Length, example.Characters, example.Words));
    }

    [Fact]
    public async Task The_same_run_gives_the_same_bytes_and_they_read_back()
    {
        var (report, _) = await RunAsync(Steps);
        var bytes = ReportJson.ToBytes(report);
        Assert.Equal(bytes, ReportJson.ToBytes(ReportBuilder.Of(_folder["run"])));
        Assert.Equal(bytes, ReportJson.ToBytes(ReportJson.Parse(bytes)));
        Assert.Equal("another", ReportBuilder.Of(_folder["run"], "another").Name);
    }

    [Fact]
    public void Every_step_without_files_can_be_made_again_from_its_own_parameters()
    {
        foreach (var kind in StepRegistry.All)
        {
            if (kind.Name is "url_lists" or "c4_bad_words" or "decontaminate" or "language" or "sample" or "split" or "exact" or "sentences" or "substrings" or "minhash") continue;
            var step = StepRegistry.Make(kind.Name, kind.Defaults);
            Assert.Equal(step.Parameters.ToJsonString(), StepRegistry.Make(kind.Name, step.Parameters).Parameters.ToJsonString());
        }
    }

    [Fact]
    public void A_folder_without_a_finished_run_is_refused() => Assert.Contains("manifest.json", Assert.Throws<FileNotFoundException>(() => ReportBuilder.Of(_folder.Path)).Message, StringComparison.Ordinal);

    private async Task<(CurationReport Report, RunManifest Manifest)> RunAsync(string steps, bool dropped = true)
    {
        RunBench.WriteCorpus(_folder["in"], files: 2, lines: 300);
        var pipeline = dropped ? RunBench.Recipe(_folder["in"], steps) : Pipeline.Parse("test.yaml", $"source: {{ jsonl: \"{_folder["in"]}/*.jsonl\" }}\nsteps: {steps}\nsink: {{ jsonl: out/ }}\n", RunBench.Kinds);
        var manifest = await CurationRun.RunAsync(pipeline, _folder["run"], RunBench.Options, Token);
        return (ReportBuilder.Of(_folder["run"]), manifest);
    }
}
