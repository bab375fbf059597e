namespace Touchstone.Files.Parquet;

/// <summary>How a file is written.</summary>
public sealed record ParquetWriterOptions
{
    /// <summary>The defaults.</summary>
    public static readonly ParquetWriterOptions Default = new();

    /// <summary>How pages are compressed: Snappy unless another is asked for, since every reader knows it. Brotli and LZ4 are not written.</summary>
    public ParquetCompression Compression { get; init; } = ParquetCompression.Snappy;

    /// <summary>Level of Zstandard, 1 to 22.</summary>
    public int ZstdLevel { get; init; } = Touchstone.Files.Compression.Zstd.DefaultLevel;

    /// <summary>Most rows of a row group, at least 1.</summary>
    public int RowGroupRowsMax { get; init; } = 1 << 20;

    /// <summary>A row group ends with the row that reaches so many bytes in memory; this bounds what the writer holds.</summary>
    public long RowGroupBytesMax { get; init; } = 64 << 20;

    /// <summary>A page ends with the row that reaches so many bytes of encoded values.</summary>
    public int PageBytes { get; init; } = 1 << 20;

    /// <summary>Values that repeat are written once, and their places in that dictionary instead, where this makes a chunk smaller.</summary>
    public bool UseDictionaries { get; init; } = true;

    /// <summary>A dictionary has at most so many bytes.</summary>
    public int DictionaryBytesMax { get; init; } = 1 << 20;

    /// <summary>Pages carry a CRC-32, which readers compare.</summary>
    public bool HasChecksums { get; init; } = true;

    /// <summary>What is noted beside the rows.</summary>
    public IReadOnlyDictionary<string, string> KeyValues { get; init; } = new Dictionary<string, string>();

    internal void Check()
    {
        if (Compression is not (ParquetCompression.None or ParquetCompression.Snappy or ParquetCompression.Gzip or ParquetCompression.Zstd))
            throw new ArgumentException($"Parquet is written without compression or with Snappy, gzip or Zstandard, not with {Compression}.");
        ArgumentOutOfRangeException.ThrowIfLessThan(ZstdLevel, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ZstdLevel, 22);
        ArgumentOutOfRangeException.ThrowIfLessThan(RowGroupRowsMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RowGroupBytesMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RowGroupBytesMax, 1 << 30);
        ArgumentOutOfRangeException.ThrowIfLessThan(PageBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PageBytes, 128 << 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(DictionaryBytesMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DictionaryBytesMax, 128 << 20);
    }
}
