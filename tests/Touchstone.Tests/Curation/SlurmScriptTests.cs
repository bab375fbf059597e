using Touchstone.Curation.Runs;
using Touchstone.Curation.Slurm;
using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Curation;

public sealed class SlurmScriptTests
{
    private static readonly SlurmSettings Settings = new() { Workers = 8, MemoryBytes = 4L << 30, Tasks = 16, Partition = "cpu", Time = "8:00:00", Account = "corpora", Extra = ["--qos=high"] };

    [Fact]
    public void A_script_says_what_it_asks_for_and_runs_one_command()
    {
        var script = SlurmScript.Of(Settings, new(RunStepKind.Judge, 0), 16, new SlurmPlaces("/data/100% text/run", "/home/me"), ["/opt/touchstone"]);
        Assert.Equal("""
            #!/bin/bash
            #SBATCH --job-name=touchstone-119a1387-judge-1
            #SBATCH --output="/data/100%% text/run/slurm/logs/judge-1-%A_%a.log"
            #SBATCH --open-mode=append
            #SBATCH --chdir="/home/me"
            #SBATCH --array=0-15
            #SBATCH --nodes=1
            #SBATCH --ntasks=1
            #SBATCH --cpus-per-task=8
            #SBATCH --mem=5120M
            #SBATCH --partition=cpu
            #SBATCH --time=8:00:00
            #SBATCH --account=corpora
            #SBATCH --requeue
            #SBATCH --qos=high

            # Step judge-1 of the run in /data/100% text/run: task T does the shards whose number divided by 16 leaves T, those that are done left out.
            /opt/touchstone curate work '/data/100% text/run' --step judge-1 --task "$SLURM_ARRAY_TASK_ID" --tasks 16 --workers 8 --memory 4096M

            """, script);
    }

    [Fact]
    public void A_step_of_one_part_is_no_array_and_memory_can_be_said_in_the_words_of_sbatch()
    {
        var script = SlurmScript.Of(Settings with { Extra = ["--mem-per-cpu=2G"] }, new(RunStepKind.Find, 0), 1, new SlurmPlaces("/run", "/"), ["/usr/bin/dotnet", "/opt/it's/touchstone.dll"]);
        Assert.DoesNotContain("--array", script, StringComparison.Ordinal);
        Assert.DoesNotContain("--mem=", script, StringComparison.Ordinal);
        Assert.Contains("--mem=", SlurmScript.Of(Settings with { Extra = ["--mem-bind=local"] }, new(RunStepKind.Find, 0), 1, new SlurmPlaces("/run", "/"), ["/touchstone"]), StringComparison.Ordinal);
        Assert.Contains("find-1-%j.log", script, StringComparison.Ordinal);
        Assert.EndsWith("/usr/bin/dotnet '/opt/it'\\''s/touchstone.dll' curate work /run --step find-1 --workers 8 --memory 4096M\n", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 5 }, "5")]
    [InlineData(new[] { 0, 1, 2, 3, 7, 9, 10 }, "0-3,7,9-10")]
    [InlineData(new int[0], "")]
    public void Numbers_of_tasks_are_told_as_ranges(int[] tasks, string ranges) => Assert.Equal(ranges, SlurmScript.Ranges(tasks));

    [Fact]
    public void Shards_share_tasks_where_there_are_more_of_them()
    {
        Assert.Equal((16, 3, 1), (Settings.TasksOf(new(RunStepKind.Judge, 1), 5000), Settings.TasksOf(new(RunStepKind.Measure, 0), 3), Settings.TasksOf(new(RunStepKind.Finish, 1), 5000)));
        Assert.Equal(1, Settings.TasksOf(new(RunStepKind.Judge, 0), 0));
    }

    [Fact]
    public async Task Settings_are_found_again_as_they_were_written()
    {
        using var folder = new TemporaryFolder();
        await Settings.SaveAsync(folder["settings.json"], TestContext.Current.CancellationToken);
        Assert.True(SlurmSettings.Load(folder["settings.json"])!.IsSameAs(Settings));
        Assert.False(Settings.IsSameAs(Settings with { Extra = [] }));
        Assert.False(Settings.IsSameAs(Settings with { Tasks = 17 }));
    }

    [Theory]
    [InlineData("--partition", "cpu\n#SBATCH --uid=0")]
    [InlineData("--time", "8:00 #")]
    [InlineData("--account", "a b")]
    [InlineData("--sbatch", "rm -rf")]
    [InlineData("--sbatch", "--qos=a\nrm")]
    public async Task What_would_become_another_line_of_a_script_is_refused(string option, string value)
    {
        using var folder = CorpusFolder.Make(documents: 10);
        await File.WriteAllTextAsync(folder["p.yaml"], CorpusFolder.Pipeline.Replace("\"corpus/", $"\"{folder["corpus"]}/", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync("curate", "run", folder["p.yaml"], "--out", folder["run"], "--on", "slurm", $"{option}={value}")).Refused(ExitCode.Misuse, option, "expected");
    }

    [Fact]
    public async Task Options_of_a_cluster_are_refused_where_there_is_none()
    {
        using var folder = CorpusFolder.Make(documents: 10);
        (await CommandRun.OfAsync("curate", "run", folder["pipeline.yaml"], "--tasks", "4")).Refused(ExitCode.Misuse, "--tasks is an option of --on slurm");
        (await CommandRun.OfAsync("curate", "run", folder["pipeline.yaml"], "--on", "pbs")).Expect(ExitCode.Misuse);
        (await CommandRun.OfAsync("curate", "work", folder.Path, "--step", "judge-1")).Refused(ExitCode.Failed, "there is no plan.json");
    }
}
