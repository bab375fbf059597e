using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Quality.Assays;
using Touchstone.Server.Trust.Audits;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Trust.Orders;

/// <summary>How an order stands, computed from the audits since; how it ended, once it has, is kept as it was.</summary>
internal static class OrderReader
{
    public static async Task<OrderBody> ReadAsync(StoreContext store, OntologyCache ontologies, BoundOrder order, CancellationToken cancellationToken)
    {
        if (order.Outcome is { } outcome) return OrderBody.Of(order, JsonSerializer.Deserialize<OrderProgress>(outcome, StoredJson.Options)!);
        var audit = await OrderAudit.ReadAsync(store, ontologies, order, cancellationToken);
        return OrderBody.Of(order, await ProgressAsync(store, order, audit, cancellationToken));
    }

    /// <summary>The look that stands at the end of what was judged; null where a drawn task is not judged yet.</summary>
    public static OrderLook? Judge(BoundOrder order, OrderAudit audit) =>
        audit is { IsJudged: true, Stratum: { } stratum } ? AssayOrderRun.Judge(OrderBody.PlanOf(order), Math.Min(audit.Looks, OrderBody.PlanOf(order).Looks.Length), [stratum]) : null;

    public static async Task<OrderProgress> ProgressAsync(StoreContext store, BoundOrder order, OrderAudit audit, CancellationToken cancellationToken)
    {
        var plan = OrderBody.PlanOf(order);
        var states = await store.Tasks.Where(t => t.ProjectId == order.ProjectId && t.Purpose == TaskPurpose.Label && t.State != TaskState.Withdrawn)
            .GroupBy(t => t.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var (tasks, done) = (states.Values.Sum(), states.GetValueOrDefault(TaskState.Done));
        var look = Judge(order, audit);
        var state = audit.IsWhole ? StateOf(look, audit) : OrderState.Running;
        var next = state == OrderState.Running && audit.Looks < plan.Looks.Length && (audit.Looks == 0 || look is { Status: OrderStatus.Continue })
            ? new NextLook(audit.Looks + 1, Math.Min(plan.Looks[audit.Looks].Audited, audit.Drawn?.Population.Length ?? tasks))
            : null;
        var (audited, correct) = (audit.Stratum?.Audited ?? 0, audit.Stratum?.Correct ?? 0);
        return new OrderProgress(
            tasks, done, audit.Looks, audit.Drawn?.AuditTaskOf.Count ?? 0, audited, audited - correct, Rounded(look?.Assay.Accuracy), Rounded(look?.Assay.LowerBound), await SpentAsync(store, order, plan, cancellationToken), next, state,
            Sentence(plan, audit, look, state, tasks - done, next));
    }

    /// <summary>A sample that is all there is cannot grow: what it does not show is not shown.</summary>
    public static OrderState StateOf(OrderLook? look, OrderAudit audit) => look?.Status switch
    {
        null => OrderState.Running,
        OrderStatus.Met => OrderState.Met,
        OrderStatus.OutOfReach or OrderStatus.Exhausted => OrderState.NotMet,
        _ => audit.Drawn!.AuditTaskOf.Count >= audit.Drawn.Population.Length ? OrderState.NotMet : OrderState.Running,
    };

    private static string Sentence(AssayOrderPlan plan, OrderAudit audit, OrderLook? look, OrderState state, int unfinished, NextLook? next)
    {
        var wanted = PlanAudit.Percent(plan.Order.Accuracy);
        if (audit.Looks == 0)
            return unfinished > 0
                ? $"{unfinished} tasks are not done yet. The first look is taken when all are: what is promised is promised of all of them."
                : string.Create(CultureInfo.InvariantCulture, $"All tasks are done. The first look draws {next?.Audited} of them.");
        if (look is null) return $"Look {audit.Looks} is being judged: {audit.Stratum?.Audited ?? 0} of {audit.Drawn!.AuditTaskOf.Count} drawn tasks are.";
        var bound = string.Create(CultureInfo.InvariantCulture, $"After look {audit.Looks} at least {PlanAudit.Percent(Math.Floor(look.Assay.LowerBound * 10_000) / 10_000)} are right, with the confidence of that look");
        return state switch
        {
            OrderState.Met => $"{bound}: {wanted} are met.",
            OrderState.NotMet when look.Status == OrderStatus.OutOfReach => $"Even the upper end of the interval, {PlanAudit.Percent(Math.Round(look.Assay.Upper, 4))}, is below {wanted}: better labels are needed, not more audits.",
            OrderState.NotMet => $"{bound}; {wanted} were ordered, and there is no further look. Nothing says that they are missed, only that they are not shown.",
            _ when !audit.IsWhole => $"{bound}. Second judgements are still missing; whoever takes the look now does without them.",
            _ => $"{bound}; {wanted} were ordered. Take look {next?.Look}, up to {next?.Audited} tasks.",
        };
    }

    /// <summary>Answers to the project's tasks and gold, and judgements of its audits, since the order was made.</summary>
    private static async Task<long> SpentAsync(StoreContext store, BoundOrder order, AssayOrderPlan plan, CancellationToken cancellationToken)
    {
        var from = MyWork.FirstOf(order.CreatedAt);
        var counts = await store.Responses.Where(r => r.ProjectId == order.ProjectId && r.Id >= from)
            .Join(store.Tasks, r => r.TaskId, t => t.Id, (r, t) => t.Purpose).GroupBy(p => p == TaskPurpose.Audit).Select(g => new { IsAudit = g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        return (long)Math.Ceiling(counts.Sum(c => c.Count * (c.IsAudit ? plan.Order.AuditCostMinor : plan.Order.AnswerCostMinor)));
    }

    private static double? Rounded(double? value) => value is { } number && double.IsFinite(number) ? Math.Round(number, 6) : null;
}
