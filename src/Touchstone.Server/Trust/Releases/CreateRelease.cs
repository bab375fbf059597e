using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Jobs;
using Touchstone.Server.Trust.Releases.Format;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Releases;

/// <summary>Asks for a release; a job builds and publishes it.</summary>
internal static class CreateRelease
{
    private const int LicenceLengthMax = 2_000;
    private const int Attempts = 5;

    /// <param name="AcceptUnassayed">Publish although nothing was measured; the card then says so first of all.</param>
    /// <param name="Images">By reference, or copied into the release.</param>
    /// <param name="Licence">Terms that shall stand in the card.</param>
    public sealed record Request(bool AcceptUnassayed = false, ImageMode Images = ImageMode.Reference, string? Licence = null);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/projects/{projectId}/releases", Handle).WithName("CreateRelease").Idempotent().RequireManager()
        .WithSummary("Builds an immutable release of all done tasks, with its assay. Refused where nothing was measured, unless that is accepted.");

    public static async Task<Results<Accepted<ReleaseBody>, ProblemHttpResult>> Handle(
        ProjectId projectId, Request request, CurrentContributor contributor, StoreContext store, StoreDatabase database, JobSignal signal, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (request.Licence is { } licence && (licence.Length > LicenceLengthMax || licence.Contains('\0')))
            return Problems.Invalid("/licence", $"at most {LicenceLengthMax} characters", $"{licence.Length} characters");
        var project = await store.ProjectsVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancellationToken);
        if (project is null) return Problems.NotFound("There is no such project.");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var release = await database.WriteAsync((write, cancel) => AddAsync(write, project, request, contributor.Id, clock.Now(), cancel), cancellationToken);
                signal.Raise();
                return TypedResults.Accepted($"{TouchstoneServer.ApiPrefix}/releases/{release.Id}", ReleaseBody.Of(release));
            }
            catch (DbUpdateException failure) when (attempt < Attempts && Unique.IsViolated(failure))
            {
                // Somebody else took the number in the same moment.
            }
        }
    }

    private static async Task<Release> AddAsync(StoreContext store, Project project, Request request, ContributorId by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = ReleaseId.New(now);
        var last = await store.Releases.Where(r => r.ProjectId == project.Id).MaxAsync(r => (int?)r.Number, cancellationToken) ?? 0;
        var options = new ReleaseOptions { AcceptUnassayed = request.AcceptUnassayed, CopyImages = request.Images == ImageMode.Copy, Licence = request.Licence };
        var payload = JsonSerializer.Serialize(new ReleaseJob.Payload(id.Value, options), StoredJson.Options);
        var job = JobTable.Add(store, ReleaseJob.Kind, payload, project.OrganizationId, project.Id, by, now);
        var release = new Release
        {
            Id = id,
            OrganizationId = project.OrganizationId,
            CompartmentId = project.CompartmentId,
            ProjectId = project.Id,
            Number = last + 1,
            JobId = job.Id,
            CreatedBy = by,
            CreatedAt = now,
        };
        store.Add(release);
        return release;
    }
}
