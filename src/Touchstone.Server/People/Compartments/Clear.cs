using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.People.Contributors;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Compartments;

internal static class Clear
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/compartments/{compartmentId}/clearances/{contributorId}", GrantAsync).RequireOwner().WithName("GrantClearance").WithSummary("Lets a contributor see a compartment.");
        routes.MapDelete("/compartments/{compartmentId}/clearances/{contributorId}", RevokeAsync).RequireOwner().WithName("RevokeClearance").WithSummary("Takes that back, at once.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> GrantAsync(
        CompartmentId compartmentId, ContributorId contributorId, StoreDatabase database, ContributorCache cache, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var problem = await database.WriteAsync(
            async (store, cancel) =>
            {
                if (!await store.Compartments.AnyAsync(c => c.Id == compartmentId && c.OrganizationId == current.OrganizationId, cancel)) return NoSuchCompartment();
                if (!await store.ContributorsVisibleTo(current).AnyAsync(c => c.Id == contributorId, cancel)) return ListContributors.NoSuchContributor();
                if (!await store.Clearances.AnyAsync(c => c.CompartmentId == compartmentId && c.ContributorId == contributorId, cancel))
                {
                    store.Add(new Clearance
                    {
                        CompartmentId = compartmentId,
                        ContributorId = contributorId,
                        OrganizationId = current.OrganizationId,
                        GrantedBy = current.Id,
                        GrantedAt = now,
                    });
                }

                return null;
            },
            cancellationToken);
        cache.Forget();
        return problem is null ? TypedResults.NoContent() : problem;
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        CompartmentId compartmentId, ContributorId contributorId, StoreDatabase database, ContributorCache cache, CurrentContributor current, CancellationToken cancellationToken)
    {
        var removed = await database.WriteAsync(
            (store, cancel) => store.Clearances
                .Where(c => c.CompartmentId == compartmentId && c.ContributorId == contributorId && c.OrganizationId == current.OrganizationId)
                .ExecuteDeleteAsync(cancel),
            cancellationToken);
        cache.Forget();
        return removed == 1 ? TypedResults.NoContent() : Problems.NotFound("This contributor has no clearance for that compartment.");
    }

    private static ProblemHttpResult NoSuchCompartment() => Problems.NotFound("There is no such compartment in your organization.");
}
