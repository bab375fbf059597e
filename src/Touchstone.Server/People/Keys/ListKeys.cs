using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;

namespace Touchstone.Server.People.Keys;

internal static class ListKeys
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/keys", HandleAsync).RequireManager().WithName("ListKeys").WithSummary("API keys: an owner sees all, a manager their own and those of simulated contributors.");

    private static async Task<Ok<Page<ApiKeyRow>>> HandleAsync(StoreContext store, CurrentContributor current, Cursor? after, PageSize? limit, CancellationToken cancellationToken)
    {
        var size = PageSize.Of(limit);
        var keys = store.KeysGovernedBy(current);
        if (after is { } cursor)
        {
            var last = new Store.Ids.ApiKeyId(cursor.Id);
            keys = keys.Where(k => k.Id > last);
        }

        var rows = await keys.OrderBy(k => k.Id).Take(size + 1)
            .Join(store.Contributors, k => k.ContributorId, c => c.Id, (k, c) => new { k, c.DisplayName })
            .OrderBy(r => r.k.Id)
            .Select(r => new ApiKeyRow(r.k.Id, r.k.Name, r.k.Prefix, r.k.ContributorId, r.DisplayName, r.k.CreatedAt, r.k.ExpiresAt, r.k.LastUsedAt, r.k.RevokedAt))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(Page.Of(rows, size, r => Cursor.At(r.Id.Value)));
    }
}
