using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Touchstone.Files.Lines;
using Touchstone.Files.Storage;
using Touchstone.Server.Catalogue.Tasks;

namespace Touchstone.Imports;

/// <summary>The lines of an NDJSON manifest. "file" is relative to the manifest's folder and may not leave it, neither by its name nor by a link.</summary>
internal sealed class ManifestSource
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private readonly string _manifest;
    private readonly string _folder;
    private readonly Action<RefusedRecord> _refused;

    private ManifestSource(string manifest, Action<RefusedRecord> refused)
    {
        _manifest = manifest;
        _folder = manifest == "-" ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(manifest))!;
        _refused = refused;
    }

    /// <param name="manifest">Path of the manifest; "-" for standard input.</param>
    /// <param name="refused">Is told of each line that is not a record.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static IAsyncEnumerable<ImportRecord> ReadAsync(string manifest, Action<RefusedRecord> refused, CancellationToken cancellationToken) =>
        new ManifestSource(manifest, refused).ReadAsync(cancellationToken);

    private async IAsyncEnumerable<ImportRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = _manifest == "-" ? Console.OpenStandardInput() : File.OpenRead(_manifest);
        await foreach (var line in NdjsonReader.ReadAsync(stream, TaskResolver.LineBytesMax, cancellationToken))
        {
            if (line.IsTooLong) Refuse(line.Number, null, "line_too_long", $"expected at most {TaskResolver.LineBytesMax:N0} bytes in a line");
            else if (Read(line.Number, line.Bytes) is { } record) yield return record;
        }
    }

    private ImportRecord? Read(long number, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            if (!Utf8.IsValid(bytes.Span)) return Refuse(number, null, "malformed_json", "expected text in UTF-8, found other bytes");
            if (JsonNode.Parse(bytes.Span, documentOptions: Strict) is JsonObject { Count: >= 0 } task) return Read(number, task);   // counting reads the names of all members
            return Refuse(number, null, "not_an_object", "expected one JSON object a line");
        }
        catch (JsonException failure)
        {
            return Refuse(number, null, "malformed_json", $"expected one JSON object a line, found {failure.Message}");
        }
        catch (InvalidOperationException)
        {
            return Refuse(number, null, "malformed_json", "expected text, found an escape of half a character");
        }
    }

    private ImportRecord? Read(long number, JsonObject task)
    {
        if (!task.TryGetPropertyValue("file", out var file))
        {
            // Without an id of the caller's, the picture is what makes a line that is sent again the same line.
            if (!IsTask(number, null, task, hasFile: false)) return null;
            task.TryAdd("external_id", (task["asset"] ?? task["sha256"])!.GetValue<string>());
            return new ImportRecord(_manifest, number, null, task);
        }

        if (file is not JsonValue value || !value.TryGetValue<string>(out var name)) return Refuse(number, null, "bad_file", "/file: expected a path relative to the manifest, found " + (file?.ToJsonString() ?? "null"));
        if (task.ContainsKey("asset")) return Refuse(number, name, "bad_file", "/file: expected either \"file\" or \"asset\", found both");
        if (!SafePath.TryJoin(_folder, name, out var path, out var fault)) return Refuse(number, name, "unsafe_path", $"/file: expected a path below the manifest's folder, found {fault.Replace('_', ' ')}");
        if (!SafePath.StaysBelow(_folder, path)) return Refuse(number, name, "unsafe_path", "/file: expected a path below the manifest's folder, found a link that leads out of it or nowhere");
        task.Remove("file");
        if (task["external_id"] is null) task["external_id"] = name;
        return IsTask(number, name, task, hasFile: true) ? new ImportRecord(_manifest, number, path, task) : null;
    }

    private bool IsTask(long number, string? picture, JsonObject task, bool hasFile)
    {
        if (TaskCheck.Form(number, task, hasFile) is not { } fault) return true;
        Refuse(number, picture, fault.Reason, fault.Detail);
        return false;
    }

    private ImportRecord? Refuse(long number, string? picture, string reason, string detail)
    {
        _refused(new(_manifest, number, picture, reason, detail));
        return null;
    }
}
