namespace Touchstone.Curation.Reading;

/// <summary>A file or an object that a source's patterns name, as it was when it was found.</summary>
/// <param name="File">Path of the file, or address of the object such as <c>s3://bucket/key</c>.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Modified">When it was last written, in UTC.</param>
/// <param name="ETag">The object's entity tag (RFC 9110, 8.8.3), which tells its content; null of a file.</param>
public sealed record SourceInput(string File, long Bytes, DateTime Modified, string? ETag)
{
    /// <summary>All of it.</summary>
    public SourcePart Whole => SourcePart.Whole(File, Bytes, ETag);
}
