namespace Touchstone.Curation.Documents;

/// <summary>Where a document was read, for messages and for reading it again.</summary>
/// <param name="File">Path or address of its file, as the source names it.</param>
/// <param name="Line">Line in the decompressed file, from 1; 0 where the format has no lines.</param>
/// <param name="Offset">First byte in the decompressed file.</param>
public readonly record struct DocumentPlace(string File, long Line, long Offset)
{
    /// <inheritdoc/>
    public override string ToString() => Line > 0 ? $"{File}:{Line}" : $"{File} at byte {Offset}";
}
