using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Catalogue.Projects;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Ontologies;

internal static class ListOntologies
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/projects/{projectId}/ontologies", ListAsync).RequireContributor().WithName("ListOntologies").WithSummary("The versions of the project's ontology.");
        routes.MapGet("/projects/{projectId}/ontologies/{number:int}", GetAsync).RequireContributor().WithName("GetOntology").WithSummary("One version, which never changes.");
    }

    public sealed record Row(int Number, string Digest, DateTimeOffset CreatedAt);

    public sealed record View(int Number, string Digest, DateTimeOffset CreatedAt, JsonElement Ontology);

    private static async Task<Results<Ok<Page<Row>>, ProblemHttpResult>> ListAsync(
        ProjectId projectId, StoreContext store, CurrentContributor current, Cursor? after, PageSize? limit, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(current).AnyAsync(p => p.Id == projectId, cancellationToken)) return ListProjects.NoSuchProject();
        var size = PageSize.Of(limit);
        var last = (int)Math.Clamp(after?.Key ?? 0, 0, int.MaxValue);
        var rows = await store.OntologyVersions.Where(o => o.ProjectId == projectId && o.Number > last).OrderBy(o => o.Number).Take(size + 1)
            .Select(o => new Row(o.Number, o.Digest, o.CreatedAt)).ToListAsync(cancellationToken);
        return TypedResults.Ok(Page.Of(rows, size, r => Cursor.At(r.Number)));
    }

    private static async Task<Results<Ok<View>, StatusCodeHttpResult, ProblemHttpResult>> GetAsync(
        ProjectId projectId, int number, HttpContext http, StoreContext store, CurrentContributor current, CancellationToken cancellationToken)
    {
        var version = await store.OntologyVersions.AsNoTracking()
            .Where(o => o.ProjectId == projectId && o.Number == number && store.ProjectsVisibleTo(current).Any(p => p.Id == projectId)).SingleOrDefaultAsync(cancellationToken);
        if (version is null) return Problems.NotFound("There is no such version of an ontology that you may see.");
        var tag = $"\"{version.Digest}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, no-cache";
        if (http.Request.Headers.IfNoneMatch.Contains(tag)) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(new View(version.Number, version.Digest, version.CreatedAt, JsonElement.Parse(version.Json)));
    }
}
