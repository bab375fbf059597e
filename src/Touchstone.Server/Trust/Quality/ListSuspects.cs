using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Quality;

/// <summary>Accepted labels that may be wrong.</summary>
internal static class ListSuspects
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/projects/{projectId}/suspects", Handle).WithName("ListSuspects").RequireManager()
        .WithSummary("Accepted labels that no reviewer has seen, least trusted first, each with the reason.");

    public static async Task<Results<Ok<Page<SuspectBody>>, ProblemHttpResult>> Handle(
        ProjectId projectId, Cursor? after, PageSize? limit, string? question, CurrentContributor contributor, StoreContext store, QualityCache cache, SuspectReader reader, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(contributor).AnyAsync(p => p.Id == projectId, cancellationToken)) return Problems.NotFound("There is no such project.");
        var list = await cache.GetAsync(store, projectId, reader.ReadAsync, cancellationToken);
        var size = PageSize.Of(limit);

        // The cursor is a place in the ranking: what was doubted and is decided meanwhile has left it.
        var start = (int)Math.Clamp(after?.Key ?? 0, 0, list.Suspects.Count);
        var rows = list.Suspects.Select((s, i) => (Suspect: s, Place: i + 1)).Skip(start).Where(s => question is null || s.Suspect.Question == question).Take(size + 1).ToList();
        var next = rows.Count > size ? Cursor.At(rows[size - 1].Place).ToString() : null;
        return TypedResults.Ok(new Page<SuspectBody>([.. rows.Take(size).Select(r => r.Suspect)], next));
    }
}
