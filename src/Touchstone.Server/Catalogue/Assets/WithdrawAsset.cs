using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Files.Storage;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Catalogue.Assets;

internal static class WithdrawAsset
{
    private const int ReasonMax = 1_000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/assets/{assetId}/withdrawal", HandleAsync).RequireManager().WithName("WithdrawAsset")
            .WithSummary("Removes an asset's bytes for good and leaves a tombstone; its tasks are handed out no more, and the same bytes are not taken again.");

    public sealed record Request(string Reason);

    private static async Task<Results<Ok<AssetRow>, ProblemHttpResult>> HandleAsync(
        AssetId assetId, Request request, StoreContext store, StoreDatabase database, ContentFolder content, ServerOptions options, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken)
    {
        var reason = request.Reason.Trim();
        if (reason.Length is 0 or > ReasonMax) return Problems.Invalid("/reason", $"1 to {ReasonMax} characters that say why", $"{reason.Length} characters");
        var now = clock.Now();
        var asset = await database.WriteAsync((write, cancel) => BuryAsync(write, assetId, reason, current, now, cancel), cancellationToken);
        if (asset is null) return ListAssets.NoSuchAsset();

        // The tombstone is durable; bytes that a crash leaves here go when the withdrawal is sent again.
        await AssetIntake.DropAsync(database, content, AssetContent.ScopeOf(asset.OrganizationId), asset.OrganizationId, asset.Sha256);
        await WithdrawnCopies.RemoveAsync(store, options, asset, cancellationToken);
        return TypedResults.Ok(AssetRow.Of(asset));
    }

    private static async Task<Asset?> BuryAsync(StoreContext store, AssetId id, string reason, CurrentContributor current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var asset = await store.AssetsVisibleTo(current).SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
        if (asset is null || asset.WithdrawnAt is not null) return asset;
        asset.WithdrawnAt = now;
        store.Add(new Tombstone
        {
            Id = TombstoneId.New(now),
            OrganizationId = asset.OrganizationId,
            CompartmentId = asset.CompartmentId,
            SubjectKind = "assets",
            SubjectId = id.Value,
            Sha256 = asset.Sha256,
            Reason = reason,
            CreatedBy = current.Id,
            CreatedAt = now,
        });
        var tasks = await store.Tasks.Where(t => t.AssetId == id).Select(t => new { t.Id, t.ProjectId, t.Purpose }).ToListAsync(cancellationToken);
        foreach (var task in tasks)
        {
            await QueueChanges.CloseAsync(store, task.Id, cancellationToken);
            store.Add(new OutboxRow
            {
                Kind = OutboxKind.AssetWithdrawn,
                OrganizationId = asset.OrganizationId,
                ProjectId = task.ProjectId,
                TaskId = task.Id,
                ContributorId = current.Id,
                SubjectId = id.Value,
                Purpose = task.Purpose,
                At = now,
            });
        }

        return asset;
    }
}
