using System.Linq.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Catalogue.Projects;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Batches;

/// <summary>Tasks imported together, and how that went.</summary>
internal sealed record BatchRow(BatchId Id, ProjectId ProjectId, string Name, int Imported, int Repeated, int Refused, ContributorId CreatedBy, DateTimeOffset CreatedAt)
{
    public static readonly Expression<Func<Batch, BatchRow>> Projection =
        b => new BatchRow(b.Id, b.ProjectId, b.Name, b.Imported, b.Repeated, b.Refused, b.CreatedBy, b.CreatedAt);
}

internal static class ListBatches
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/projects/{projectId}/batches", ListAsync).RequireManager().WithName("ListBatches").WithSummary("The project's imports, oldest first.");
        routes.MapGet("/batches/{batchId}", GetAsync).RequireManager().WithName("GetBatch").WithSummary("One import.");
        routes.MapGet("/batches/{batchId}/faults", FaultsAsync).RequireManager().WithName("ListBatchFaults").WithSummary("What an import refused, and why; at most the first 10,000 of each request are kept.");
    }

    public sealed record FaultRow(long Id, string? File, long? Line, string Reason, string Detail);

    private static async Task<Results<Ok<Page<BatchRow>>, ProblemHttpResult>> ListAsync(
        ProjectId projectId, StoreContext store, CurrentContributor current, Cursor? after, PageSize? limit, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(current).AnyAsync(p => p.Id == projectId, cancellationToken)) return ListProjects.NoSuchProject();
        var size = PageSize.Of(limit);
        var batches = store.BatchesVisibleTo(current).Where(b => b.ProjectId == projectId);
        if (after is { } cursor)
        {
            var last = new BatchId(cursor.Id);
            batches = batches.Where(b => b.Id > last);
        }

        var rows = await batches.OrderBy(b => b.Id).Take(size + 1).Select(BatchRow.Projection).ToListAsync(cancellationToken);
        return TypedResults.Ok(Page.Of(rows, size, r => Cursor.At(r.Id.Value)));
    }

    private static async Task<Results<Ok<BatchRow>, ProblemHttpResult>> GetAsync(BatchId batchId, StoreContext store, CurrentContributor current, CancellationToken cancellationToken) =>
        await store.BatchesVisibleTo(current).Where(b => b.Id == batchId).Select(BatchRow.Projection).SingleOrDefaultAsync(cancellationToken) is { } row ? TypedResults.Ok(row) : NoSuchBatch();

    private static async Task<Results<Ok<Page<FaultRow>>, ProblemHttpResult>> FaultsAsync(
        BatchId batchId, StoreContext store, CurrentContributor current, Cursor? after, PageSize? limit, CancellationToken cancellationToken)
    {
        if (!await store.BatchesVisibleTo(current).AnyAsync(b => b.Id == batchId, cancellationToken)) return NoSuchBatch();
        var size = PageSize.Of(limit);
        var last = after?.Key ?? 0;
        var rows = await store.ImportFaults.Where(f => f.BatchId == batchId && f.Id > last).OrderBy(f => f.Id).Take(size + 1)
            .Select(f => new FaultRow(f.Id, f.File, f.Line, f.Reason, f.Detail)).ToListAsync(cancellationToken);
        return TypedResults.Ok(Page.Of(rows, size, r => Cursor.At(r.Id)));
    }

    private static ProblemHttpResult NoSuchBatch() => Problems.NotFound("There is no such batch among those that you may see.");
}
