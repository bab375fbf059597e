namespace Touchstone.Files.Parquet;

/// <summary>How pages are compressed; the numbers are those of the format's CompressionCodec.</summary>
public enum ParquetCompression
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Snappy raw blocks: quick, and read by everything.</summary>
    Snappy = 1,

    /// <summary>gzip (RFC 1952).</summary>
    Gzip = 2,

    /// <summary>Brotli (RFC 7932); read only.</summary>
    Brotli = 4,

    /// <summary>Zstandard (RFC 8878), through the system's libzstd.</summary>
    Zstd = 6,

    /// <summary>LZ4 raw blocks, the format's LZ4_RAW; read only.</summary>
    Lz4 = 7,
}
