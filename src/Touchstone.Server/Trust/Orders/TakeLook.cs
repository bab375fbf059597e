using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Audits;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Orders;

/// <summary>Takes a look at an order: says what the audit so far shows, and ends the order or draws what the next look wants to see.</summary>
/// <remarks>
/// A manager's click and not a machine's: a look spends money. The sample grows by the seed of the first look, from the tasks that were done then, so that all looks together are one simple random sample.
/// </remarks>
internal static class TakeLook
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/orders/{orderId}/look", Handle).WithName("TakeLook").Idempotent().RequireManager()
        .WithSummary("Judges what was audited so far; ends the order, or draws the tasks of its next look.");

    private static async Task<Results<Ok<OrderBody>, ProblemHttpResult>> Handle(
        BoundOrderId orderId, CurrentContributor contributor, StoreContext store, StoreDatabase database, OntologyCache ontologies, ServerOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var order = await store.OrdersVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(o => o.Id == orderId, cancellationToken);
        if (order is null) return GetOrder.NoSuchOrder();
        if (order.EndedAt is not null) return Problems.Conflict("The order has ended.", "order_ended");
        if (await Derivation.IsReplayingAsync(store, cancellationToken)) return Problems.Conflict(Derivation.Replaying, "deriving");
        var audit = await OrderAudit.ReadAsync(store, ontologies, order, cancellationToken);
        var progress = await OrderReader.ProgressAsync(store, order, audit, cancellationToken);
        if (audit.Looks > 0 && !audit.IsJudged) return Problems.Conflict(progress.Sentence, "look_open");
        var state = OrderReader.StateOf(OrderReader.Judge(order, audit), audit);
        if (state != OrderState.Running)
        {
            // Told again as of a whole look, since second judgements that are missing now will not be waited for.
            var final = await OrderReader.ProgressAsync(store, order, audit with { IsWhole = true }, cancellationToken);
            await OrderEnd.WriteAsync(database, order, final, clock.Now(), cancellationToken);
        }
        else if (await DrawAsync(store, database, options, order, audit, progress, contributor.Id, clock.Now(), cancellationToken) is { } refused)
        {
            return refused;
        }

        var now = await store.BoundOrders.AsNoTracking().SingleAsync(o => o.Id == orderId, cancellationToken);
        return TypedResults.Ok(await OrderReader.ReadAsync(store, ontologies, now, cancellationToken));
    }

    private static async Task<ProblemHttpResult?> DrawAsync(
        StoreContext store, StoreDatabase database, ServerOptions options, BoundOrder order, OrderAudit audit, OrderProgress progress, ContributorId by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var plan = OrderBody.PlanOf(order);
        if (audit.Looks == 0 && progress.TasksDone < progress.Tasks) return Problems.Conflict(progress.Sentence, "not_done");
        if (audit.Looks == 0 && progress.TasksDone == 0) return Problems.Conflict("No task is done yet, so there is nothing to draw from.", "nothing_done");
        if (audit.Looks >= plan.Looks.Length) return Problems.Conflict("There is no further look. Cancel the order.", "no_further_look");
        var project = await store.Projects.AsNoTracking().SingleAsync(p => p.Id == order.ProjectId, cancellationToken);
        var population = audit.Drawn?.Population ?? (await AuditFrame.ReadAsync(store, order.ProjectId, cancellationToken)).Population;
        var seed = audit.Drawn?.Audit.Seed ?? await DrawAudit.SeedAsync(store, project, options, cancellationToken);
        var before = audit.Drawn?.Audit;
        var size = Math.Min(plan.Looks[audit.Looks].Audited, population.Length);
        var share = await Auditors.CountAsync(store, project, cancellationToken) < 2 ? 0 : plan.Order.TwiceShare;
        var draft = Draft(order, audit, population, seed, size, (before?.Twice ?? 0) + (int)Math.Ceiling((size - (before?.Size ?? 0)) * share - 1e-9));
        var cost = (draft.Added.Length + draft.JudgedTwice.Count) * plan.Order.AuditCostMinor;
        if (progress.SpentMinor + cost > plan.Order.BudgetMinor)
            return Problems.Conflict(
                string.Create(CultureInfo.InvariantCulture, $"This look costs {cost:0}; {progress.SpentMinor} of {plan.Order.BudgetMinor} are spent (in the smallest unit, such as cents). Cancel the order, or make a new one with a larger budget."), "over_budget");
        var looks = audit.Looks;
        var isFirst = await database.WriteAsync(
            async (write, cancel) =>
            {
                // Two who click at once take one look: the order's row stays locked from here on.
                var isRunning = await write.BoundOrders.Where(o => o.Id == order.Id && o.EndedAt == null).ExecuteUpdateAsync(o => o.SetProperty(x => x.Outcome, x => x.Outcome), cancel) == 1;
                if (!isRunning) return false;
                var first = before is null ? (Guid?)null : audit.Drawn!.Chain[0].Id.Value;
                var later = await write.Audits.Where(a => a.ProjectId == order.ProjectId && a.Strata != null && a.CreatedAt >= order.CreatedAt).Select(a => a.Strata).ToListAsync(cancel);
                if (later.Count(s => AuditDesign.Of(s).Order == order.Id.Value) != looks) return false;
                await AuditWriter.WriteAsync(write, project, draft with { Design = draft.Design with { Extends = first } }, by, now, cancel);
                return true;
            },
            cancellationToken);
        return isFirst ? null : Problems.Conflict("Somebody has taken this look already.", "look_open");
    }

    private static AuditDraft Draft(BoundOrder order, OrderAudit audit, Guid[] population, long seed, int size, int twice)
    {
        var sample = SimpleRandomSample.Draw(population, size, seed);
        Guid[] added = audit.Drawn is { } drawn ? [.. sample.Where(t => !drawn.AuditTaskOf.ContainsKey(t))] : sample;
        IReadOnlyList<SampleStep> steps = [.. audit.Drawn?.Chain.Select(a => new SampleStep(a.Size, a.Twice)) ?? [], new SampleStep(size, twice)];
        var judgedTwice = AuditDraw.Twice(population, sample, steps, seed);
        judgedTwice.IntersectWith(added);
        return new AuditDraft(population, size, added, judgedTwice, twice, seed, new AuditDesign { Order = order.Id.Value, Look = audit.Looks + 1 });
    }
}
