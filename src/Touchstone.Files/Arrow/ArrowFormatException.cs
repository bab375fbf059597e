namespace Touchstone.Files.Arrow;

/// <summary>An Arrow file that cannot be read as it stands.</summary>
/// <param name="name">Name of the file, as the person who asked knows it.</param>
/// <param name="offset">Where in the file, bytes from its start; null where it is of the file as a whole.</param>
/// <param name="fault">What was expected and what was found.</param>
/// <param name="inner">The cause.</param>
public sealed class ArrowFormatException(string name, long? offset, string fault, Exception? inner = null) : FormatException(offset is { } at ? $"{name}: byte {at}: {fault}" : $"{name}: {fault}", inner)
{
    /// <summary>Where in the file, bytes from its start.</summary>
    public long? Offset { get; } = offset;

    /// <summary>What was expected and what was found, without the place.</summary>
    public string Fault { get; } = fault;
}
