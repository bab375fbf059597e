namespace Touchstone.Files.Parquet;

/// <summary>The largest parts that a reader accepts; a hostile header is refused before memory is taken.</summary>
/// <param name="PageBytesMax">Most bytes of one page, compressed or not, and of the values that a batch of it unfolds to.</param>
/// <param name="FooterBytesMax">Most bytes of the footer.</param>
/// <param name="FieldsMax">Most fields of the schema, groups counted too.</param>
/// <param name="DepthMax">Most groups within one another; no more than 200.</param>
/// <param name="RowElementsMax">Most elements of all lists of one row: a run of a few bytes can state billions.</param>
public sealed record ParquetLimits(int PageBytesMax = 256 << 20, int FooterBytesMax = 256 << 20, int FieldsMax = 100_000, int DepthMax = 64, int RowElementsMax = 10_000_000)
{
    /// <summary>Pages and footers of 256 MiB, 100,000 fields, 64 levels, 10,000,000 elements in a row.</summary>
    public static readonly ParquetLimits Default = new();
}
