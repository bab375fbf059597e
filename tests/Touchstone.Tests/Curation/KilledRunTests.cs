using System.Diagnostics;
using System.Security.Cryptography;

namespace Touchstone.Tests.Curation;

/// <summary>The real program, killed by the kernel while it works.</summary>
public sealed class KilledRunTests
{
    private const int Kills = 8;

    [Fact]
    public async Task A_run_that_is_killed_again_and_again_ends_with_the_same_bytes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are killed by signal.");
        using var folder = CorpusFolder.Make(documents: 40_000);
        await File.WriteAllTextAsync(folder["pipeline.yaml"], CorpusFolder.Pipeline.Replace("shard: 1MB", "shard: 100KB", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        using (var whole = Start(folder.Path, "whole")) await EndAsync(whole);
        var random = new Random(20261123);
        var killed = 0;
        while (killed < Kills && !File.Exists(folder["run/manifest.json"]))
        {
            using var run = Start(folder.Path, "run");
            await Task.Delay(random.Next(150, 800), TestContext.Current.CancellationToken);
            run.Kill();
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
            killed++;
        }

        using (var last = Start(folder.Path, "run")) await EndAsync(last);
        Assert.True(killed >= 3, $"{killed} kills");
        Assert.Equal(Snapshot(folder["whole"]), Snapshot(folder["run"]));
        Assert.NotEmpty(Snapshot(folder["run"]));
    }

    private static Process Start(string folder, string run) =>
        Process.Start(new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "touchstone.dll"), "curate", "run", "pipeline.yaml", "--out", run, "--workers", "2"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static async Task EndAsync(Process process)
    {
        var said = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await said);
    }

    private static SortedDictionary<string, string> Snapshot(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            if (Path.GetFileName(file) != "manifest.json") files[Path.GetRelativePath(folder, file)] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        return files;
    }
}
