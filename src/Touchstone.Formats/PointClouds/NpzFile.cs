using System.IO.Compression;

namespace Touchstone.Formats.PointClouds;

/// <summary>Reads and writes NPZ files: zip archives of NPY files.</summary>
/// <remarks>
/// <c>numpy.savez</c> and <c>numpy.savez_compressed</c>. Entries that are no NPY files are passed over. What all entries unpack to is limited together, so that neither an entry that expands a thousandfold nor many that lie over
/// one another take memory. Nothing is written to a path that an archive names.
/// </remarks>
public static class NpzFile
{
    /// <summary>Most entries of an archive.</summary>
    public const int EntriesMax = 1_000;

    private const string Ending = ".npy";

    /// <summary>The one timestamp of entries: archives of the same arrays are the same bytes.</summary>
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads the arrays of an archive.</summary>
    /// <param name="stream">The archive; it must be one that can seek, as a zip's list of entries stands at its end.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <param name="only">The names of the arrays that are wanted, without <c>.npy</c>; all where null.</param>
    /// <param name="limits">How much memory it may take.</param>
    /// <exception cref="FileFormatFaultException">The file is no zip archive, is damaged, two entries have one name, or an entry cannot be read (<see cref="NpyFile.Read"/>).</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(Stream stream, string fileName = "arrays.npz", IReadOnlyCollection<string>? only = null, PointCloudLimits? limits = null)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(stream.CanSeek, false, nameof(stream));
        limits ??= PointCloudLimits.Default;
        Dictionary<string, NpyArray> arrays = new(StringComparer.Ordinal);
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > EntriesMax) throw new FileFormatFaultException($"{fileName}: {archive.Entries.Count} entries; at most {EntriesMax} are read.");
            var left = limits.Unpacked(stream.Length);
            foreach (var entry in archive.Entries)
            {
                if (!entry.FullName.EndsWith(Ending, StringComparison.Ordinal)) continue;
                var name = entry.FullName[..^Ending.Length];
                if (only is not null && !only.Contains(name)) continue;
                if (arrays.ContainsKey(name)) throw new FileFormatFaultException($"{fileName}: two entries are called \"{entry.FullName}\".");
                if (entry.Length > left + NpyHeader.LengthMax + 12) throw new FileFormatFaultException($"{fileName}: the entry \"{entry.FullName}\" is said to unpack to {entry.Length} bytes; {left} are read of this archive.");
                using var file = entry.Open();
                var array = NpyFile.Read(file, $"{fileName}: {entry.FullName}", limits with { BytesMax = left });
                arrays.Add(name, array);
                left -= (long)array.Values.Length * array.Values.ValueBytes;
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new FileFormatFaultException($"{fileName}: this is no zip archive, or a damaged one ({fault.Message.TrimEnd('.')}).", fault);
        }

        return arrays;
    }

    /// <summary>Writes arrays by name.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="arrays">The arrays with their names, without <c>.npy</c>.</param>
    /// <param name="isCompressed">Whether they are packed, as <c>savez_compressed</c> does.</param>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, NpyArray>> arrays, bool isCompressed = true)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, array) in arrays)
        {
            var entry = archive.CreateEntry(name + Ending, isCompressed ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
            entry.LastWriteTime = Epoch;
            using var file = entry.Open();
            NpyFile.Write(file, array);
        }
    }
}
