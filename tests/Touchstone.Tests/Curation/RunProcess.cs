using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Touchstone.Tests.Curation;

/// <summary>The real program that runs a pipeline, in a process of its own.</summary>
internal sealed class RunProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly Process _process;
    private readonly Task<string> _output, _error;

    private RunProcess(Process process) => (_process, _output, _error) = (process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

    public bool HasExited => _process.HasExited;

    /// <summary>The most memory that it held so far, by Linux' count; 0 where it ended meanwhile.</summary>
    public double PeakMegabytes()
    {
        try
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Starts <c>touchstone curate run pipeline.yaml</c> in a folder.</summary>
    public static RunProcess Start(string folder, string run, params string[] more) => Start(folder, run, heapMegabytes: null, more);

    /// <summary>Starts it with a garbage-collected heap that cannot grow beyond a size; the program fails where it needs more.</summary>
    public static RunProcess Start(string folder, string run, int? heapMegabytes, string[] more)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "touchstone.dll"), "curate", "run", "pipeline.yaml", "--out", run, .. more])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (heapMegabytes is { } most) start.Environment["DOTNET_GCHeapHardLimit"] = string.Create(CultureInfo.InvariantCulture, $"0x{most * 1_000_000L:x}");
        return new(Process.Start(start)!);
    }

    /// <summary>Ends it as the kernel does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits for its own end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return (_process.ExitCode, await _output, await _error);
    }

    /// <summary>Waits for its own end, which must be a good one.</summary>
    /// <returns>What it said on standard error.</returns>
    public async Task<string> SucceedAsync()
    {
        var (exit, output, error) = await EndAsync();
        Assert.True(exit == 0, $"ended with {exit}\n{output}\n{error}");
        return error;
    }

    /// <summary>Digests of all files that a run's user sees, but for the manifest, which tells times, and for the scripts and logs of jobs.</summary>
    public static SortedDictionary<string, string> Snapshot(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, file);
            if (name != "manifest.json" && !name.StartsWith("slurm/", StringComparison.Ordinal)) files[name] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return files;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
