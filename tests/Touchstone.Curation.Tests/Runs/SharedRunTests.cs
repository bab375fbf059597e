using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Runs;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Runs;

public sealed class SharedRunTests : IDisposable
{
    private const int Parts = 3;
    private static readonly RunOptions Options = new() { Workers = 2, ShardBytes = 30_000, MemoryBytes = 64 << 20 };
    private readonly TemporaryFolder _folder = new();
    private readonly string _yaml;

    public SharedRunTests()
    {
        RunBench.WriteCorpus(_folder["in"], files: 7, lines: 120);
        _yaml = $$"""
            source: { jsonl: "{{_folder["in"]}}/*.jsonl" }
            steps:
              - gopher_quality: { words_minimum: 5, stop_words_minimum: 0, words_with_letter_minimum: 0 }
              - exact
              - minhash: { keep: longest, record_clusters: true }
            sink: { jsonl: out/, compression: gzip }
            dropped: { jsonl: dropped/, compression: none }
            """;
    }

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Pipeline Recipe => Pipeline.Parse("test.yaml", _yaml);

    [Fact]
    public async Task A_run_that_several_processes_share_gives_the_same_bytes_as_one_process()
    {
        var whole = await CurationRun.RunAsync(Recipe, _folder["whole"], Options, Token);
        await BeginAsync();
        foreach (var step in RunStep.Of(stages: 3)) await StepAsync(step, Options);
        var shared = RunManifest.Load(_folder["run"]);
        Assert.Equal(RunBench.Snapshot(_folder["whole"]), RunBench.Snapshot(_folder["run"]));
        Assert.Equal(whole.Steps.Select(s => (s.Tally.Entered.Documents, s.Found)), shared.Steps.Select(s => (s.Tally.Entered.Documents, s.Found)));
        Assert.True(shared.Usage.CoreSeconds > 0);
        Assert.True(shared.Sessions > 10, $"{shared.Sessions} processes");
        Assert.Contains("finished", await SharedRun.WorkAsync(_folder["run"], "judge-1", 0, Parts, Options, TimeSpan.Zero, Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Parts_that_break_off_or_are_done_twice_at_once_change_nothing(int seed)
    {
        await CurationRun.RunAsync(Recipe, _folder["whole"], Options, Token);
        await BeginAsync();
        var random = new Random(seed);
        string[] points = ["append", "before_marker", "marker", "published", "measured", "found", "before_manifest", "manifest"];
        var observer = new RunObserver(_folder["run"]);
        for (var round = 0; observer.Look().Current is { } current; round++)
        {
            Assert.True(round < 200, $"after {round} rounds {current} is left");
            var attempts = Enumerable.Range(0, 4).Select(_ =>
            {
                var (point, after, part) = (points[random.Next(points.Length)], random.Next(1, 6), current.Step.IsSharded ? random.Next(Parts) : 0);
                var options = Options with { OnStep = step => { if (step == point && Interlocked.Decrement(ref after) == 0) throw new InvalidOperationException("power cut"); } };
                return Task.Run(() => SharedRun.WorkAsync(_folder["run"], current.Step.Name, part, current.Step.IsSharded ? Parts : 1, options, TimeSpan.Zero, Token), Token);
            }).ToList();
            foreach (var attempt in attempts) await Record.ExceptionAsync(() => attempt);
        }

        Assert.Equal(RunBench.Snapshot(_folder["whole"]), RunBench.Snapshot(_folder["run"]));
    }

    [Fact]
    public async Task Whoever_comes_when_the_run_is_finished_begins_nothing_and_replaces_no_manifest()
    {
        var whole = await CurationRun.RunAsync(Recipe, _folder["run"], Options, Token);
        var folder = new RunFolder(_folder["run"]);
        Directory.CreateDirectory(Path.Combine(folder.Work, "sessions"));        // as one makes who slept and writes
        Assert.Throws<DirectoryNotFoundException>(() => folder.BeginAttempt(RunStage.Of(Recipe)[0], 0, out _));
        Assert.Equal(whole.Sessions, (await folder.FinishAsync(whole with { Sessions = 99 }, Token)).Sessions);
        Assert.Equal(whole.Sessions, RunManifest.Load(_folder["run"]).Sessions);
    }

    [Fact]
    public async Task An_attempt_that_wakes_up_when_all_is_over_touches_nothing()
    {
        await CurationRun.RunAsync(Recipe, _folder["whole"], Options, Token);
        await BeginAsync();
        var (asleep, wake) = (new TaskCompletionSource(), new ManualResetEventSlim());
        var late = Task.Run(() => SharedRun.WorkAsync(_folder["run"], "judge-1", 0, 1, Options with
        {
            OnStep = _ =>
            {
                asleep.TrySetResult();
                wake.Wait(Token);
            },
        }, TimeSpan.Zero, Token), Token);
        await asleep.Task.WaitAsync(Token);
        foreach (var step in RunStep.Of(stages: 3)) await StepAsync(step, Options);
        wake.Set();
        Assert.Contains("finished by other processes", await late, StringComparison.Ordinal);
        Assert.Equal(RunBench.Snapshot(_folder["whole"]), RunBench.Snapshot(_folder["run"]));
        Assert.Empty(Directory.GetDirectories(_folder["run"], "work*"));
    }

    [Fact]
    public async Task An_attempt_whose_input_was_taken_away_because_another_one_won_is_no_failure()
    {
        await BeginAsync();
        foreach (var step in RunStep.Of(stages: 3).Take(3)) await StepAsync(step, Options);
        var (asleep, wake) = (new TaskCompletionSource(), new ManualResetEventSlim());
        var late = Task.Run(() => SharedRun.WorkAsync(_folder["run"], "judge-2", 0, Parts, Options with
        {
            OnStep = _ =>
            {
                asleep.TrySetResult();
                wake.Wait(Token);
            },
        }, TimeSpan.Zero, Token), Token);
        await asleep.Task.WaitAsync(Token);
        foreach (var step in RunStep.Of(stages: 3).Skip(3).Take(3)) await StepAsync(step, Options);
        Assert.Empty(Directory.EnumerateFiles(_folder["run/work/stage-0"], "spill-*", SearchOption.AllDirectories));
        wake.Set();
        Assert.Contains("judge-2", await late, StringComparison.Ordinal);
        Assert.Equal("judge-3", new RunObserver(_folder["run"]).Look().Current!.Step.Name);
    }

    [Fact]
    public async Task Status_comes_from_markers_and_names_what_is_missing()
    {
        await BeginAsync();
        var observer = new RunObserver(_folder["run"]);
        var step = observer.Steps[0];
        Assert.Equal(["judge-1", "measure-1", "find-1", "judge-2", "measure-2", "find-2", "judge-3", "finish"], observer.Steps.Select(s => s.Name));
        await SharedRun.WorkAsync(_folder["run"], step.Name, 1, Parts, Options, TimeSpan.Zero, Token);
        var status = observer.Look();
        Assert.Equal((7, "judge-1"), (status.Current!.Parts, status.Current.Step.Name));
        Assert.Equal([0, 2, 3, 5, 6], status.Current.Missing);
        Assert.True(status.Progress.DoneBytes > 0 && status.Progress.DoneBytes < status.Progress.TotalBytes);
        await StepAsync(step, Options);
        Assert.Equal(("measure-1", 7), (observer.Look().Current!.Step.Name, observer.Look().Current!.Missing.Count));
    }

    [Fact]
    public async Task A_step_before_its_time_and_an_input_that_changed_are_refused()
    {
        await BeginAsync();
        var early = await Assert.ThrowsAsync<InvalidDataException>(() => SharedRun.WorkAsync(_folder["run"], "find-1", 0, 1, Options, TimeSpan.Zero, Token));
        Assert.Contains("7 shards, first 0, of stage 1 not judged yet", early.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidDataException>(() => SharedRun.WorkAsync(_folder["run"], "finish", 0, 1, Options, TimeSpan.Zero, Token));
        var unknown = await Assert.ThrowsAsync<ArgumentException>(() => SharedRun.WorkAsync(_folder["run"], "judge-9", 0, 1, Options, TimeSpan.Zero, Token));
        Assert.Contains("judge-3, finish", unknown.Message, StringComparison.Ordinal);
        File.AppendAllText(_folder["in/0.jsonl"], "{\"text\":\"more\"}\n");
        var changed = await Assert.ThrowsAsync<InvalidDataException>(() => SharedRun.WorkAsync(_folder["run"], "judge-1", 0, 1, Options, TimeSpan.Zero, Token));
        Assert.Contains("0.jsonl is another file", changed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_waits_for_what_another_machine_wrote_to_show_up()
    {
        await BeginAsync();
        await StepAsync(RunStep.Of(3)[0], Options);
        var measured = SharedRun.WorkAsync(_folder["run"], "find-1", 0, 1, Options, SharedRun.Patience, Token);
        Assert.False(measured.IsCompleted);
        await StepAsync(RunStep.Of(3)[1], Options);
        Assert.Contains("found", await measured, StringComparison.Ordinal);
    }

    [Fact]
    public void Hours_in_which_several_processes_worked_count_once_on_the_clock()
    {
        static DateTime At(int hour) => new(2031, 1, 1, hour, 0, 0, DateTimeKind.Utc);
        Assert.Equal(TimeSpan.FromHours(7), UsageMeter.Covered([(At(8), At(9)), (At(1), At(5)), (At(2), At(3)), (At(4), At(7))]));
        Assert.Equal(TimeSpan.Zero, UsageMeter.Covered([]));
    }

    private async Task BeginAsync()
    {
        var (finished, held) = await SharedRun.BeginAsync(Recipe, _yaml, _folder["run"], Options, Token);
        held.Dispose();
        Assert.Null(finished);
    }

    private async Task StepAsync(RunStep step, RunOptions options)
    {
        var parts = step.IsSharded ? Parts : 1;
        await Task.WhenAll(Enumerable.Range(0, parts).Select(part => SharedRun.WorkAsync(_folder["run"], step.Name, part, parts, options, TimeSpan.Zero, Token)));
    }
}
