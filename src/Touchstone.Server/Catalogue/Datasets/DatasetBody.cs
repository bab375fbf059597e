using System.Collections.Concurrent;
using System.Text.Json;
using Touchstone.Files.Storage;
using Touchstone.Formats.Exchange;
using Touchstone.Server.Host;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Datasets;

/// <summary>A data set that waits to be imported, as managers see it.</summary>
/// <param name="Id">The data set.</param>
/// <param name="Project">The project that it was uploaded to.</param>
/// <param name="Name">What people call it.</param>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="Bytes">Their bytes together.</param>
/// <param name="Found">What it is, the surest first; null in lists.</param>
/// <param name="Job">The job that last surveyed or imported it.</param>
/// <param name="Plan">What that job was to do.</param>
/// <param name="Survey">What the last survey found.</param>
/// <param name="Imported">What the last import did.</param>
internal sealed record DatasetBody(
    DatasetId Id, ProjectId Project, string Name, DateTimeOffset CreatedAt, int Files, long Bytes, IReadOnlyList<Recognition>? Found, DatasetBody.JobBody? Job, DatasetPlan? Plan, DatasetReport? Survey, DatasetReport? Imported)
{
    private const int SeenMax = 1_000;

    /// <param name="Id">The job.</param>
    /// <param name="Kind">survey_dataset or import_dataset.</param>
    /// <param name="State">Its state.</param>
    /// <param name="Progress">In [0, 1].</param>
    /// <param name="Error">Why it failed.</param>
    internal sealed record JobBody(JobId Id, string Kind, JobState State, double Progress, string? Error);

    public static DatasetBody Of(StagedDataset dataset, Job? job, ServerOptions options, bool looks)
    {
        var folder = DatasetFolders.Of(options, dataset.Id);
        var files = folder.Files;
        return new(
            dataset.Id, dataset.ProjectId, dataset.Name, dataset.CreatedAt, files.Count, files.Sum(f => f.Bytes), looks ? Look(folder, files) : null,
            job is null ? null : new(job.Id, job.Kind, job.State, job.State == JobState.Done ? 1 : job.Progress, job.Error), Read<DatasetPlan>(dataset.Plan), Read<DatasetReport>(dataset.Survey), Read<DatasetReport>(dataset.Imported));
    }

    /// <summary>What was seen last, by folder: pages ask again and again while a job runs, and looking reads the beginnings of files.</summary>
    private static readonly ConcurrentDictionary<string, ((int Files, long Bytes, DateTime WrittenAt) Stamp, IReadOnlyList<Recognition> Found)> Seen = new(StringComparer.Ordinal);

    private static IReadOnlyList<Recognition> Look(UploadFolder folder, IReadOnlyList<UploadedFile> files)
    {
        if (files.Count == 0) return [];
        var stamp = (files.Count, files.Sum(f => f.Bytes), files.Max(f => f.WrittenAt));
        if (Seen.TryGetValue(folder.Root, out var seen) && seen.Stamp == stamp) return seen.Found;
        var found = FormatRegistry.Recognise(DatasetSource.Open(folder.Root));
        if (Seen.Count >= SeenMax) Seen.Clear();
        Seen[folder.Root] = (stamp, found);
        return found;
    }

    private static T? Read<T>(string? json) where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, WireJson.Options);
}

/// <summary>Where uploaded data sets lie.</summary>
internal static class DatasetFolders
{
    public static UploadFolder Of(ServerOptions options, DatasetId id) => new(Path.Combine(options.DataFolder, "datasets", id.ToString()));
}
