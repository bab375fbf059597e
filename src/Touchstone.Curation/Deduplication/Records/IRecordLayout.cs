namespace Touchstone.Curation.Deduplication.Records;

/// <summary>How records of one kind are ordered. Implemented by structures, so that sorting and merging are compiled for each.</summary>
internal interface IRecordLayout
{
    int RecordBytes { get; }

    /// <summary>The first 64 bits of the order: records with a smaller one come first.</summary>
    ulong Prefix(ReadOnlySpan<byte> record);

    /// <summary>The order of two records of one file, whole.</summary>
    int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);

    /// <summary>The order of two records of different files; 0 where the file that stands first goes first.</summary>
    int CompareAcrossFiles(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);
}
