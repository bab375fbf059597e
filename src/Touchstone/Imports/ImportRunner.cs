using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Touchstone.Annotations.Ontologies;
using Touchstone.Client;
using Touchstone.Files.Storage;
using Touchstone.Terminal;

namespace Touchstone.Imports;

/// <summary>What an import did.</summary>
/// <param name="Imported">Tasks that are new.</param>
/// <param name="Repeated">Tasks that were there before, by external id.</param>
/// <param name="Uploaded">Pictures whose bytes the server did not have.</param>
/// <param name="RefusedCount">Records that did not go in.</param>
/// <param name="Refused">The first of them, with their reasons.</param>
internal sealed record ImportOutcome(long Imported, long Repeated, long Uploaded, long RefusedCount, IReadOnlyList<RefusedRecord> Refused);

/// <summary>
/// Brings records in through the API: pictures first, several at once, then their tasks in chunks. Everything is idempotent, so an import
/// that was interrupted is resumed by running it again: pictures that the server has are recognised by their digest and not sent.
/// </summary>
internal sealed class ImportRunner(ApiClient api, string project, ProgressLine progress)
{
    /// <summary>Refusals that are kept in memory; <see cref="OnRefused"/> is told of all.</summary>
    public const int RefusedKeptMax = 1_000;

    private const int ChunkRecords = 1_000;
    private const int ChunkCharactersMax = 4 << 20;
    private const int UploadsAtOnce = 4;
    private readonly List<RefusedRecord> _refused = [];
    private readonly Dictionary<string, string> _pictures = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private long _imported;
    private long _repeated;
    private long _uploaded;
    private long _seen;
    private long _refusedCount;
    private string? _batch;
    private Ontology? _ontology;

    /// <summary>Is told of every refused record, one at a time.</summary>
    public Action<RefusedRecord> OnRefused { get; init; } = _ => { };

    /// <summary>What the batch is called that the tasks belong to; null for the time of its making.</summary>
    public string? BatchName { get; init; }

    /// <summary>How far it is; after a failure, what went in before it.</summary>
    public ImportOutcome Outcome => new(_imported, _repeated, _uploaded, _refusedCount, [.. _refused]);

    public void Refuse(RefusedRecord record)
    {
        lock (_gate)
        {
            _refusedCount++;
            if (_refused.Count < RefusedKeptMax) _refused.Add(record);
            OnRefused(record);
        }
    }

    public async Task<ImportOutcome> RunAsync(IAsyncEnumerable<ImportRecord> records, long? total, CancellationToken cancellationToken)
    {
        var chunk = new List<ImportRecord>(ChunkRecords);
        var characters = 0L;
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            chunk.Add(record);
            characters += record.Task.ContainsKey("gold") ? record.Task.ToJsonString().Length : 0;   // the rest is short
            if (chunk.Count < ChunkRecords && characters < ChunkCharactersMax) continue;
            await FlushAsync(chunk, total, cancellationToken);
            characters = 0;
        }

