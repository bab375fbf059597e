using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Files.Storage;
using Touchstone.Server.Host;
using Touchstone.Server.Jobs;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Releases;

/// <summary>Builds a release that was asked for and publishes it.</summary>
internal static class ReleaseJob
{
    public const string Kind = "build_release";

    public sealed record Payload(Guid Release, ReleaseOptions Options);

    /// <summary>Where a release's files rest.</summary>
    public static string FolderOf(ServerOptions options, ReleaseId release) => Path.Combine(options.DataFolder, "releases", release.ToString());

    public static async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize<Payload>(run.Payload, StoredJson.Options)!;
        var database = run.Services.GetRequiredService<StoreDatabase>();
        var clock = run.Services.GetRequiredService<TimeProvider>();
        var id = ReleaseId.From(payload.Release);
        await using var store = database.CreateContext();
        var release = await store.Releases.AsNoTracking().SingleAsync(r => r.Id == id, cancellationToken);
        if (release.State == ReleaseState.Published) return;

        var folder = FolderOf(run.Services.GetRequiredService<ServerOptions>(), id);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);   // of an attempt that died before it was published
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        try
        {
            var built = await ReleaseBuilder.BuildAsync(
                database, run.Services.GetRequiredService<ContentFolder>(), release.ProjectId, payload.Options, folder, clock.Now(), release.Number, id, run.ReportAsync, cancellationToken);
            await PublishAsync(database, release, built, run.CreatedBy, clock.Now(), cancellationToken);
        }
        catch (ReleaseRefusedException refused)
        {
            await FailAsync(database, id, refused.Message, cancellationToken);
            throw new JobFailedException(refused.Message, refused);
        }
    }

    private static Task<bool> PublishAsync(StoreDatabase database, Release release, BuiltRelease built, ContributorId by, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (store, cancel) =>
            {
                var row = await store.Releases.SingleAsync(r => r.Id == release.Id, cancel);
                (row.State, row.Digest, row.Manifest, row.Error, row.PublishedAt) = (ReleaseState.Published, built.Digest, built.Manifest, null, now);
                store.Add(new OutboxRow
                {
                    Kind = OutboxKind.ReleasePublished,
                    OrganizationId = release.OrganizationId,
                    ProjectId = release.ProjectId,
                    ContributorId = by,
                    SubjectId = release.Id.Value,
                    At = now,
                });
                return true;
            },
            cancellationToken);

    private static Task<int> FailAsync(StoreDatabase database, ReleaseId id, string error, CancellationToken cancellationToken) => database.WriteAsync(
        (store, cancel) => store.Releases.Where(r => r.Id == id).ExecuteUpdateAsync(r => r.SetProperty(x => x.State, ReleaseState.Failed).SetProperty(x => x.Error, error), cancel),
        cancellationToken);
}
