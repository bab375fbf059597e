using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Contributors;

internal static class ChangeRole
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/contributors/{contributorId}/role", HandleAsync).RequireManager().WithName("ChangeRole").WithSummary("Gives a contributor another role. Managers govern below manager, owners everybody.");

    public sealed record Request(Role Role);

    private static async Task<Results<Ok<ContributorRow>, ProblemHttpResult>> HandleAsync(
        ContributorId contributorId, Request request, HttpRequest http, StoreDatabase database, StoreContext store, ContributorCache cache, CurrentContributor current, CancellationToken cancellationToken)
    {
        var problem = await database.WriteAsync((write, cancel) => ChangeAsync(write, contributorId, request.Role, http, current, cancel), cancellationToken);
        if (problem is not null) return problem;
        cache.Forget();
        var row = await store.ContributorsVisibleTo(current).Where(c => c.Id == contributorId).Select(ContributorRow.Projection).SingleAsync(cancellationToken);
        http.HttpContext.Response.SetVersion(row.Version);
        return TypedResults.Ok(row);
    }

    private static async Task<ProblemHttpResult?> ChangeAsync(StoreContext store, ContributorId id, Role role, HttpRequest http, CurrentContributor current, CancellationToken cancellationToken)
    {
        var contributor = await store.ContributorsVisibleTo(current).SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (contributor is null) return ListContributors.NoSuchContributor();
        if (!current.MayGovern(contributor.Role)) return Problems.Forbidden(Roles.Refusal(contributor.Role));
        if (!current.MayGovern(role)) return Problems.Forbidden(Roles.Refusal(role));
        if (VersionTag.Refuse(http, contributor.Version) is { } stale) return stale;
        if (contributor.Role == role) return null;
        if (contributor.Simulated && role >= Role.Manager) return Problems.Invalid("/role", "contributor or reviewer for somebody simulated", SnakeCaseNames.Of(role));
        if (await Owners.IsLastAsync(store, contributor, cancellationToken)) return Problems.Conflict(Owners.LastOwner, "last_owner");
        contributor.Role = role;
        contributor.Version++;
        return null;
    }
}
