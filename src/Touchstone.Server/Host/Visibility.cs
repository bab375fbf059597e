using Touchstone.Store;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Host;

/// <summary>
/// Where every query of a feature starts: the rows of the caller's organization and of the compartments that they are cleared for.
/// What is missing and what is somebody else's therefore look the same.
/// </summary>
internal static class Visibility
{
    public static IQueryable<Project> ProjectsVisibleTo(this StoreContext store, CurrentContributor current) =>
        store.Projects.Where(p => p.OrganizationId == current.OrganizationId && current.Compartments.Contains(p.CompartmentId));

    public static IQueryable<LabelTask> TasksVisibleTo(this StoreContext store, CurrentContributor current) =>
        store.Tasks.Where(t => t.OrganizationId == current.OrganizationId && current.Compartments.Contains(t.CompartmentId));

    public static IQueryable<Batch> BatchesVisibleTo(this StoreContext store, CurrentContributor current) =>
        store.Batches.Where(b => b.OrganizationId == current.OrganizationId && current.Compartments.Contains(b.CompartmentId));

    public static IQueryable<Asset> AssetsVisibleTo(this StoreContext store, CurrentContributor current) =>
        store.Assets.Where(a => a.OrganizationId == current.OrganizationId && current.Compartments.Contains(a.CompartmentId));

    public static IQueryable<Corpus> CorporaVisibleTo(this StoreContext store, CurrentContributor current) => store.Corpora.Where(c => c.OrganizationId == current.OrganizationId);

    /// <summary>Jobs of the organization, and of a project only where that is visible.</summary>
    public static IQueryable<Job> JobsVisibleTo(this StoreContext store, CurrentContributor current) =>
        store.Jobs.Where(j => j.OrganizationId == current.OrganizationId
            && (j.ProjectId == null || store.Projects.Any(p => p.Id == j.ProjectId && current.Compartments.Contains(p.CompartmentId))));
}
