using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Keys;

internal static class RevokeKey
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/keys/{keyId}", HandleAsync).RequireManager().WithName("RevokeKey").WithSummary("Stops a key at once.");

    private static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        ApiKeyId keyId, StoreDatabase database, ContributorCache cache, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var found = await database.WriteAsync(
            async (store, cancel) =>
            {
                var key = await store.KeysGovernedBy(current).SingleOrDefaultAsync(k => k.Id == keyId, cancel);
                if (key is not null) key.RevokedAt ??= now;
                return key is not null;
            },
            cancellationToken);
        cache.Forget();
        return found ? TypedResults.NoContent() : Problems.NotFound("There is no such key among those that you govern.");
    }
}
