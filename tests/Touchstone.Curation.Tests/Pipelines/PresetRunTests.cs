using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Runs;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Pipelines;

/// <summary>The recipes that come with the program, as users run them.</summary>
public sealed class PresetRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. Presets.Names];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_preset_runs_on_real_documents_and_accounts_for_each(string name)
    {
        var recipe = Presets.Find(name)!;
        var source = recipe.Contains("source: { warc:", StringComparison.Ordinal) ? "{ warc: \"" + TestData.Find(Assert.Skip, "text", "warc", "pages.warc.gz") : "{ jsonl: \"" + TestData.Find(Assert.Skip, "text", "neardup.jsonl.gz");
        var yaml = string.Join('\n', recipe.Split('\n').Select(line => line.StartsWith("source:", StringComparison.Ordinal) ? $"source: {source}\" }}" : line));
        var run = await CurationRun.RunAsync(Pipeline.Parse(name, yaml), _folder["run"], new RunOptions { Workers = 2 }, TestContext.Current.CancellationToken);
        Assert.True(run.Read.Documents >= 60, $"{run.Read.Documents} documents");
        Assert.Equal(run.Read.Documents, run.Kept.Documents + run.Steps.Sum(s => s.Tally.Dropped.Values.Sum(d => d.Documents)));
        Assert.Equal(run.Kept.Documents, run.Outputs.Sum(o => o.Documents));
        Assert.InRange(run.Kept.Documents, 1, run.Read.Documents - 1);
    }
}
