using System.Text.Json;
using Touchstone.Quality.Assays;
using Touchstone.Server.Catalogue.Projects;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Orders;

/// <summary>An order to a bound as managers see it.</summary>
/// <param name="Id">The order.</param>
/// <param name="Project">Its project.</param>
/// <param name="Terms">What was ordered.</param>
/// <param name="Plan">What was planned for it.</param>
/// <param name="Progress">How it stands now.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="EndedAt">When it ended.</param>
internal sealed record OrderBody(BoundOrderId Id, ProjectId Project, OrderTerms Terms, OrderPlanBody Plan, OrderProgress Progress, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt)
{
    public static OrderBody Of(BoundOrder order, OrderProgress progress) =>
        new(order.Id, order.ProjectId, JsonSerializer.Deserialize<OrderTerms>(order.Terms, StoredJson.Options)!, OrderPlanBody.Of(PlanOf(order)), progress, order.CreatedAt, order.EndedAt);

    public static AssayOrderPlan PlanOf(BoundOrder order) => JsonSerializer.Deserialize<AssayOrderPlan>(order.Plan, StoredJson.Options)!;
}

/// <summary>What an order will take.</summary>
/// <param name="Items">Tasks to label.</param>
/// <param name="ContributorErrors">Share of a contributor's answers that the plan takes to be wrong.</param>
/// <param name="Overlap">Opinions a task: the project's overlap once the order is made.</param>
/// <param name="AnswersPerItem">Answers a task on average.</param>
/// <param name="ExpectedAccuracy">Accuracy of the labels that comes of it.</param>
/// <param name="GoldAnswers">Answers to gold, all contributors together.</param>
/// <param name="Looks">The looks at the audit, in order.</param>
/// <param name="Twice">Share of the audited tasks that two auditors judge.</param>
/// <param name="Power">Probability that some look meets the bound.</param>
/// <param name="ExpectedAudited">Tasks audited on average.</param>
/// <param name="ExpectedCostMinor">Cost on average.</param>
/// <param name="LargestCostMinor">Cost if the audit goes to its last look.</param>
/// <param name="IsFeasible">Whether the bound is met with enough probability within the budget.</param>
/// <param name="Reason">Why, or why not, in a sentence.</param>
internal sealed record OrderPlanBody(
    int Items, double ContributorErrors, OverlapSettings Overlap, double AnswersPerItem, double ExpectedAccuracy, int GoldAnswers, IReadOnlyList<LookBody> Looks, double Twice, double Power, double ExpectedAudited,
    long ExpectedCostMinor, long LargestCostMinor, bool IsFeasible, string Reason)
{
    public static OrderPlanBody Of(AssayOrderPlan plan) => new(
        plan.Order.Items, plan.Order.ContributorErrors, new(plan.Overlap.Min, plan.Overlap.Max, plan.Overlap.Confidence), plan.AnswersPerItem, plan.ExpectedAccuracy, plan.GoldAnswers,
        [.. plan.Looks.Select(look => new LookBody(look.Audited, look.Confidence, look.AllowedErrors))], plan.Order.TwiceShare, plan.Power, plan.ExpectedAudited, plan.ExpectedCostMinor,
        plan.LargestCostMinor, plan.IsFeasible, plan.Reason);
}

/// <summary>A look at the growing audit.</summary>
/// <param name="Audited">Tasks audited by then, all together.</param>
/// <param name="Confidence">One-sided confidence of this look.</param>
/// <param name="AllowedErrors">Errors up to which it meets the bound; -1 where none can.</param>
internal sealed record LookBody(int Audited, double Confidence, int AllowedErrors);

/// <summary>How an order ended, or that it runs.</summary>
internal enum OrderState
{
    Running = 0,

    /// <summary>The lower bound is at least the accuracy ordered.</summary>
    Met = 1,

    /// <summary>The looks are used up, or even the upper end of the interval is below the accuracy ordered.</summary>
    NotMet = 2,

    Cancelled = 3,
}

/// <summary>A look that can be taken.</summary>
/// <param name="Look">Which, from 1.</param>
/// <param name="Audited">Tasks audited by then, all together.</param>
internal sealed record NextLook(int Look, int Audited);

/// <summary>How an order stands.</summary>
/// <param name="Tasks">Tasks of the project that are not withdrawn.</param>
/// <param name="TasksDone">Those with an accepted answer.</param>
/// <param name="Look">Looks taken so far.</param>
/// <param name="Drawn">Tasks drawn for the audit.</param>
/// <param name="Audited">Those that were judged.</param>
/// <param name="Errors">Of these, those that auditors called wrong.</param>
/// <param name="Accuracy">The estimate, auditors' errors taken out; null before anything was judged.</param>
/// <param name="LowerBound">Lower bound at the confidence of the last look that was judged whole; null before.</param>
/// <param name="SpentMinor">What answers and judgements since the order have cost.</param>
/// <param name="NextLook">The look that may be taken next; null where the last one is not judged yet, or there is none.</param>
/// <param name="State">Whether it runs.</param>
/// <param name="Sentence">The same for people, with what to do next.</param>
internal sealed record OrderProgress(
    int Tasks, int TasksDone, int Look, int Drawn, int Audited, int Errors, double? Accuracy, double? LowerBound, long SpentMinor, NextLook? NextLook, OrderState State, string Sentence);
