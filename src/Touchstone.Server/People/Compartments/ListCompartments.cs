using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Compartments;

internal static class ListCompartments
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/compartments", HandleAsync).RequireManager().WithName("ListCompartments").WithSummary("An owner sees all compartments, a manager those that they are cleared for.");

    public sealed record Row(CompartmentId Id, string Name, DateTimeOffset CreatedAt, IReadOnlyList<ContributorId> Cleared);

    private static async Task<Ok<Page<Row>>> HandleAsync(StoreContext store, CurrentContributor current, Cursor? after, PageSize? limit, CancellationToken cancellationToken)
    {
        var size = PageSize.Of(limit);
        var compartments = store.Compartments.Where(c => c.OrganizationId == current.OrganizationId);
        if (!current.Is(Role.Owner)) compartments = compartments.Where(c => current.Compartments.Contains(c.Id));
        if (after is { } cursor)
        {
            var last = new CompartmentId(cursor.Id);
            compartments = compartments.Where(c => c.Id > last);
        }

        var rows = await compartments.OrderBy(c => c.Id).Take(size + 1).Select(c => new { c.Id, c.Name, c.CreatedAt }).ToListAsync(cancellationToken);
        var ids = rows.Select(r => r.Id).ToArray();
        var cleared = (await store.Clearances.Where(c => ids.Contains(c.CompartmentId)).Select(c => new { c.CompartmentId, c.ContributorId }).ToListAsync(cancellationToken))
            .ToLookup(c => c.CompartmentId, c => c.ContributorId);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(r => new Row(r.Id, r.Name, r.CreatedAt, [.. cleared[r.Id].OrderBy(c => c.Value)])), size, r => Cursor.At(r.Id.Value)));
    }
}
