using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Quality.Assays;
using Touchstone.Server.Trust.Releases.Format;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Releases;

/// <summary>A release as managers see it.</summary>
/// <param name="Id">The release.</param>
/// <param name="Project">Its project.</param>
/// <param name="Number">Counts from 1 within the project.</param>
/// <param name="State">Building, published or failed.</param>
/// <param name="Job">The job that builds it.</param>
/// <param name="Digest">Its name, once published.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Summary">What it holds, once published.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="PublishedAt">When it was published.</param>
internal sealed record ReleaseBody(
    ReleaseId Id, ProjectId Project, int Number, ReleaseState State, JobId Job, string? Digest, string? Error, ReleaseSummary? Summary, DateTimeOffset CreatedAt,
    DateTimeOffset? PublishedAt)
{
    public static ReleaseBody Of(Release release) => new(
        release.Id, release.ProjectId, release.Number, release.State, release.JobId, release.Digest, release.Error,
        release.Manifest is null ? null : ReleaseSummary.Of(release.Manifest), release.CreatedAt, release.PublishedAt);

    /// <summary>Releases with what became of their jobs: where one ended without publishing, nobody builds its release any more.</summary>
    public static async Task<List<ReleaseBody>> ReadAsync(StoreContext store, IQueryable<Release> releases, CancellationToken cancellationToken)
    {
        var rows = await releases.Select(r => new { Release = r, Job = store.Jobs.Where(j => j.Id == r.JobId).Select(j => new { j.State, j.Error }).FirstOrDefault() }).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => (row.Release.State, row.Job?.State) switch
        {
            (ReleaseState.Building, JobState.Failed) => Of(row.Release) with { State = ReleaseState.Failed, Error = row.Job!.Error },
            (ReleaseState.Building, JobState.Cancelled) => Of(row.Release) with { State = ReleaseState.Failed, Error = "It was cancelled." },
            _ => Of(row.Release),
        });
    }
}

/// <summary>The part of release.json that a list shows.</summary>
internal sealed record ReleaseSummary(
    int Labels, int Images, int Shapes, int Files, OriginCounts Origin, AssayStatus Assay, IReadOnlyList<AssayFigure> Figures, IReadOnlyList<AssayFigure> GoldFigures,
    IReadOnlyList<AuditorFigure> Auditors)
{
    public static ReleaseSummary Of(string manifest)
    {
        var content = JsonSerializer.Deserialize<ReleaseDocument>(manifest, ReleaseJson.Options)!.Content;
        return new(
            content.Counts.Labels, content.Counts.Images, content.Counts.Shapes, content.Files.Count + 1, content.Origin, content.Assay.Status, content.Assay.Figures, content.Assay.GoldFigures,
            content.Assay.Auditors ?? []);
    }
}
