using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Orders;

/// <summary>Cancels a running order. What was labelled and judged stays; the project keeps its overlap.</summary>
internal static class CancelOrder
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/orders/{orderId}", Handle).WithName("CancelOrder").RequireManager();

    private static async Task<Results<Ok<OrderBody>, ProblemHttpResult>> Handle(
        BoundOrderId orderId, CurrentContributor contributor, StoreContext store, StoreDatabase database, OntologyCache ontologies, TimeProvider clock, CancellationToken cancellationToken)
    {
        var order = await store.OrdersVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(o => o.Id == orderId, cancellationToken);
        if (order is null) return GetOrder.NoSuchOrder();
        if (order.EndedAt is null)
        {
            var progress = (await OrderReader.ReadAsync(store, ontologies, order, cancellationToken)).Progress with { State = OrderState.Cancelled, NextLook = null, Sentence = "It was cancelled." };
            await OrderEnd.WriteAsync(database, order, progress, clock.Now(), cancellationToken);
        }

        var ended = await store.BoundOrders.AsNoTracking().SingleAsync(o => o.Id == orderId, cancellationToken);
        return TypedResults.Ok(await OrderReader.ReadAsync(store, ontologies, ended, cancellationToken));
    }
}

/// <summary>Ends an order, once.</summary>
internal static class OrderEnd
{
    public static Task<int> WriteAsync(StoreDatabase database, BoundOrder order, OrderProgress progress, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (id, outcome) = (order.Id, JsonSerializer.Serialize(progress, StoredJson.Options));
        return database.WriteAsync(
            (store, cancel) => store.BoundOrders.Where(o => o.Id == id && o.EndedAt == null)
                .ExecuteUpdateAsync(o => o.SetProperty(x => x.EndedAt, now).SetProperty(x => x.Outcome, outcome), cancel),
            cancellationToken);
    }
}
