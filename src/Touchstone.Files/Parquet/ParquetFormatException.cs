namespace Touchstone.Files.Parquet;

/// <summary>A Parquet file that cannot be read as it stands.</summary>
/// <param name="name">Name of the file, as the person who asked knows it.</param>
/// <param name="place">Where in the file.</param>
/// <param name="fault">What was expected and what was found.</param>
/// <param name="inner">The cause.</param>
public sealed class ParquetFormatException(string name, ParquetPlace place, string fault, Exception? inner = null) : FormatException($"{name}{place}: {fault}", inner)
{
    /// <summary>Where in the file.</summary>
    public ParquetPlace Place { get; } = place;
}

/// <summary>A place in a Parquet file; what is not known is null.</summary>
/// <param name="RowGroup">Row group, from 0.</param>
/// <param name="Column">Path of the column, its parts joined by dots.</param>
/// <param name="PageOffset">Where the page's header begins, in bytes from the file's start.</param>
/// <param name="Row">Row of the row group, from 0.</param>
public readonly record struct ParquetPlace(int? RowGroup = null, string? Column = null, long? PageOffset = null, long? Row = null)
{
    /// <summary>The place as it follows a file's name in a message.</summary>
    public override string ToString() => string.Concat(
        RowGroup is { } group ? $", row group {group}" : "", Row is { } row ? $", row {row}" : "",
        Column is { } column ? $", column {column}" : "", PageOffset is { } offset ? $", page at byte {offset}" : "");
}
