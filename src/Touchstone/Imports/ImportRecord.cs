using System.Text.Json.Nodes;

namespace Touchstone.Imports;

/// <summary>One record to import: a task whose picture may be a file still to be uploaded.</summary>
/// <param name="Origin">The picture of a folder, or the manifest: how a fault names it.</param>
/// <param name="Line">Line of the manifest, from 1; null for a file of a folder.</param>
/// <param name="File">Full path of the picture; null where the record names an asset of the server.</param>
/// <param name="Task">The task as the server's import reads it, still without its asset where <paramref name="File"/> is set.</param>
internal sealed record ImportRecord(string Origin, long? Line, string? File, JsonObject Task)
{
    public RefusedRecord Refuse(string reason, string detail) => new(Origin, Line, Line is null ? null : File, reason, detail);
}
