namespace Touchstone.Files.Tables;

/// <summary>A table that cannot be read as it stands.</summary>
/// <param name="name">Name of the file, as the person who asked knows it.</param>
/// <param name="line">Line of the file, from 1; 0 where the fault is of the file as a whole.</param>
/// <param name="column">Character within the line, from 1; 0 where the fault is of the line as a whole.</param>
/// <param name="fault">What was expected and what was found.</param>
/// <param name="inner">The cause.</param>
public sealed class TableFormatException(string name, long line, int column, string fault, Exception? inner = null)
    : FormatException(line == 0 ? $"{name}: {fault}" : column == 0 ? $"{name}, line {line}: {fault}" : $"{name}, line {line}, column {column}: {fault}", inner)
{
    /// <summary>Line of the file, from 1; 0 where the fault is of the file as a whole.</summary>
    public long Line { get; } = line;

    /// <summary>Character (code point) within the line, from 1; 0 where the fault is of the line as a whole.</summary>
    public int Column { get; } = column;
}
