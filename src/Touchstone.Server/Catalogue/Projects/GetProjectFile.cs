using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Ontologies;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Projects;

internal static class GetProjectFile
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/projects/{projectId}/file", HandleAsync).RequireManager().Produces<string>(StatusCodes.Status200OK, "application/yaml").WithName("GetProjectFile")
            .WithSummary("The project as one YAML file, from which it can be made again.");

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> HandleAsync(
        ProjectId projectId, StoreContext store, CurrentContributor current, CancellationToken cancellationToken)
    {
        var project = await store.ProjectsVisibleTo(current).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancellationToken);
        if (project is null) return ListProjects.NoSuchProject();
        var json = await store.OntologyVersions.Where(o => o.ProjectId == projectId && o.Number == project.OntologyVersion).Select(o => o.Json).SingleAsync(cancellationToken);
        var compartment = await store.Compartments.Where(c => c.Id == project.CompartmentId).Select(c => c.Name).SingleOrDefaultAsync(cancellationToken);
        var ontology = OntologyJson.Parse(Encoding.UTF8.GetBytes(json)).ValueOrThrow();
        return TypedResults.Text(ProjectDocuments.Write(project, ontology, compartment), "application/yaml; charset=utf-8");
    }
}
