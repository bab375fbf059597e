using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>What a project trains with.</summary>
internal static class TrainingTasks
{
    /// <summary>Training tasks that are handed out: not retired, and what they look at is there.</summary>
    public static IQueryable<LabelTask> Of(StoreContext store, ProjectId project) =>
        from gold in store.Gold
        where gold.ProjectId == project && gold.RetiredAt == null
        join task in store.Tasks on gold.TaskId equals task.Id
        where task.Purpose == TaskPurpose.Training && !store.Assets.Any(a => a.Id == task.AssetId && a.WithdrawnAt != null)
        select task;
}
