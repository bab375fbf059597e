using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Formats;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Exports;

/// <summary>What becomes of a release's pictures in an export.</summary>
internal enum ExportedImages
{
    /// <summary>They are left out: labels name them.</summary>
    None,

    /// <summary>They lie in the archive where the format has them.</summary>
    Copy,
}

/// <summary>What was asked for beside the format.</summary>
internal sealed record ExportOptions(ExportedImages Images, IReadOnlyDictionary<string, double>? Split, long Seed);

/// <summary>What an export wrote and what its format could not carry.</summary>
/// <param name="Inputs">Inputs written.</param>
/// <param name="Objects">Objects written.</param>
/// <param name="Files">Files of labels.</param>
/// <param name="Bytes">Bytes of the archive.</param>
/// <param name="PicturesPlaced">Pictures in the archive.</param>
/// <param name="PicturesMissing">Pictures that were to be in it and are withdrawn.</param>
/// <param name="Losses">What the format could not carry.</param>
/// <param name="Faults">Labels that could not be read.</param>
internal sealed record ExportOutcome(long Inputs, long Objects, int Files, long Bytes, long PicturesPlaced, long PicturesMissing, IReadOnlyList<Loss> Losses, long Faults);

/// <summary>A release in another format, as managers see it.</summary>
/// <param name="Id">The export.</param>
/// <param name="Release">Of which release.</param>
/// <param name="Format">The format's name.</param>
/// <param name="Images">What becomes of the pictures.</param>
/// <param name="Split">Shares of the parts that it was divided into.</param>
/// <param name="Job">The job that makes it.</param>
/// <param name="State">Of that job.</param>
/// <param name="Progress">In [0, 1].</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Outcome">Once it is done.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="EndedAt">When it ended.</param>
internal sealed record ExportBody(
    ReleaseExportId Id, ReleaseId Release, string Format, ExportedImages Images, IReadOnlyDictionary<string, double>? Split, JobId Job, JobState State, double Progress, string? Error, ExportOutcome? Outcome,
    DateTimeOffset CreatedAt, DateTimeOffset? EndedAt)
{
    public static async Task<List<ExportBody>> ReadAsync(StoreContext store, IQueryable<ReleaseExport> exports, CancellationToken cancellationToken)
    {
        var rows = await exports.AsNoTracking()
            .Join(store.Jobs, e => e.JobId, j => j.Id, (e, j) => new { Export = e, j.State, j.Progress, j.Error, j.EndedAt }).OrderByDescending(r => r.Export.Id).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => Of(row.Export, row.State, row.Progress, row.Error, row.EndedAt));
    }

    public static ExportBody Of(ReleaseExport export, JobState state, double progress, string? error, DateTimeOffset? endedAt)
    {
        var options = JsonSerializer.Deserialize<ExportOptions>(export.Options, StoredJson.Options)!;
        var outcome = export.Outcome is { } json ? JsonSerializer.Deserialize<ExportOutcome>(json, StoredJson.Options) : null;
        return new(export.Id, export.ReleaseId, export.Format, options.Images, options.Split, export.JobId, state, state == JobState.Done ? 1 : progress, error, outcome, export.CreatedAt, endedAt);
    }
}
