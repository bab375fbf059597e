using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Orders;

/// <summary>The orders of a project, newest first. At most one of them runs, and only that one is computed.</summary>
internal static class ListOrders
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/projects/{projectId}/orders", Handle).WithName("ListOrders").RequireManager();

    private static async Task<Results<Ok<Page<OrderBody>>, ProblemHttpResult>> Handle(
        ProjectId projectId, Cursor? after, PageSize? limit, CurrentContributor contributor, StoreContext store, OntologyCache ontologies, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(contributor).AnyAsync(p => p.Id == projectId, cancellationToken)) return Problems.NotFound("There is no such project.");
        var orders = store.OrdersVisibleTo(contributor).AsNoTracking().Where(o => o.ProjectId == projectId);
        if (after is { } cursor)
        {
            var last = BoundOrderId.From(cursor.Id);
            orders = orders.Where(o => o.Id < last);
        }

        var size = PageSize.Of(limit);
        var bodies = new List<OrderBody>();
        foreach (var order in await orders.OrderByDescending(o => o.Id).Take(size + 1).ToListAsync(cancellationToken)) bodies.Add(await OrderReader.ReadAsync(store, ontologies, order, cancellationToken));
        return TypedResults.Ok(Page.Of(bodies, size, o => Cursor.At(o.Id.Value)));
    }
}

/// <summary>One order and how it stands.</summary>
internal static class GetOrder
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/orders/{orderId}", Handle).WithName("GetOrder").RequireManager();

    private static async Task<Results<Ok<OrderBody>, ProblemHttpResult>> Handle(
        BoundOrderId orderId, CurrentContributor contributor, StoreContext store, OntologyCache ontologies, CancellationToken cancellationToken) =>
        await store.OrdersVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(o => o.Id == orderId, cancellationToken) is { } order
            ? TypedResults.Ok(await OrderReader.ReadAsync(store, ontologies, order, cancellationToken))
            : NoSuchOrder();

    public static ProblemHttpResult NoSuchOrder() => Problems.NotFound("There is no such order.");
}
