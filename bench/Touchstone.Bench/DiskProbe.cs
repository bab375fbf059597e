using System.Diagnostics;

namespace Touchstone.Bench;

/// <summary>What the disk itself takes for a durable write of one page: the floor under any durable commit.</summary>
internal static class DiskProbe
{
    public static Latencies Fsync(string folder, int writes = 500)
    {
        var path = Path.Combine(folder, $"fsync-{Guid.NewGuid():n}");
        var latencies = new Latencies();
        var page = new byte[4096];
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            for (var i = 0; i < writes; i++)
            {
                file.Write(page);
                var started = Stopwatch.GetTimestamp();
                file.Flush(flushToDisk: true);
                latencies.Add(Stopwatch.GetElapsedTime(started));
            }
        }
        finally
        {
            File.Delete(path);
        }

        return latencies;
    }
}
