using System.Diagnostics;
using System.Globalization;

namespace Touchstone.Bench;

/// <summary>The most memory that the process held at once.</summary>
internal static class PeakMemory
{
    /// <summary>Forgets the peak so far where the system can (Linux); elsewhere peaks are of the whole run.</summary>
    public static void Reset()
    {
        if (OperatingSystem.IsLinux()) File.WriteAllText("/proc/self/clear_refs", "5");
    }

    public static double Megabytes()
    {
        if (!OperatingSystem.IsLinux()) return Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
