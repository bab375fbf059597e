using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Files.Lines;
using Touchstone.Files.Storage;

namespace Touchstone.Imports;

/// <summary>One record to import: a task whose picture may be a file still to be uploaded.</summary>
/// <param name="Where">File and, for a manifest, line: how a fault names it.</param>
/// <param name="Line">Line of the manifest, from 1; null for a file of a folder.</param>
/// <param name="File">Full path of the picture; null where the record names an asset of the server.</param>
/// <param name="Task">The task as the server's import reads it, still without its asset where <paramref name="File"/> is set.</param>
internal sealed record ImportRecord(string Where, long? Line, string? File, JsonObject Task);

/// <summary>A record that cannot go in, and why.</summary>
/// <param name="Where">File, and line where there is one.</param>
/// <param name="Reason">Stable snake_case.</param>
/// <param name="Detail">What was expected and what was found.</param>
internal sealed record RefusedRecord(string Where, string Reason, string Detail);

/// <summary>The records of a folder of pictures or of a manifest.</summary>
internal static class ImportSource
{
    private static readonly string[] PictureExtensions = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp"];

    /// <summary>Every picture below a folder, in ordinal order of its path; the path relative to the folder is the external id.</summary>
    public static IEnumerable<ImportRecord> Folder(string folder) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(file => PictureExtensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(file => new ImportRecord(file, null, file, new JsonObject { ["external_id"] = Path.GetRelativePath(folder, file).Replace('\\', '/') }));

    /// <summary>The lines of an NDJSON manifest. "file" is relative to the manifest's folder and may not leave it.</summary>
    /// <param name="manifest">Path of the manifest.</param>
    /// <param name="refused">Is told of each line that is not a record.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<ImportRecord> Manifest(
        string manifest, Action<RefusedRecord> refused, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = manifest == "-" ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(manifest))!;
        await using var stream = manifest == "-" ? Console.OpenStandardInput() : File.OpenRead(manifest);
        await foreach (var line in NdjsonReader.ReadAsync(stream, cancellationToken: cancellationToken))
        {
            if (line.Bytes.Span.Trim(" \t\r"u8).IsEmpty) continue;
            var where = $"{manifest}:{line.Number}";
            if (line.IsTooLong)
            {
                refused(new(where, "line_too_long", $"expected at most {NdjsonReader.DefaultMaxLineBytes:N0} bytes in a line"));
                continue;
            }

            if (Parse(where, line.Number, line.Bytes, folder, refused) is { } record) yield return record;
        }
    }

    private static ImportRecord? Parse(string where, long number, ReadOnlyMemory<byte> bytes, string folder, Action<RefusedRecord> refused)
    {
        JsonObject task;
        try
        {
            if (JsonNode.Parse(bytes.Span) is not JsonObject parsed)
            {
                refused(new(where, "not_an_object", "expected one JSON object a line"));
                return null;
            }

            task = parsed;
        }
        catch (JsonException failure)
        {
            refused(new(where, "not_json", $"expected one JSON object a line, found {failure.Message}"));
            return null;
        }

        if (task["file"] is not { } file) return new ImportRecord(where, number, null, task);
        if (file is not JsonValue value || !value.TryGetValue<string>(out var name))
        {
            refused(new(where, "bad_file", "/file: expected a relative path, found " + file.ToJsonString()));
            return null;
        }

        if (!SafePath.TryJoin(folder, name, out var path, out var fault))
        {
            refused(new(where, "unsafe_path", $"/file: {fault}"));
            return null;
        }

        task.Remove("file");
        if (task["external_id"] is null) task["external_id"] = name;
        return new ImportRecord(where, number, path, task);
    }
}
