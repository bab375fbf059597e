using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Trust;

/// <summary>Where queries upon trust's tables start: rows of the caller's organization and of the compartments that they are cleared for.</summary>
internal static class TrustVisibility
{
    public static IQueryable<Audit> AuditsVisibleTo(this StoreContext store, CurrentContributor current) =>
        store.Audits.Where(a => a.OrganizationId == current.OrganizationId && current.Compartments.Contains(a.CompartmentId));

    public static IQueryable<BoundOrder> OrdersVisibleTo(this StoreContext store, CurrentContributor current) =>
        store.BoundOrders.Where(o => o.OrganizationId == current.OrganizationId && current.Compartments.Contains(o.CompartmentId));

    public static IQueryable<Release> ReleasesVisibleTo(this StoreContext store, CurrentContributor current) =>
        store.Releases.Where(r => r.OrganizationId == current.OrganizationId && current.Compartments.Contains(r.CompartmentId));

    public static IQueryable<ReleaseExport> ExportsVisibleTo(this StoreContext store, CurrentContributor current) =>
        store.ReleaseExports.Where(e => e.OrganizationId == current.OrganizationId && current.Compartments.Contains(e.CompartmentId));

    public static IQueryable<Review> ReviewsVisibleTo(this StoreContext store, CurrentContributor current) =>
        store.Reviews.Where(r => r.OrganizationId == current.OrganizationId && current.Compartments.Contains(r.CompartmentId));
}