        await FlushAsync(chunk, total, cancellationToken);
        return Outcome;
    }

    private async Task FlushAsync(List<ImportRecord> chunk, long? total, CancellationToken cancellationToken)
    {
        if (chunk.Count == 0) return;
        var digests = new string?[chunk.Count];
        var pictures = Enumerable.Range(0, chunk.Count).Where(i => chunk[i].File is not null).ToList();
        await ManyAsync(pictures, async (i, token) => digests[i] = await DigestAsync(chunk[i], token), cancellationToken);
        RefuseCopies(chunk, digests);
        if (_ontology is null && chunk.Exists(r => r.File is not null && r.Task["gold"] is not null)) _ontology = await TaskCheck.OntologyAsync(api, project, cancellationToken);
        await ManyAsync(
            pictures.GroupBy(i => digests[i]),
            async (same, token) =>
            {
                foreach (var i in same)
                {
                    // One after the other: the second finds what the first has sent.
                    if (same.Key is { } digest) await AttachAsync(chunk[i], digest, token);
                    Report(Interlocked.Increment(ref _seen), total);
                }
            },
            cancellationToken);
        var ready = chunk.Where(r => r.File is null || r.Task.ContainsKey("asset")).ToList();
        if (ready.Count > 0) await SendTasksAsync(ready, cancellationToken);
        Interlocked.Add(ref _seen, chunk.Count(r => r.File is null));
        Report(_seen, total);
        chunk.Clear();
    }

    private static Task ManyAsync<T>(IEnumerable<T> of, Func<T, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(of, new ParallelOptions { MaxDegreeOfParallelism = UploadsAtOnce, CancellationToken = cancellationToken }, async (one, token) => await work(one, token));

    private void Report(long seen, long? total)
    {
        lock (_gate) progress.Report(seen, total, _refusedCount > 0 ? $"{_refusedCount:N0} refused" : "");
    }

    /// <summary>The picture's digest; null where it cannot be read, which is told.</summary>
    private async Task<string?> DigestAsync(ImportRecord record, CancellationToken cancellationToken)
    {
        try
        {
            if (Directory.Exists(record.File)) return Unreadable(record, "expected a file, found a folder");

            // Pipes and devices say that they are empty, and reading one may never end.
            if (new FileInfo(record.File!).Length > 0) return await FileDigest.OfFileAsync(record.File!, cancellationToken);
            Refuse(record.Refuse("empty_file", "expected a picture, found no bytes"));
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return Unreadable(record, failure.Message);
        }
    }

    private string? Unreadable(ImportRecord record, string detail)
    {
        Refuse(record.Refuse("unreadable_file", detail));
        return null;
    }

    /// <summary>A folder may hold a picture twice: it is labelled once. A manifest's lines are taken at their word.</summary>
    private void RefuseCopies(List<ImportRecord> chunk, string?[] digests)
    {
        for (var i = 0; i < chunk.Count; i++)
        {
            if (chunk[i].Line is not null || digests[i] is not { } digest || _pictures.TryAdd(digest, chunk[i].File!)) continue;
            Refuse(chunk[i].Refuse("duplicate", $"has the same bytes as {_pictures[digest]}; a manifest may name both"));
            digests[i] = null;
        }
    }

    /// <summary>Uploads the record's picture unless the server has its bytes, and names the asset in the task.</summary>
    private async Task AttachAsync(ImportRecord record, string digest, CancellationToken cancellationToken)
    {
        try
        {
            var known = await api.GetAsync($"assets?sha256={digest}&project={project}", cancellationToken);
            var there = known?["items"] is JsonArray { Count: > 0 } items ? items[0] : null;
            if (there is null && _ontology is { } ontology && TaskCheck.Gold(record, ontology) is { } fault)
            {
                Refuse(record.Refuse(fault.Reason, fault.Detail));
                return;
            }

            var asset = there ?? await UploadAsync(record.File!, cancellationToken);
            record.Task["asset"] = asset!["id"]!.GetValue<string>();
        }
        catch (ApiException refusal) when (refusal.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.Conflict or HttpStatusCode.Gone)
        {
            Refuse(record.Refuse(refusal.Code, refusal.Detail));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            Unreadable(record, failure.Message);
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
        var batch = _batch is not null ? $"?batch={_batch}" : BatchName is not null ? $"?name={Uri.EscapeDataString(BatchName)}" : "";
        var report = await api.SendAsync(HttpMethod.Post, $"projects/{project}/tasks{batch}", content, cancellationToken);
        _batch ??= report?["batch"]?["id"]?.GetValue<string>();
        _imported += report!["imported"]!.GetValue<long>();
        _repeated += report["repeated"]!.GetValue<long>();
        foreach (var fault in report["faults"]!.AsArray())
        {
            var record = records[(int)(fault!["line"]!.GetValue<long>() - 1)];
            Refuse(record.Refuse(fault["reason"]!.GetValue<string>(), fault["detail"]!.GetValue<string>()));
        }
    }
}
