using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Quality.Assays;
using Touchstone.Server.Catalogue.Projects;
using Touchstone.Server.Host;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Orders;

/// <summary>Orders labels to a bound: plans it and gives the project the plan's overlap.</summary>
internal static class CreateOrder
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/projects/{projectId}/orders", Handle).WithName("CreateOrder").Idempotent().RequireManager()
        .WithSummary("Orders labels to a bound: plans it, and sets the project's overlap to the plan's. A project has one running order.");

    private static async Task<Results<Created<OrderBody>, ProblemHttpResult>> Handle(
        ProjectId projectId, OrderTerms terms, CurrentContributor contributor, StoreContext store, StoreDatabase database, OntologyCache ontologies, TimeProvider clock, CancellationToken cancellationToken)
    {
        var project = await store.ProjectsVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancellationToken);
        if (project is null) return Problems.NotFound("There is no such project.");
        var (plan, problem) = await PlanOrder.PlanAsync(store, ontologies, project, terms, cancellationToken);
        if (plan is null) return problem!;
        if (!plan.IsFeasible || plan.Looks.Length == 0) return Problems.Conflict(plan.Reason, "not_feasible");
        var order = await database.WriteAsync((write, cancel) => WriteAsync(write, projectId, terms, plan, contributor.Id, clock.Now(), cancel), cancellationToken);
        return order is null
            ? Problems.Conflict("The project has a running order already; cancel it before you make another.", "order_running")
            : TypedResults.Created($"{TouchstoneServer.ApiPrefix}/orders/{order.Id}", await OrderReader.ReadAsync(store, ontologies, order, cancellationToken));
    }

    private static async Task<BoundOrder?> WriteAsync(StoreContext store, ProjectId projectId, OrderTerms terms, AssayOrderPlan plan, ContributorId by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Two who order at once: the project's row stays locked from here on.
        await store.Projects.Where(p => p.Id == projectId).ExecuteUpdateAsync(p => p.SetProperty(x => x.Name, x => x.Name), cancellationToken);
        if (await store.BoundOrders.AnyAsync(o => o.ProjectId == projectId && o.EndedAt == null, cancellationToken)) return null;
        var project = await store.Projects.SingleAsync(p => p.Id == projectId, cancellationToken);
        (project.OverlapMin, project.OverlapMax, project.OverlapConfidence) = (plan.Overlap.Min, plan.Overlap.Max, plan.Overlap.Confidence);
        project.Version++;
        store.Add(CreateProject.Changed(project, by, now));
        var order = new BoundOrder
        {
            Id = BoundOrderId.New(now),
            OrganizationId = project.OrganizationId,
            CompartmentId = project.CompartmentId,
            ProjectId = project.Id,
            Terms = JsonSerializer.Serialize(terms, StoredJson.Options),
            Plan = JsonSerializer.Serialize(plan, StoredJson.Options),
            CreatedBy = by,
            CreatedAt = now,
        };
        store.Add(order);
        return order;
    }
}
