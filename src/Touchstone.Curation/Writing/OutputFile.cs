namespace Touchstone.Curation.Writing;

/// <summary>A file that was written to its end.</summary>
/// <param name="Name">Path within the folder that it belongs to, with <c>/</c> between names.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Digest of its bytes, lower-case hexadecimal.</param>
/// <param name="Documents">Documents, or other records, in it.</param>
public sealed record OutputFile(string Name, long Bytes, string Sha256, long Documents);

/// <summary>How far a sequence of files was written when it was last made safe.</summary>
/// <param name="Closed">Files that are done.</param>
/// <param name="Open">File that goes on; null where none is open.</param>
/// <param name="OpenBytes">Bytes of it that are safe; what lies behind them does not count.</param>
/// <param name="OpenDocuments">Documents in those bytes.</param>
public sealed record PartState(IReadOnlyList<OutputFile> Closed, string? Open, long OpenBytes, long OpenDocuments)
{
    /// <summary>Nothing was written.</summary>
    public static readonly PartState Empty = new([], null, 0, 0);
}
