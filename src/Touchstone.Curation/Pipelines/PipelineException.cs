namespace Touchstone.Curation.Pipelines;

/// <summary>A pipeline file that cannot be used as it stands.</summary>
/// <param name="file">Name of the file.</param>
/// <param name="line">Line, from 1.</param>
/// <param name="column">Column, from 1.</param>
/// <param name="fault">What was expected and what was found.</param>
/// <param name="inner">The cause.</param>
public sealed class PipelineException(string file, long line, long column, string fault, Exception? inner = null)
    : FormatException($"{file}, line {line}, column {column}: {fault}", inner)
{
    /// <summary>Line, from 1.</summary>
    public long Line { get; } = line;

    /// <summary>Column, from 1.</summary>
    public long Column { get; } = column;
}
