using System.Buffers.Binary;

namespace Touchstone.Curation.Deduplication.Records;

/// <summary>The counts of a finished search: the file that is written last, so that what it says of the others holds.</summary>
internal static class SummaryFile
{
    private const int RecordBytes = 40;

    /// <summary>The counts, where the search was done with the same files and all that it wrote is there.</summary>
    public static DeduplicationSummary? Find(CorpusDeduplication deduplication, DeduplicationFolder folder, ulong sources, IEnumerable<(string Path, int RecordBytes)> written)
    {
        var path = folder.File("summary");
        if (RecordFiles.Find(path, RecordBytes, deduplication.Fingerprint)?.Sources != sources) return null;
        foreach (var file in written)
            if (RecordFiles.Find(file.Path, file.RecordBytes, deduplication.Fingerprint)?.Sources != sources) return null;
        using var summary = new RecordFileReader(path, RecordBytes, 0);
        return summary.MoveNext() ? Read(summary.Current) : null;
    }

    public static Task WriteAsync(CorpusDeduplication deduplication, DeduplicationFolder folder, ulong sources, DeduplicationSummary summary, CancellationToken cancellationToken) =>
        RecordFiles.WriteAsync(folder.File("summary"), RecordBytes, deduplication.Fingerprint, sources, note: 0, file => Write(file.Next(), summary), cancellationToken);

    private static void Write(Span<byte> record, DeduplicationSummary summary)
    {
        BinaryPrimitives.WriteInt64LittleEndian(record, summary.Documents);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], summary.Pairs);
        BinaryPrimitives.WriteInt64LittleEndian(record[16..], summary.Clusters);
        BinaryPrimitives.WriteInt64LittleEndian(record[24..], summary.Duplicates);
        BinaryPrimitives.WriteInt64LittleEndian(record[32..], summary.Removed);
    }

    private static DeduplicationSummary Read(ReadOnlySpan<byte> record) => new(
        BinaryPrimitives.ReadInt64LittleEndian(record), BinaryPrimitives.ReadInt64LittleEndian(record[8..]), BinaryPrimitives.ReadInt64LittleEndian(record[16..]),
        BinaryPrimitives.ReadInt64LittleEndian(record[24..]), BinaryPrimitives.ReadInt64LittleEndian(record[32..]));
}
