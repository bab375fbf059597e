using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Audits;

/// <summary>The audits of a project, newest first.</summary>
internal static class ListAudits
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/projects/{projectId}/audits", Handle).WithName("ListAudits").RequireManager();

    public static async Task<Results<Ok<Page<AuditBody>>, ProblemHttpResult>> Handle(
        ProjectId projectId, Cursor? after, PageSize? limit, CurrentContributor contributor, StoreContext store, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(contributor).AnyAsync(p => p.Id == projectId, cancellationToken)) return Problems.NotFound("There is no such project.");
        var audits = store.AuditsVisibleTo(contributor).Where(a => a.ProjectId == projectId);
        if (after is { } cursor)
        {
            var last = AuditId.From(cursor.Id);
            audits = audits.Where(a => a.Id < last);
        }

        var size = PageSize.Of(limit);
        return TypedResults.Ok(Page.Of(await Read(store, audits, size + 1, cancellationToken), size, a => Cursor.At(a.Id.Value)));
    }

    public static async Task<List<AuditBody>> Read(StoreContext store, IQueryable<Audit> audits, int take, CancellationToken cancellationToken)
    {
        var rows = await audits.OrderByDescending(a => a.Id).Take(take)
            .Select(a => new { a.Id, a.ProjectId, a.Population, a.Size, a.Seed, a.CreatedAt }).ToListAsync(cancellationToken);
        var bodies = new List<AuditBody>(rows.Count);
        if (rows.Count == 0) return bodies;
        var batches = rows.Select(r => AuditBatch.Of(r.Id)).ToArray();
        var project = rows[0].ProjectId;
        var answered = await store.Tasks
            .Where(t => t.ProjectId == project && t.State == TaskState.Done && t.Purpose == TaskPurpose.Audit && batches.Contains(t.BatchId))
            .GroupBy(t => t.BatchId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        foreach (var row in rows)
        {
            bodies.Add(new AuditBody(
                row.Id, row.ProjectId, row.Population, row.Size, answered.GetValueOrDefault(AuditBatch.Of(row.Id)), $"{row.Seed}", SimpleRandomSample.Method, row.CreatedAt));
        }

        return bodies;
    }
}
