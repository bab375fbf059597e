using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Projects;

internal static class ListProjects
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/projects", ListAsync).RequireContributor().WithName("ListProjects").WithSummary("Projects that you may see.");
        routes.MapGet("/projects/{projectId}", GetAsync).RequireContributor().WithName("GetProject").WithSummary("One project; the ETag is what a change names. Managers see its settings.");
    }

    private static async Task<Ok<Page<ProjectRow>>> ListAsync(
        StoreContext store, CurrentContributor current, Word<ProjectState>? state, string? name, Cursor? after, PageSize? limit, CancellationToken cancellationToken)
    {
        var size = PageSize.Of(limit);
        var projects = store.ProjectsVisibleTo(current);
        if (state?.Value is { } inState) projects = projects.Where(p => p.State == inState);
        if (name is not null) projects = projects.Where(p => p.Name == name);
        if (after is { } cursor)
        {
            var last = new ProjectId(cursor.Id);
            projects = projects.Where(p => p.Id > last);
        }

        var rows = await projects.OrderBy(p => p.Id).Take(size + 1).Select(ProjectRow.Projection).ToListAsync(cancellationToken);
        return TypedResults.Ok(Page.Of(current.Is(Role.Manager) ? await WithProgressAsync(store, rows, cancellationToken) : rows, size, r => Cursor.At(r.Id.Value)));
    }

    private static async Task<List<ProjectRow>> WithProgressAsync(StoreContext store, List<ProjectRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.ConvertAll(r => r.Id);
        var figures = (await store.Counters.AsNoTracking().Where(c => ids.Contains(c.ProjectId)).ToListAsync(cancellationToken)).ToDictionary(c => c.ProjectId, Progress.Of);
        return rows.ConvertAll(r => r with { Progress = figures.GetValueOrDefault(r.Id, Progress.None) });
    }

    private static async Task<Results<Ok<ProjectView>, ProblemHttpResult>> GetAsync(
        ProjectId projectId, HttpResponse response, StoreContext store, CurrentContributor current, CancellationToken cancellationToken)
    {
        var project = await store.ProjectsVisibleTo(current).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancellationToken);
        if (project is null) return NoSuchProject();
        response.SetVersion(project.Version);
        return TypedResults.Ok(ProjectView.Of(project, current.Is(Role.Manager)));
    }

    public static ProblemHttpResult NoSuchProject() => Problems.NotFound("There is no such project among those that you may see.");
}
