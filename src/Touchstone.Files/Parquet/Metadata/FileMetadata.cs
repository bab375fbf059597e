namespace Touchstone.Files.Parquet.Metadata;

/// <summary>A file's footer (parquet.thrift, FileMetaData).</summary>
internal sealed record FileMetadata
{
    public required ParquetSchema Schema { get; init; }

    public long RowCount { get; init; }

    public required IReadOnlyList<ParquetRowGroup> RowGroups { get; init; }

    public IReadOnlyDictionary<string, string> KeyValues { get; init; } = new Dictionary<string, string>();

    public string CreatedBy { get; init; } = "";
}
