using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Store;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Catalogue.Tasks;

/// <summary>Pictures of a project whose answers are known. What training tells must not be what gold asks: neither may show the other's picture.</summary>
internal static class KnownPictures
{
    /// <summary>Pictures of gold that is handed out.</summary>
    public static async Task<HashSet<AssetId>> OfGoldAsync(StoreContext store, ProjectId project, CancellationToken cancellationToken) =>
        [.. await QueueChanges.LiveGold(store).Where(t => t.ProjectId == project && t.AssetId != null).Select(t => t.AssetId!.Value).ToListAsync(cancellationToken)];

    /// <summary>Pictures of training tasks that are handed out.</summary>
    public static async Task<HashSet<AssetId>> OfTrainingAsync(StoreContext store, ProjectId project, CancellationToken cancellationToken) =>
        [.. await TrainingTasks.Of(store, project).Where(t => t.AssetId != null).Select(t => t.AssetId!.Value).ToListAsync(cancellationToken)];
}
