using Touchstone.Curation.Writing;

namespace Touchstone.Curation.Pipelines;

/// <summary>What documents are written as.</summary>
public enum SinkKind
{
    /// <summary>One JSON object a line.</summary>
    Jsonl,

    /// <summary>Parquet with the columns id, text and metadata.</summary>
    Parquet,
}

/// <summary>Where documents are written to.</summary>
/// <param name="Kind">The format.</param>
/// <param name="Path">Folder; a relative one is below the run's folder.</param>
/// <param name="Compression">Of lines, or of Parquet's pages.</param>
/// <param name="Level">The compression's level; null for the usual one.</param>
/// <param name="ShardBytes">A file ends before the block of documents that would make it longer.</param>
public sealed record Sink(SinkKind Kind, string Path, LinesCompression Compression, int? Level, long ShardBytes)
{
    /// <summary>Size of files where none is asked for: 256 MB.</summary>
    public const long DefaultShardBytes = 256_000_000;

    /// <summary>Compression of blocks of lines.</summary>
    public BlockCompression Blocks => new(Compression, Level);

    /// <summary>Ending of the files' names.</summary>
    public string Ending => Kind == SinkKind.Parquet ? ".parquet" : ".jsonl" + Blocks.Ending;
}
