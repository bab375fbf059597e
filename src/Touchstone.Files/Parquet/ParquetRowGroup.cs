namespace Touchstone.Files.Parquet;

/// <summary>Some rows of a file that lie together, column by column.</summary>
/// <param name="RowCount">Rows.</param>
/// <param name="Chunks">A chunk for each column of the schema, in its order.</param>
public sealed record ParquetRowGroup(long RowCount, IReadOnlyList<ParquetChunk> Chunks);

/// <summary>The values of one column in one row group, as the footer tells of them.</summary>
public sealed record ParquetChunk
{
    /// <summary>The column.</summary>
    public required ParquetColumn Column { get; init; }

    /// <summary>How its pages are compressed.</summary>
    public ParquetCompression Compression { get; init; }

    /// <summary>Entries: values, nulls and empty lists.</summary>
    public long EntryCount { get; init; }

    /// <summary>Bytes in the file, page headers counted too.</summary>
    public long CompressedBytes { get; init; }

    /// <summary>Bytes before compression, page headers counted too.</summary>
    public long UncompressedBytes { get; init; }

    /// <summary>What the writer tells of the values.</summary>
    public ParquetStatistics Statistics { get; init; } = new(null, null, null);

    /// <summary>Where the first page's header begins, in bytes from the file's start.</summary>
    internal long Offset { get; init; }

    /// <summary>Where the first page of data begins, as the format wants it beside that of the dictionary.</summary>
    internal long DataOffset { get; init; }

    internal bool HasDictionary { get; init; }
}

/// <summary>What a writer tells of a chunk's values; null where it does not.</summary>
/// <param name="Min">A value that none is below, encoded as the column's values are.</param>
/// <param name="Max">A value that none is above.</param>
/// <param name="NullCount">Entries that are null, or lists that are null or empty.</param>
/// <remarks>Order is that of the type: numbers by size, text and bytes by unsigned bytes. NaN is neither the least nor the greatest.</remarks>
public sealed record ParquetStatistics(ReadOnlyMemory<byte>? Min, ReadOnlyMemory<byte>? Max, long? NullCount);
