using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Runs;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Runs;

public sealed class RunOutputsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RunOutputsTests() => RunBench.WriteCorpus(_folder["in"], files: 1, lines: 50);

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("out/", "out/inner", "apart from the sink's")]
    [InlineData("a/../dropped", "./dropped/", "other than the sink's")]
    [InlineData("./work", "dropped", "keeps \"work\"")]
    [InlineData("out", "x/../work/d", "keeps \"work\"")]
    [InlineData("slurm/out", "dropped", "keeps \"slurm\"")]
    [InlineData("fates", "dropped", "keeps \"fates\"")]
    [InlineData("deduplication-1", "dropped", "keeps \"deduplication-1\"")]
    [InlineData("out/..", "dropped", "is the run's folder")]
    [InlineData("../", "dropped", "holds it")]
    public async Task An_output_in_a_place_of_the_run_or_of_another_output_is_refused(string sink, string dropped, string message)
    {
        var failure = await Record.ExceptionAsync(() => RunAsync(sink, dropped, "run"));
        Assert.Contains(message, failure?.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public async Task Links_do_not_hide_that_two_places_are_one()
    {
        Directory.CreateDirectory(_folder["run/work"]);
        Directory.CreateDirectory(_folder["outputs"]);
        Directory.CreateSymbolicLink(_folder["into-work"], _folder["run/work"]);
        Directory.CreateSymbolicLink(_folder["again"], _folder["outputs"]);
        Directory.CreateSymbolicLink(_folder["sources"], _folder["in"]);
        Assert.Contains("keeps \"work\"", await RefusalAsync(_folder["into-work/out"], "dropped"), StringComparison.Ordinal);
        Assert.Contains("apart from the sink's", await RefusalAsync(_folder["outputs"], _folder["again/dropped"]), StringComparison.Ordinal);
        var wide = Pipeline.Parse("test.yaml", $"source: {{ jsonl: \"{_folder["in"]}/*\" }}\nsink: {{ jsonl: \"{_folder["sources"]}\" }}\n");
        Assert.Contains("would read", Assert.Throws<InvalidDataException>(() => CurationRun.CheckOutputs(wide, _folder["run"])).Message, StringComparison.Ordinal);

        async Task<string> RefusalAsync(string sink, string dropped) => (await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(sink, dropped, "run"))).Message;
    }

    [Fact]
    public async Task A_folder_with_files_of_others_is_refused_and_left_as_it_is()
    {
        foreach (var name in (string[])["out", "dropped", "work", "fates"])
        {
            Directory.CreateDirectory(_folder[$"{name}-run/{name}"]);
            await File.WriteAllTextAsync(_folder[$"{name}-run/{name}/00000-000.jsonl.gz"], "mine", Token);
            var refused = await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync("out/", "dropped/", $"{name}-run"));
            Assert.Contains("did not make", refused.Message, StringComparison.Ordinal);
            Assert.Equal(["mine"], Directory.GetFiles(_folder[$"{name}-run"], "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        }
    }

    [Fact]
    public async Task A_plan_that_no_run_wrote_is_refused_by_its_name()
    {
        Directory.CreateDirectory(_folder["run"]);
        await File.WriteAllTextAsync(_folder["run/plan.json"], "{", Token);
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync("out/", "dropped/", "run"));
        Assert.Contains(_folder["run/plan.json"], refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_runs_do_not_write_to_one_folder()
    {
        var shared = _folder["shared"];
        await Assert.ThrowsAsync<IOException>(() => CurationRun.RunAsync(Recipe(shared, "dropped"), _folder["a"], RunBench.Options with { OnStep = _ => throw new IOException("power cut") }, Token));
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(shared, "dropped", "b"));
        Assert.Contains($"belongs to the run in {_folder["a"]}", refused.Message, StringComparison.Ordinal);
        var manifest = await RunAsync(shared, "dropped", "a");
        Assert.All(manifest.Outputs, o => Assert.True(File.Exists(Path.Combine(_folder["a"], o.Name))));
        await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(shared, "dropped", "b"));
        Directory.Delete(_folder["a"], recursive: true);
        await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(shared, "dropped", "a"));
    }

    [Theory]
    [InlineData("**/*.jsonl.gz")]
    [InlineData("**")]
    [InlineData("run/*/0*.gz")]
    [InlineData("")]
    public async Task A_source_that_would_read_what_the_run_writes_is_refused(string pattern)
    {
        var recipe = RunBench.Recipe(_folder["in"]);
        var wide = Pipeline.Parse("test.yaml", $"source: {{ jsonl: \"{_folder[pattern]}\" }}\nsink: {{ jsonl: out/ }}\n");
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => CurationRun.RunAsync(wide, _folder["run"], RunBench.Options, Token));
        Assert.Contains("would read", refused.Message, StringComparison.Ordinal);
        await CurationRun.RunAsync(recipe, _folder["run"], RunBench.Options, Token);
    }

    private Pipeline Recipe(string sink, string dropped) => RunBench.Recipe(_folder["in"], sink: $"{{ jsonl: \"{sink}\" }}", dropped: $"{{ jsonl: \"{dropped}\" }}");

    private Task<RunManifest> RunAsync(string sink, string dropped, string run) => CurationRun.RunAsync(Recipe(sink, dropped), _folder[run], RunBench.Options, Token);
}
