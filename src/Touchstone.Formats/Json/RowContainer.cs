namespace Touchstone.Formats.Json;

/// <summary>What rows are written into.</summary>
public enum RowContainer
{
    /// <summary>Lines of JSON; a Parquet file where the one file that the caller named ends so.</summary>
    Lines,

    /// <summary>Parquet files.</summary>
    Parquet,
}
