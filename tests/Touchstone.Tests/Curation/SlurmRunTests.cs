using System.Globalization;
using System.IO.Compression;
using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Runs;
using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Curation;

/// <summary>Runs on a real Slurm cluster of two nodes on this host; one test at a time, for some of them kill a node.</summary>
[Collection("Slurm")]
public sealed class SlurmRunTests(SlurmCluster slurm)
{
    private const int Files = 12;
    private static readonly string[] Shards = ["--shard-size", "256K"];
    private static readonly string[] OnSlurm = [.. Shards, "--on", "slurm", "--workers", "1", "--memory", "128M"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_ends_with_the_same_bytes_when_a_node_dies_under_it()
    {
        await slurm.StartAsync(Assert.Skip);
        using var folder = await EnglishAsync();
        using (var whole = RunProcess.Start(folder.Path, "whole", Shards)) await whole.SucceedAsync();
        using var run = RunProcess.Start(folder.Path, "run", [.. OnSlurm, "--sbatch=--no-requeue"]);
        while (!WorksOn("n1", folder["run/work/stage-0"]))
        {
            Assert.False(run.HasExited);
            await Task.Delay(20, Token);
        }

        Assert.True(await slurm.KillAsync("n1") > 0);
        await slurm.RestartAsync("n1");
        var said = await run.SucceedAsync();
        Assert.Contains("ended without being done", said, StringComparison.Ordinal);
        Assert.Equal(RunProcess.Snapshot(folder["whole"]), RunProcess.Snapshot(folder["run"]));
        var (local, shared) = (RunManifest.Load(folder["whole"]), RunManifest.Load(folder["run"]));
        Assert.Equal((local.Read.Documents, local.Kept.Documents, Found(local)), (shared.Read.Documents, shared.Kept.Documents, Found(shared)));
        Assert.True(local.Kept.Documents > 0 && Found(local).Removed > 0);
        Assert.True(shared.Sessions > 4 && shared.Usage.CoreSeconds > 0);
        // A dozen shards in no more tasks than the cluster's arrays may have.
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"--array=0-{SlurmCluster.ArraySizeMax - 1}\n"), await File.ReadAllTextAsync(folder["run/slurm/judge-1.sbatch"], Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_go_on_without_a_watcher_and_a_later_call_takes_them_up()
    {
        await slurm.StartAsync(Assert.Skip);
        using var folder = CorpusFolder.Make(documents: 2000, files: 6);
        using (var whole = RunProcess.Start(folder.Path, "whole", "--shard-size", "1K")) await whole.SucceedAsync();
        string[] how = ["--shard-size", "1K", "--on", "slurm", "--workers", "1", "--memory", "128M"];
        using (var submitted = RunProcess.Start(folder.Path, "run", [.. how, "--tasks", "3", "--no-wait"]))
            Assert.Matches("scancel( [0-9]+){5}", await submitted.SucceedAsync());
        var status = (await CommandRun.OfAsync("curate", "stats", folder["run"], "--json")).Expect(ExitCode.Done).Json;
        Assert.Equal(["judge-1", "measure-1", "find-1", "judge-2", "finish"], status["steps"]!.AsArray().Select(s => s!["step"]!.GetValue<string>()));
        Assert.Contains("not finished", (await CommandRun.OfAsync("curate", "stats", folder["run"])).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        using (var watched = RunProcess.Start(folder.Path, "run", [.. how, "--tasks", "2"]))
        {
            var said = await watched.SucceedAsync();
            Assert.Contains("in the queue with other options (3 tasks", said, StringComparison.Ordinal);
            Assert.False(said.Contains("submitted", StringComparison.Ordinal), said);
        }

        Assert.Equal(RunProcess.Snapshot(folder["whole"]), RunProcess.Snapshot(folder["run"]));
        Assert.Contains("nothing was done", await Run(folder, how), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_that_was_broken_off_while_it_was_submitted_is_completed()
    {
        await slurm.StartAsync(Assert.Skip);
        using var folder = CorpusFolder.Make(documents: 500);
        string[] how = ["--on", "slurm", "--workers", "1", "--memory", "128M", "--sbatch=--begin=now+1hour", "--no-wait"];
        var jobs = JobsOf(await Run(folder, how));
        Assert.Equal(5, jobs.Length);
        await SlurmCluster.OutputAsync("scancel", jobs[2..]);
        var completed = JobsOf(await Run(folder, how));
        Assert.Equal(jobs[..2], completed[..2]);
        Assert.Equal(5, completed.Length);
        Assert.Equal(completed, JobsOf(await Run(folder, how)));
        await SlurmCluster.OutputAsync("scancel", completed);

        static string[] JobsOf(string said) => said[(said.LastIndexOf("scancel ", StringComparison.Ordinal) + 8)..].Split(['.', '\n'])[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_watching_and_says_how_to_cancel_the_jobs()
    {
        await slurm.StartAsync(Assert.Skip);
        using var folder = CorpusFolder.Make(documents: 500);
        using var run = Processes.TouchstoneProcess.Begin(["curate", "run", await PipelineAsync(folder), "--out", folder["run"], "--on", "slurm", "--workers", "1", "--memory", "128M", "--sbatch=--begin=now+1hour"]);
        while (!run.Said.Contains("submitted", StringComparison.Ordinal))
        {
            Assert.False(run.HasExited, run.Said);
            await Task.Delay(50, Token);
        }

        Assert.Equal(ExitCode.Interrupted, await run.InterruptAsync());
        var command = run.Said[run.Said.IndexOf("scancel ", StringComparison.Ordinal)..].Split('.')[0].Split(' ');
        Assert.Equal(6, command.Length);
        Assert.Equal(5, (await SlurmCluster.OutputAsync("squeue", "--noheader", $"--jobs={string.Join(',', command[1..])}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        await SlurmCluster.OutputAsync(command[0], command[1..]);
    }

    [Fact]
    public async Task Jobs_that_fail_again_and_again_are_told_with_what_their_logs_say()
    {
        await slurm.StartAsync(Assert.Skip);
        using var folder = CorpusFolder.Make(documents: 500, files: 2);
        using var run = RunProcess.Start(folder.Path, "run", "--shard-size", "1K", "--on", "slurm", "--workers", "1", "--memory", "128M", "--sbatch=--export=ALL,DOTNET_STARTUP_HOOKS=/missing-hook.dll");
        var (exit, _, error) = await run.EndAsync();
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains("judge-1: 2 shards left, and 3 tries in a row made nothing of it safe", error, StringComparison.Ordinal);
        Assert.Contains("missing-hook.dll", error, StringComparison.Ordinal);
        Assert.Contains(folder["run/slurm/logs/judge-1-"], error, StringComparison.Ordinal);
        using var mended = RunProcess.Start(folder.Path, "run", "--on", "slurm", "--workers", "1", "--memory", "128M");
        await mended.SucceedAsync();
    }

    [Fact]
    public async Task What_Slurm_refuses_is_told_in_its_own_words()
    {
        await slurm.StartAsync(Assert.Skip);
        using var folder = CorpusFolder.Make();
        (await CommandRun.OfAsync("curate", "run", await PipelineAsync(folder), "--out", folder["run"], "--on", "slurm", "--workers", "2", "--partition", "gpu")).Refused(ExitCode.Failed, "sbatch failed", "invalid partition");
    }

    /// <summary>Whether a process on a node has begun with a shard: attempts name the process that makes them.</summary>
    private bool WorksOn(string node, string stage)
    {
        if (!Directory.Exists(stage)) return false;
        var jobs = slurm.JobsOn(node, Path.GetDirectoryName(Path.GetDirectoryName(stage))).Select(p => string.Create(CultureInfo.InvariantCulture, $" {p}")).ToList();
        return Directory.EnumerateFiles(stage, "*.claim", SearchOption.AllDirectories).Select(File.ReadAllText).Any(claim => jobs.Any(j => claim.EndsWith(j, StringComparison.Ordinal)));
    }

    private static DeduplicationSummary Found(RunManifest manifest) => manifest.Steps.Select(s => s.Found).OfType<DeduplicationSummary>().Single();

    private static async Task<string> Run(TemporaryFolder folder, string[] how)
    {
        using var run = RunProcess.Start(folder.Path, "run", how);
        return await run.SucceedAsync();
    }

    private static async Task<string> PipelineAsync(TemporaryFolder folder)
    {
        await File.WriteAllTextAsync(folder["pipeline.yaml"], CorpusFolder.Pipeline.Replace("\"corpus/", $"\"{folder["corpus"]}/", StringComparison.Ordinal), Token);
        return folder["pipeline.yaml"];
    }

    /// <summary>Real English, in a dozen files, through a deduplication.</summary>
    private static async Task<TemporaryFolder> EnglishAsync()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["corpus"]);
        var writers = Enumerable.Range(0, Files).Select(f => new StreamWriter(new GZipStream(File.Create(folder[string.Create(CultureInfo.InvariantCulture, $"corpus/{f:00}.jsonl.gz")]), CompressionLevel.Fastest))).ToList();
        using (var lines = new StreamReader(new GZipStream(File.OpenRead(TestData.Find(Assert.Skip, "text", "en.jsonl.gz")), CompressionMode.Decompress)))
            for (var n = 0; await lines.ReadLineAsync(Token) is { } line; n++) await writers[n % Files].WriteAsync(line + "\n");
        writers.ForEach(w => w.Dispose());
        await File.WriteAllTextAsync(folder["pipeline.yaml"], """
            source: { jsonl: "corpus/*.jsonl.gz" }
            steps: [gopher_quality, fineweb, minhash, redact]
            sink: { jsonl: out/, compression: zstd, shard: 1MB }
            dropped: { jsonl: dropped/ }
            """, Token);
        return folder;
    }
}
