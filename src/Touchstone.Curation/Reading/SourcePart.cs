using System.Text.Json.Serialization;

namespace Touchstone.Curation.Reading;

/// <summary>A file of a source, or a range of one that is so large that several workers, or several machines, share it.</summary>
/// <param name="File">Path of the file, or address of the object.</param>
/// <param name="Bytes">Its size as it is stored.</param>
/// <param name="Start">First byte of the range; the line that begins at or behind it is its first.</param>
/// <param name="End">End of the range: lines that begin before it belong to it. The size of the file where it is read to its end.</param>
/// <param name="ETag">Entity tag of the object, which reading asks for, so that another object of the address is told and never read; null of a file.</param>
public sealed record SourcePart(
    string File, long Bytes, long Start, long End, [property: JsonPropertyName("etag"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ETag = null)
{
    /// <summary>A whole file or object.</summary>
    public static SourcePart Whole(string file, long bytes, string? etag = null) => new(file, bytes, 0, bytes, etag);

    /// <summary>True where the file is read from its first byte to its last.</summary>
    public bool IsWhole => Start == 0 && End == Bytes;
}
