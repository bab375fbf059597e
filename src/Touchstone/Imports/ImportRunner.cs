using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Touchstone.Client;
using Touchstone.Files.Storage;
using Touchstone.Terminal;

namespace Touchstone.Imports;

/// <summary>What an import did.</summary>
/// <param name="Imported">Tasks that are new.</param>
/// <param name="Repeated">Tasks that were there before, by external id.</param>
/// <param name="Uploaded">Pictures whose bytes the server did not have.</param>
/// <param name="Refused">Records that did not go in, with their reasons.</param>
internal sealed record ImportOutcome(long Imported, long Repeated, long Uploaded, IReadOnlyList<RefusedRecord> Refused);

/// <summary>
/// Brings records in through the API: pictures first, several at once, then their tasks in chunks. Everything is idempotent, so an import
/// that was interrupted is resumed by running it again: pictures that the server has are recognised by their digest and not sent.
/// </summary>
internal sealed class ImportRunner(ApiClient api, string project, ProgressLine progress)
{
    private const int ChunkRecords = 1_000;
    private const int UploadsAtOnce = 4;
    private readonly List<RefusedRecord> _refused = [];
    private readonly Lock _gate = new();
    private long _imported;
    private long _repeated;
    private long _uploaded;
    private long _seen;
    private string? _batch;

    public void Refuse(RefusedRecord record)
    {
        lock (_gate) _refused.Add(record);
    }

    public async Task<ImportOutcome> RunAsync(IAsyncEnumerable<ImportRecord> records, long? total, CancellationToken cancellationToken)
    {
        var chunk = new List<ImportRecord>(ChunkRecords);
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            chunk.Add(record);
            if (chunk.Count == ChunkRecords) await FlushAsync(chunk, total, cancellationToken);
        }

        await FlushAsync(chunk, total, cancellationToken);
        return new ImportOutcome(_imported, _repeated, _uploaded, [.. _refused]);
    }

    private async Task FlushAsync(List<ImportRecord> chunk, long? total, CancellationToken cancellationToken)
    {
        if (chunk.Count == 0) return;
        await Parallel.ForEachAsync(
            chunk.Where(r => r.File is not null),
            new ParallelOptions { MaxDegreeOfParallelism = UploadsAtOnce, CancellationToken = cancellationToken },
            async (record, token) =>
            {
                await AttachAsync(record, token);
                Report(Interlocked.Increment(ref _seen), total);
            });
        var ready = chunk.Where(r => r.File is null || r.Task.ContainsKey("asset")).ToList();
        if (ready.Count > 0) await SendTasksAsync(ready, cancellationToken);
        Interlocked.Add(ref _seen, chunk.Count(r => r.File is null));
        Report(_seen, total);
        chunk.Clear();
    }

    private void Report(long seen, long? total)
    {
        lock (_gate) progress.Report(seen, total, _refused.Count > 0 ? $"{_refused.Count:N0} refused" : "");
    }

    /// <summary>Uploads the record's picture unless the server has its bytes, and names the asset in the task.</summary>
    private async Task AttachAsync(ImportRecord record, CancellationToken cancellationToken)
    {
        try
        {
            var digest = await FileDigest.OfFileAsync(record.File!, cancellationToken);
            var known = await api.GetAsync($"assets?sha256={digest}", cancellationToken);
            var asset = known?["items"] is JsonArray { Count: > 0 } items ? items[0] : await UploadAsync(record.File!, cancellationToken);
            record.Task["asset"] = asset!["id"]!.GetValue<string>();
        }
        catch (ApiException refusal) when (refusal.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.Conflict or HttpStatusCode.Gone)
        {
            Refuse(new(record.Where, refusal.Problem?["reason"]?.GetValue<string>() ?? refusal.Problem?["code"]?.GetValue<string>() ?? "refused", refusal.Message));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            Refuse(new(record.Where, "unreadable_file", failure.Message));
        }
    }

    private async Task<JsonNode?> UploadAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        using var content = new StreamContent(stream);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var asset = await api.SendAsync(HttpMethod.Post, $"assets?project={project}&file_name={Uri.EscapeDataString(Path.GetFileName(file))}", content, cancellationToken);
        Interlocked.Increment(ref _uploaded);
        return asset;
    }

    private async Task SendTasksAsync(List<ImportRecord> records, CancellationToken cancellationToken)
    {
        var lines = new StringBuilder();
        foreach (var record in records) lines.Append(record.Task.ToJsonString()).Append('\n');
        using var content = new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson");
        var batch = _batch is null ? "" : $"?batch={_batch}";
        var report = await api.SendAsync(HttpMethod.Post, $"projects/{project}/tasks{batch}", content, cancellationToken);
        _batch ??= report?["batch"]?["id"]?.GetValue<string>();
        _imported += report!["imported"]!.GetValue<long>();
        _repeated += report["repeated"]!.GetValue<long>();
        foreach (var fault in report["faults"]!.AsArray())
        {
            var record = records[(int)(fault!["line"]!.GetValue<long>() - 1)];
            Refuse(new(record.Where, fault["reason"]!.GetValue<string>(), fault["detail"]!.GetValue<string>()));
        }
    }
}
