using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Contributors;

internal static class Suspend
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/contributors/{contributorId}/suspension", SuspendAsync).RequireManager().WithName("Suspend").WithSummary("Shuts a contributor out at once: sessions, keys and work. What they did stays.");
        routes.MapDelete("/contributors/{contributorId}/suspension", LiftAsync).RequireManager().WithName("LiftSuspension").WithSummary("Lets a suspended contributor in again.");
    }

    private static Task<Results<NoContent, ProblemHttpResult>> SuspendAsync(
        ContributorId contributorId, StoreDatabase database, ContributorCache cache, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken) =>
        SetAsync(contributorId, clock.Now(), database, cache, current, cancellationToken);

    private static Task<Results<NoContent, ProblemHttpResult>> LiftAsync(
        ContributorId contributorId, StoreDatabase database, ContributorCache cache, CurrentContributor current, CancellationToken cancellationToken) =>
        SetAsync(contributorId, null, database, cache, current, cancellationToken);

    private static async Task<Results<NoContent, ProblemHttpResult>> SetAsync(
        ContributorId id, DateTimeOffset? suspendedAt, StoreDatabase database, ContributorCache cache, CurrentContributor current, CancellationToken cancellationToken)
    {
        var problem = await database.WriteAsync((store, cancel) => ChangeAsync(store, id, suspendedAt, current, cancel), cancellationToken);
        cache.Forget();
        return problem is null ? TypedResults.NoContent() : problem;
    }

    private static async Task<ProblemHttpResult?> ChangeAsync(
        StoreContext store, ContributorId id, DateTimeOffset? suspendedAt, CurrentContributor current, CancellationToken cancellationToken)
    {
        var contributor = await store.ContributorsVisibleTo(current).SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (contributor is null) return ListContributors.NoSuchContributor();
        if (!current.MayGovern(contributor.Role)) return Problems.Forbidden(Roles.Refusal(contributor.Role));
        if (contributor.SuspendedAt is null == suspendedAt is null) return null;
        if (suspendedAt is not null && await Owners.IsLastAsync(store, contributor, cancellationToken)) return Problems.Conflict(Owners.LastOwner, "last_owner");
        contributor.SuspendedAt = suspendedAt;
        contributor.Version++;
        return null;
    }
}
