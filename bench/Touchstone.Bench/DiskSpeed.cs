using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Touchstone.Bench;

/// <summary>How fast the disk itself is written and read in order.</summary>
internal static class DiskSpeed
{
    private const int DontNeed = 4; // POSIX_FADV_DONTNEED

    /// <summary>Writes a file, flushes it, and reads it from the disk.</summary>
    /// <returns>MB/s written to the disk, and read from it past the system's cache where that can be asked for (Linux).</returns>
    public static (double Write, double Read) Measure(string folder, long bytes)
    {
        var path = Path.Combine(folder, "speed");
        var buffer = new byte[4 << 20];
        new Random(1).NextBytes(buffer);
        var start = Stopwatch.GetTimestamp();
        using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            for (var written = 0L; written < bytes; written += buffer.Length) file.Write(buffer);
            file.Flush(flushToDisk: true);
        }

        var write = bytes / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds;
        Forget(path);
        start = Stopwatch.GetTimestamp();
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan))
            while (file.Read(buffer) > 0) GC.KeepAlive(buffer);
        var read = bytes / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds;
        File.Delete(path);
        return (write, read);
    }

    /// <summary>Asks the system to drop a file from its cache.</summary>
    public static void Forget(string path)
    {
        if (!OperatingSystem.IsLinux()) return;
        using var file = File.OpenHandle(path);
        _ = Advise((int)file.DangerousGetHandle(), 0, 0, DontNeed);
    }

    [DllImport("libc", EntryPoint = "posix_fadvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(int file, long offset, long length, int advice);
}
