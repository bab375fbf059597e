using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Trust.Examples;

/// <summary>Which examples may be shown: of finished ordinary tasks that nobody is, or will be, tested by.</summary>
internal static class ExampleRows
{
    public static IQueryable<InstructionExample> ExamplesVisibleTo(this StoreContext store, CurrentContributor current) => store.Examples.Where(e =>
        e.OrganizationId == current.OrganizationId && current.Compartments.Contains(e.CompartmentId) && e.RemovedAt == null && !(e.ReviewId != null && store.Reviews.Any(r => r.Supersedes == e.ReviewId)) && Showable(store).Any(t => t.Id == e.TaskId));

    /// <summary>Not of gold or training tasks, nor of what gold was made of or shows the same picture, nor while an audit judges it; and not where the picture is gone.</summary>
    public static IQueryable<LabelTask> Showable(StoreContext store) => store.Tasks.Where(t =>
        t.Purpose == TaskPurpose.Label && t.State == TaskState.Done
        && !store.Assets.Any(a => a.Id == t.AssetId && a.WithdrawnAt != null)
        && !QueueChanges.LiveGold(store).Any(o => o.ProjectId == t.ProjectId && o.AssetId == t.AssetId)
        && !store.Tasks.Any(o => o.AuditOf == t.Id && (o.Purpose == TaskPurpose.Gold || o.State == TaskState.Open)));

    public static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult NoSuchExample() => Problems.NotFound("There is no such example among those that you may see.");
}
