using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Formats.Exchange;
using Touchstone.Server.Host;
using Touchstone.Server.Jobs;
using Touchstone.Server.Trust.Releases;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Exports;

/// <summary>Asks for a published release in another format; a job writes it.</summary>
internal static class ExportRelease
{
    private const int PartsMax = 20;

    /// <param name="Format">The format's name; GET /formats lists them.</param>
    /// <param name="Images">Whether the pictures lie in the archive.</param>
    /// <param name="Split">Shares by part, such as {"train": 0.8, "val": 0.2}: classes spread alike. Without it the release stays whole.</param>
    /// <param name="Seed">Of the split.</param>
    public sealed record Request(string Format, ExportedImages Images = ExportedImages.None, IReadOnlyDictionary<string, double>? Split = null, long Seed = 1);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/releases/{releaseId}/exports", Handle).WithName("ExportRelease").Idempotent().RequireManager()
        .WithSummary("Writes a published release in another format. What that format cannot carry is counted and told.");

    public static async Task<Results<Accepted<ExportBody>, ProblemHttpResult>> Handle(
        ReleaseId releaseId, Request request, CurrentContributor contributor, StoreContext store, StoreDatabase database, JobSignal signal, TimeProvider clock, CancellationToken cancellationToken)
    {
        var release = await store.ReleasesVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(r => r.Id == releaseId, cancellationToken);
        if (release is null) return GetRelease.NoSuchRelease();
        if (release.State != ReleaseState.Published) return Problems.Conflict("Only a published release can be exported.", "not_published");
        if (FormatRegistry.Find(request.Format) is not { Traits.Writes: true } format)
            return Problems.Invalid("/format", $"one of {string.Join(", ", FormatRegistry.All.Where(f => f.Traits.Writes).Select(f => f.Traits.Id))}", request.Format);
        if (SplitFault(request.Split) is { } fault) return Problems.Invalid("/split", fault, "another division");
        var now = clock.Now();
        var id = ReleaseExportId.New(now);
        var export = await database.WriteAsync(
            (write, _) =>
            {
                var job = JobTable.Add(write, ExportJob.Kind, JsonSerializer.Serialize(new ExportJob.Payload(id.Value), StoredJson.Options), release.OrganizationId, release.ProjectId, contributor.Id, now);
                return Task.FromResult(write.Add(new ReleaseExport
                {
                    Id = id,
                    OrganizationId = release.OrganizationId,
                    CompartmentId = release.CompartmentId,
                    ReleaseId = release.Id,
                    Format = format.Traits.Id,
                    Options = JsonSerializer.Serialize(new ExportOptions(request.Images, request.Split, request.Seed), StoredJson.Options),
                    JobId = job.Id,
                    CreatedBy = contributor.Id,
                    CreatedAt = now,
                }).Entity);
            },
            cancellationToken);
        signal.Raise();
        return TypedResults.Accepted($"{TouchstoneServer.ApiPrefix}/exports/{id}", ExportBody.Of(export, JobState.Queued, 0, null, null));
    }

    private static string? SplitFault(IReadOnlyDictionary<string, double>? split)
    {
        const string Expected = "2 to 20 parts with plain names and shares above 0 that add up to 1";
        if (split is null) return null;
        if (split.Count is < 2 or > PartsMax || split.Keys.Any(k => k.Length is 0 or > 40 || !k.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))) return Expected;
        return split.Values.All(v => v is > 0 and < 1) && Math.Abs(split.Values.Sum() - 1) < 1e-6 ? null : Expected;
    }
}
