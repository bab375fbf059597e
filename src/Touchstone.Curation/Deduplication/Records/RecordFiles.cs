using Touchstone.Files.Storage;

namespace Touchstone.Curation.Deduplication.Records;

/// <summary>Whole files of records: written aside and renamed, or found again.</summary>
internal static class RecordFiles
{
    /// <summary>Writes a file in one go; it appears whole or not at all.</summary>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    public static Task WriteAsync(string path, int recordBytes, ulong fingerprint, ulong sources, ulong note, Action<RecordFileWriter> write, CancellationToken cancellationToken) =>
        DurableFile.WriteAsync(path, stream =>
        {
            var file = new RecordFileWriter(stream, recordBytes, fingerprint, sources, note);
            write(file);
            file.Complete();
            return Task.CompletedTask;
        }, cancellationToken);

    /// <summary>What a file says of itself; null where it is missing, cut short or of other records, so that it is to be made (again).</summary>
    public static RecordFileInfo? Find(string path, int recordBytes, ulong fingerprint)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var file = new RecordFileReader(path, recordBytes, 0);
            return file.Info.Fingerprint == fingerprint ? file.Info : null;
        }
        catch (RecordFileException)
        {
            return null;
        }
    }

    /// <summary>What a file says of itself.</summary>
    /// <exception cref="RecordFileException">It is missing, broken, or made with other parameters.</exception>
    public static RecordFileInfo Expect(string path, int recordBytes, ulong fingerprint)
    {
        using var file = new RecordFileReader(path, recordBytes, 0);
        return file.Info.Fingerprint == fingerprint ? file.Info
            : throw new RecordFileException($"{path} was made with other parameters than those at hand. Delete the folder, or run with the parameters of before.");
    }

    /// <summary>One digest for some files, in their order: changes when any of them does.</summary>
    public static ulong DigestOf(IEnumerable<RecordFileInfo> files)
    {
        var digest = 1UL;
        foreach (var file in files) digest = RecordDigest.Add(RecordDigest.Add(digest, file.Digest), (ulong)file.Records);
        return digest;
    }
}
