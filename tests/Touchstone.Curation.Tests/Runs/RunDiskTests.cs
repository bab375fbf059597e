using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Runs;
using Touchstone.Files.Storage;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Runs;

/// <summary>Disks that are full or may not be written.</summary>
public sealed class RunDiskTests : IDisposable
{
    private const string Steps = "[plain, minhash: { keep: first }, plain: { words_min: 6 }]", Sink = "{ jsonl: out/, compression: none }";
    private readonly TemporaryFolder _folder = new();

    public RunDiskTests() => RunBench.WriteCorpus(_folder["in"], files: 4, lines: 600);

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_stops_a_run_in_order_wherever_it_is_and_room_lets_it_go_on()
    {
        var pipeline = RunBench.Recipe(_folder["in"], Steps, Sink);
        await CurationRun.RunAsync(pipeline, _folder["whole"], RunBench.Options, Token);
        using var disk = SmallDisk.Mount(64 << 10, Assert.Skip);
        var stops = new HashSet<string>();
        RunManifest? manifest = null;
        for (var size = 64 << 10; manifest is null; size += size / 2)
        {
            Assert.True(size < 64 << 20);
            disk.Resize(size);
            try
            {
                manifest = await CurationRun.RunAsync(pipeline, disk["run"], RunBench.Options, Token);
            }
            catch (StorageFullException full)
            {
                Assert.Contains(disk.Path, full.Message, StringComparison.Ordinal);
                stops.Add(File.Exists(disk["run/plan.json"]) ? new RunObserver(disk["run"]).Look().Current!.Step.Name : "plan");
            }
        }

        Assert.True(stops.Count > 1, $"it stopped only at {string.Join(", ", stops)}");
        Assert.Equal(RunBench.Snapshot(_folder["whole"]), RunBench.Snapshot(disk["run"]));
    }

    [Fact]
    public async Task A_sink_on_another_disk_that_fills_up_loses_nothing()
    {
        await CurationRun.RunAsync(Recipe(_folder["whole-out"]), _folder["whole"], RunBench.Options, Token);
        using var disk = SmallDisk.Mount(48 << 10, Assert.Skip);
        Assert.True(Directory.GetFiles(_folder["whole-out"]).Sum(f => new FileInfo(f).Length) > 100 << 10);
        await Assert.ThrowsAsync<StorageFullException>(() => CurationRun.RunAsync(Recipe(disk["out"]), _folder["run"], RunBench.Options, Token));
        disk.Resize(16 << 20);
        await CurationRun.RunAsync(Recipe(disk["out"]), _folder["run"], RunBench.Options, Token);
        Assert.Equal(Outputs(_folder["whole-out"]), Outputs(disk["out"]));
        Assert.Equal(Outputs(_folder["whole"]), Outputs(_folder["run"]));
    }

    [Fact]
    public async Task An_output_that_may_not_be_written_stops_the_run_and_nothing_of_it_is_lost()
    {
        using var disk = SmallDisk.Mount(16 << 20, Assert.Skip);
        var pipeline = Recipe(disk["out"]);
        await CurationRun.RunAsync(Recipe(_folder["whole-out"]), _folder["whole"], RunBench.Options, Token);
        disk.SetReadOnly(true);
        var refused = await Assert.ThrowsAsync<IOException>(() => CurationRun.RunAsync(pipeline, _folder["run"], RunBench.Options, Token));
        Assert.Contains(disk.Path, refused.Message, StringComparison.Ordinal);
        disk.SetReadOnly(false);
        var judged = 0;
        await Assert.ThrowsAsync<InvalidOperationException>(() => CurationRun.RunAsync(pipeline, _folder["run"], RunBench.Options with { OnStep = s => { if (s == "published" && Interlocked.Increment(ref judged) == 3) throw new InvalidOperationException("power cut"); } }, Token));
        disk.SetReadOnly(true);
        await Assert.ThrowsAnyAsync<IOException>(() => CurationRun.RunAsync(pipeline, _folder["run"], RunBench.Options, Token));
        disk.SetReadOnly(false);
        await CurationRun.RunAsync(pipeline, _folder["run"], RunBench.Options, Token);
        Assert.Equal(Outputs(_folder["whole-out"]), Outputs(disk["out"]));
    }

    private Pipeline Recipe(string sink) => RunBench.Recipe(_folder["in"], "[plain]", $"{{ jsonl: {sink}, compression: none }}");

    private static SortedDictionary<string, string> Outputs(string folder)
    {
        var files = RunBench.Snapshot(folder);
        foreach (var other in (string[])[".touchstone-run", "plan.json"]) files.Remove(other);       // they name the folder
        return files;
    }
}
