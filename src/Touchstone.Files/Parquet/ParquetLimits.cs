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

    /// <summary>How many times the bytes of its file a page may take.</summary>
    private const int ExpansionMax = 10;

    /// <summary>What a page may take of any file, however short: four times the page that writers aim at.</summary>
    private const int PageBytesFree = 4 << 20;

    /// <summary>How many bytes of its file an element of a row stands for at least: an element takes about 160 bytes as an object and as JSON.</summary>
    private const int FileBytesOfElement = 16;

    /// <summary>Elements that a row may have in any file.</summary>
    private const int RowElementsFree = 1 << 16;

    /// <summary>Limits for files from outside, so that memory follows from what was sent: a page takes at most ten times the file, or 4 MiB; a row has at most an element for each 16 bytes of the file, or 65,536.</summary>
    /// <param name="fileBytes">Bytes of the file.</param>
    public static ParquetLimits For(long fileBytes) => Default with
    {
        PageBytesMax = (int)Math.Clamp(fileBytes > int.MaxValue ? int.MaxValue : fileBytes * ExpansionMax, PageBytesFree, Default.PageBytesMax),
        RowElementsMax = (int)Math.Clamp(fileBytes / FileBytesOfElement, RowElementsFree, Default.RowElementsMax),
    };
}
