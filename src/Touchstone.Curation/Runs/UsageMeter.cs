using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Touchstone.Files.Storage;

namespace Touchstone.Curation.Runs;

/// <summary>What a run took.</summary>
/// <param name="CoreSeconds">Processor time of all threads.</param>
/// <param name="WallSeconds">Time on the clock.</param>
/// <param name="Joules">Energy of the processor packages meanwhile, the whole machine's and not this process' alone; null where the machine does not tell (Linux: powercap's intel-rapl).</param>
public sealed record RunUsage(double CoreSeconds, double WallSeconds, double? Joules);

/// <summary>Measures one session of a run and writes it down from time to time, so that what a killed one took is known up to then.</summary>
internal sealed class UsageMeter
{
    private const string PowerCap = "/sys/class/powercap";
    private readonly string _folder;
    private readonly string _file;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TimeSpan _processor = Processor();
    private readonly List<(string File, long Range)> _packages = [];
    private readonly List<long> _last = [];
    private double _joules;

    public UsageMeter(string workFolder)
    {
        _folder = Path.Combine(workFolder, "sessions");
        Directory.CreateDirectory(_folder);
        _file = Path.Combine(_folder, $"{Directory.GetFiles(_folder, "*.json").Length:00000}.json");
        foreach (var package in Directory.Exists(PowerCap) ? Directory.GetDirectories(PowerCap, "intel-rapl:?") : [])
        {
            var energy = Path.Combine(package, "energy_uj");
            if (!TryRead(energy, out var now) || !TryRead(Path.Combine(package, "max_energy_range_uj"), out var range)) continue;
            _packages.Add((energy, range));
            _last.Add(now);
        }
    }

    /// <summary>This session's use so far.</summary>
    public RunUsage Now()
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

    public Task SaveAsync(CancellationToken cancellationToken) => DurableFile.WriteAsync(_file, JsonSerializer.SerializeToUtf8Bytes(Now(), RunPlan.Json), cancellationToken);

    /// <summary>All sessions of the run together.</summary>
    public (RunUsage Sum, int Sessions) Total()
    {
        var sum = Now();
        var sessions = 1;
        foreach (var file in Directory.GetFiles(_folder, "*.json"))
        {
            if (file == _file || JsonSerializer.Deserialize<RunUsage>(File.ReadAllBytes(file), RunPlan.Json) is not { } session) continue;
            sessions++;
            sum = new(sum.CoreSeconds + session.CoreSeconds, sum.WallSeconds + session.WallSeconds, sum.Joules + session.Joules);
        }

        return (sum, sessions);
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
