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

    /// <summary>Audits, newest first, with how far they are: a query for the audits and one for each of their samples.</summary>
    public static async Task<List<AuditBody>> Read(StoreContext store, IQueryable<Audit> audits, int take, CancellationToken cancellationToken)
    {
        var rows = await audits.AsNoTracking().OrderByDescending(a => a.Id).Take(take).ToListAsync(cancellationToken);
        var bodies = new List<AuditBody>(rows.Count);
        if (rows.Count == 0) return bodies;
        var designs = rows.ToDictionary(r => r.Id, r => AuditDesign.Of(r.Strata));
        var chains = new Dictionary<AuditId, AuditId[]>();
        foreach (var row in rows) chains[row.Id] = [.. (await AuditChain.ReadAsync(store, row, cancellationToken)).Select(a => a.Id)];
        var batches = chains.Values.SelectMany(c => c).Distinct().Select(AuditBatch.Of).ToArray();
        var project = rows[0].ProjectId;
        var judged = (await store.Tasks
            .Where(t => t.ProjectId == project && t.Purpose == TaskPurpose.Audit && batches.Contains(t.BatchId) && t.ResponseCount > 0)
            .Select(t => new { t.BatchId, t.AuditOf, t.ResponseCount }).ToListAsync(cancellationToken)).ToLookup(t => t.BatchId);
        foreach (var row in rows)
        {
            var tasks = chains[row.Id].SelectMany(id => judged[AuditBatch.Of(id)]).ToList();
            var design = designs[row.Id];
            int[]? byPart = null;
            if (design.Strata is { } strata)
            {
                byPart = new int[strata.Count];
                var population = PackedIds.Unpack(row.PopulationIds);
                foreach (var task in tasks) byPart[design.IndexOf(population, task.AuditOf!.Value.Value)]++;
            }

            bodies.Add(AuditBody.Of(row, design, new AuditAnswers(tasks.Count, tasks.Count(t => t.ResponseCount > 1), byPart)));
        }

        return bodies;
    }
}

/// <summary>Audits that share one growing sample.</summary>
internal static class AuditChain
{
    /// <summary>The audits from the sample's first draw to this one; the audit alone where its sample did not grow.</summary>
    public static async Task<List<Audit>> ReadAsync(StoreContext store, Audit last, CancellationToken cancellationToken)
    {
        if (AuditDesign.Of(last.Strata).Extends is not { } origin) return [last];
        var first = AuditId.From(origin);
        var audits = await store.Audits.AsNoTracking().Where(a => a.ProjectId == last.ProjectId && a.Id >= first && a.Id <= last.Id && (a.Id == first || a.Strata != null)).OrderBy(a => a.Id).ToListAsync(cancellationToken);
        return [.. audits.Where(a => a.Id == first || AuditDesign.Of(a.Strata).Extends == origin)];
    }
}
