using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Quality.Assays;
using Touchstone.Server.Host;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Orders;

/// <summary>Says beforehand what an order to a bound would take. Orders nothing.</summary>
internal static class PlanOrder
{
    /// <param name="Plan">What it would take.</param>
    public sealed record Answer(OrderPlanBody Plan);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/projects/{projectId}/orders/plan", Handle).WithName("PlanOrder").RequireManager()
        .WithSummary("Plans gold, overlap and audit for an accuracy, a confidence and a budget, and says what it will cost. Orders nothing.");

    private static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(
        ProjectId projectId, OrderTerms terms, CurrentContributor contributor, StoreContext store, OntologyCache ontologies, CancellationToken cancellationToken)
    {
        var project = await store.ProjectsVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancellationToken);
        if (project is null) return Problems.NotFound("There is no such project.");
        var (plan, problem) = await PlanAsync(store, ontologies, project, terms, cancellationToken);
        return plan is null ? problem! : TypedResults.Ok(new Answer(OrderPlanBody.Of(plan)));
    }

    internal static async Task<(AssayOrderPlan? Plan, ProblemHttpResult? Problem)> PlanAsync(StoreContext store, OntologyCache ontologies, Project project, OrderTerms terms, CancellationToken cancellationToken)
    {
        if (terms.Check() is { } fault) return (null, fault);
        if (await terms.CompleteAsync(store, ontologies, project, cancellationToken) is not { } order) return (null, Problems.Conflict("The project has no tasks yet; import them first.", "nothing_imported"));

        // Plans are simulated: a second of work that must not hold up requests of others on this thread.
        return (await Task.Run(() => AssayOrderPlanner.Plan(order), cancellationToken), null);
    }
}
