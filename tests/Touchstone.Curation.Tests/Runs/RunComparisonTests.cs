using Touchstone.Curation.Runs;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Runs;

public sealed class RunComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1L << 20)]
    [InlineData(100)]
    public async Task Documents_whose_names_repeat_are_left_out_and_counted(long memoryBytes)
    {
        await RunAsync("before", ["a", "b", "b", "c", "d"]);
        await RunAsync("after", ["b", "a", "c", "c", "e"]);
        var changes = new List<FateChange>();
        var comparison = await RunComparison.CompareAsync(_folder["before"], _folder["after"], memoryBytes, changes.Add, Token);
        Assert.Equal((1L, 1L, 6L), (comparison.Both, comparison.Same, comparison.Repeated));
        Assert.Equal(["d", "e"], changes.Select(c => c.Id).Order());
    }

    [Fact]
    public async Task A_run_beside_itself_has_no_changes_where_names_repeat()
    {
        RunBench.WriteCorpus(_folder["in"], files: 1, lines: 10);
        await File.AppendAllTextAsync(_folder["in/0.jsonl"], "{\"id\":\"twice\",\"text\":\"a stone in the river\"}\n{\"id\":\"twice\",\"text\":\"short\"}\n", Token);
        await CurationRun.RunAsync(RunBench.Recipe(_folder["in"]), _folder["run"], RunBench.Options, Token);
        var comparison = await RunComparison.CompareAsync(_folder["run"], _folder["run"], 1 << 20, c => Assert.Fail(c.Id), Token);
        Assert.Equal(4, comparison.Repeated);
    }

    private async Task RunAsync(string name, IEnumerable<string> ids)
    {
        Directory.CreateDirectory(_folder[name + "-in"]);
        await File.WriteAllLinesAsync(_folder[name + "-in/0.jsonl"], ids.Select(id => $"{{\"id\":\"{id}\",\"text\":\"a stone in the river\"}}"), Token);
        await CurationRun.RunAsync(RunBench.Recipe(_folder[name + "-in"]), _folder[name], RunBench.Options, Token);
    }
}
