namespace Touchstone.Curation.Reading;

/// <summary>A file of a source, or a range of one that is so large that several workers, or several machines, share it.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Bytes">Its size on the disk.</param>
/// <param name="Start">First byte of the range; the line that begins at or behind it is its first.</param>
/// <param name="End">End of the range: lines that begin before it belong to it. The size of the file where it is read to its end.</param>
public sealed record SourcePart(string File, long Bytes, long Start, long End)
{
    /// <summary>A whole file.</summary>
    public static SourcePart Whole(string file, long bytes) => new(file, bytes, 0, bytes);

    /// <summary>True where the file is read from its first byte to its last.</summary>
    public bool IsWhole => Start == 0 && End == Bytes;
}
