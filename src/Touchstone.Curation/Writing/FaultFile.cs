using System.Buffers;
using System.Globalization;
using Touchstone.Curation.Reading;

namespace Touchstone.Curation.Writing;

/// <summary>Faults of one file of several that are read at a time, written aside until all are put together in the order of the files.</summary>
/// <param name="scratch">Folder for what is written aside.</param>
/// <param name="number">Number of the file among all.</param>
internal sealed class FaultFile(string scratch, int number) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private FileStream? _file;

    public void Write(ReadFault fault)
    {
        _file ??= new(PathOf(scratch, number), FileMode.Create, FileAccess.Write, FileShare.None, 64 << 10);
        _line.ResetWrittenCount();
        FaultLines.Write(_line, fault);
        _file.Write(_line.WrittenSpan);
    }

    /// <summary>Puts the faults of all files into one; makes none where there are no faults.</summary>
    public static void Gather(string scratch, int files, string to)
    {
        FileStream? all = null;
        try
        {
            for (var f = 0; f < files; f++)
            {
                if (!File.Exists(PathOf(scratch, f))) continue;
                all ??= new(to, FileMode.Create, FileAccess.Write, FileShare.None, 64 << 10);
                using var part = File.OpenRead(PathOf(scratch, f));
                part.CopyTo(all);
            }

            all?.Flush(flushToDisk: true);
        }
        finally
        {
            all?.Dispose();
        }
    }

    public void Dispose() => _file?.Dispose();

    private static string PathOf(string scratch, int number) => Path.Combine(scratch, string.Create(CultureInfo.InvariantCulture, $"faults-{number:000000}.jsonl"));
}
