using System.Globalization;
using Touchstone.Curation.Runs;
using Touchstone.Testing;

[assembly: AssemblyFixture(typeof(SlurmCluster))]

namespace Touchstone.Tests.Curation;

/// <summary>The real program, killed by the kernel while it works. TOUCHSTONE_KILL_ROUNDS says how often, TOUCHSTONE_SEED when.</summary>
[Collection("Slurm")]
public sealed class KilledRunTests(SlurmCluster slurm)
{
    private const int LocalKills = 8, SlurmKills = 5, SlurmShards = 12;
    private static readonly int Seed = Setting("TOUCHSTONE_SEED") ?? 20261123;

    [Fact]
    public async Task A_run_that_is_killed_again_and_again_ends_with_the_same_bytes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are killed by signal.");
        using var folder = await FolderAsync(files: 1);
        using (var whole = RunProcess.Start(folder.Path, "whole", "--workers", "2")) await whole.SucceedAsync();
        var (random, kills, rounds) = (new Random(Seed), 0, Setting("TOUCHSTONE_KILL_ROUNDS") ?? LocalKills);
        for (var runs = 0; kills < rounds; runs++)
        {
            var run = string.Create(CultureInfo.InvariantCulture, $"run-{runs}");
            while (kills < rounds && !File.Exists(folder[$"{run}/manifest.json"]))
            {
                using var process = RunProcess.Start(folder.Path, run, "--workers", "2");
                await Task.Delay(random.Next(150, 800), TestContext.Current.CancellationToken);
                if (!process.HasExited) kills++;
                await process.KillAsync();
            }

            using (var last = RunProcess.Start(folder.Path, run, "--workers", "2")) await last.SucceedAsync();
            AssertSame(folder, run);
        }
    }

    [Fact]
    public async Task A_run_on_Slurm_whose_processes_are_killed_again_and_again_ends_with_the_same_bytes()
    {
        await slurm.StartAsync(Assert.Skip);
        using var folder = await FolderAsync(SlurmShards);
        string[] shards = ["--shard-size", "1K"], how = [.. shards, "--on", "slurm", "--workers", "1", "--memory", "128M", "--sbatch=--no-requeue"];
        using (var whole = RunProcess.Start(folder.Path, "whole", shards)) await whole.SucceedAsync();
        var (random, kills, rounds) = (new Random(Seed), 0, Setting("TOUCHSTONE_KILL_ROUNDS") ?? SlurmKills);
        for (var runs = 0; kills < rounds; runs++)
        {
            var run = string.Create(CultureInfo.InvariantCulture, $"run-{runs}");
            var leader = RunProcess.Start(folder.Path, run, how);
            try
            {
                while (kills < rounds && !File.Exists(folder[$"{run}/manifest.json"]))
                {
                    await Task.Delay(random.Next(100, 2500), TestContext.Current.CancellationToken);
                    if (random.Next(4) == 0 && !leader.HasExited)
                    {
                        await leader.KillAsync();
                        kills++;
                    }
                    else if (SlurmCluster.Nodes.SelectMany(n => slurm.JobsOn(n, folder[run])).ToList() is { Count: > 0 } jobs)
                    {
                        SlurmCluster.Kill(jobs[random.Next(jobs.Count)]);
                        kills++;
                    }

                    // It also gives up where too many tries in a row were killed.
                    if (!leader.HasExited) continue;
                    leader.Dispose();
                    leader = RunProcess.Start(folder.Path, run, how);
                }

                await leader.EndAsync();
            }
            finally
            {
                leader.Dispose();
            }

            using (var last = RunProcess.Start(folder.Path, run, how)) await last.SucceedAsync();
            AssertSame(folder, run);
        }
    }

    private static async Task<TemporaryFolder> FolderAsync(int files)
    {
        var folder = CorpusFolder.Make(documents: 40_000, files);
        await File.WriteAllTextAsync(folder["pipeline.yaml"], CorpusFolder.Pipeline.Replace("shard: 1MB", "shard: 100KB", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        return folder;
    }

    private static void AssertSame(TemporaryFolder folder, string run)
    {
        var whole = RunProcess.Snapshot(folder["whole"]);
        Assert.NotEmpty(whole);
        Assert.Equal(whole, RunProcess.Snapshot(folder[run]));
        Assert.Equal(RunManifest.Load(folder["whole"]).Outputs, RunManifest.Load(folder[run]).Outputs);
        Assert.Empty(Directory.GetDirectories(folder[run], "work*"));
    }

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
