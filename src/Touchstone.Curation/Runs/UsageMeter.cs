using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Touchstone.Files.Storage;

namespace Touchstone.Curation.Runs;

/// <summary>What a run took.</summary>
/// <param name="CoreSeconds">Processor time of all threads of all processes, those that were killed and those whose work did not count too.</param>
/// <param name="WallSeconds">Time on the clock in which any process worked.</param>
/// <param name="Joules">Energy of the processor packages meanwhile, the whole machine's and not a process' alone, so that several processes on one machine count it several times; null where the machine does not tell (Linux: powercap's intel-rapl).</param>
public sealed record RunUsage(double CoreSeconds, double WallSeconds, double? Joules);

/// <summary>Measures one process of a run and writes it down from time to time, so that what a killed one took is known up to then.</summary>
internal sealed class UsageMeter : IAsyncDisposable
{
    private const string PowerCap = "/sys/class/powercap";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly string _folder;
    private readonly string _file;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TimeSpan _processor = Processor();
    private readonly List<(string File, long Range)> _packages = [];
    private readonly List<long> _last = [];
    private readonly PeriodicTimer _timer = new(Interval);
    private readonly Task _saving;
    private double _joules;

    /// <summary>Times that the figures could not be written down.</summary>
    public int Unsaved { get; private set; }

    public UsageMeter(string workFolder)
    {
        _folder = Path.Combine(workFolder, "sessions");
        Directory.CreateDirectory(_folder);
        _file = Path.Combine(_folder, $"{Environment.MachineName}-{Guid.NewGuid():N}.json");
        foreach (var package in Directory.Exists(PowerCap) ? Directory.GetDirectories(PowerCap, "intel-rapl:?") : [])
        {
            var energy = Path.Combine(package, "energy_uj");
            if (!TryRead(energy, out var now) || !TryRead(Path.Combine(package, "max_energy_range_uj"), out var range)) continue;
            _packages.Add((energy, range));
            _last.Add(now);
        }

        _saving = SaveNowAndThenAsync();
    }

    /// <summary>Writes the last figures down, unless the run is over and its folder gone.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await SaveAsync();
    }

    /// <summary>All processes of the run together: their times add up, and hours in which several worked at once count once on the clock. This one is measured no further.</summary>
    public async Task<(RunUsage Sum, int Sessions)> TotalAsync()
    {
        await StopAsync();
        await SaveAsync();
        var (cores, joules) = (0.0, (double?)0);
        var spans = new List<(DateTime Begin, DateTime End)>();
        foreach (var file in Directory.GetFiles(_folder, "*.json"))
        {
            if (JsonSerializer.Deserialize<RunUsage>(await File.ReadAllBytesAsync(file), RunPlan.Json) is not { } session) continue;
            var end = File.GetLastWriteTimeUtc(file);               // by the clock of the file server, the same for all machines
            spans.Add((end - TimeSpan.FromSeconds(session.WallSeconds), end));
            cores += session.CoreSeconds;
            joules += session.Joules;
        }

        return (new(cores, Covered(spans).TotalSeconds, joules), spans.Count);
    }

    /// <summary>Time that some spans cover together.</summary>
    internal static TimeSpan Covered(List<(DateTime Begin, DateTime End)> spans)
    {
        spans.Sort();
        var (covered, until) = (TimeSpan.Zero, DateTime.MinValue);
        foreach (var (begin, end) in spans)
        {
            if (end <= until) continue;
            covered += end - (begin > until ? begin : until);
            until = end;
        }

        return covered;
    }

    private async Task SaveNowAndThenAsync()
    {
        while (await _timer.WaitForNextTickAsync()) await SaveAsync();
    }

    private async Task StopAsync()
    {
        _timer.Dispose();
        await _saving;
    }

    private RunUsage Now()
    {
        for (var p = 0; p < _packages.Count; p++)
        {
            if (!TryRead(_packages[p].File, out var now)) continue;
            var used = now - _last[p];
            _joules += (used < 0 ? used + _packages[p].Range : used) / 1e6;      // the counter begins anew every few hours
            _last[p] = now;
        }

        return new((Processor() - _processor).TotalSeconds, _clock.Elapsed.TotalSeconds, _packages.Count > 0 ? _joules : null);
    }

    /// <summary>Writes the figures down. Where that fails, or the run is over and its folder gone, nothing else is undone for it: the next time tells all of them again, and figures of what
    /// was used are not worth a run.</summary>
    private async Task SaveAsync()
    {
        try
        {
            if (Directory.Exists(_folder)) await DurableFile.WriteAsync(_file, JsonSerializer.SerializeToUtf8Bytes(Now(), RunPlan.Json));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Unsaved++;
        }
    }

    private static TimeSpan Processor()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static bool TryRead(string file, out long number)
    {
        number = 0;
        try
        {
            return File.Exists(file) && long.TryParse(File.ReadAllText(file), NumberStyles.None | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out number);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            return false;                                                        // most systems let only root read it
        }
    }
}
