using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Annotations.Ontologies;
using Touchstone.Server.Host;

namespace Touchstone.Server.Catalogue.Projects;

/// <summary>What a project file says and what is wrong with it, for an editor: the same reader as for making a project, and nothing is made.</summary>
internal static class CheckProjectFile
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/project_files/check", HandleAsync).RequireManager().Accepts<string>("application/yaml", "application/x-yaml", "text/yaml", "application/json").WithName("CheckProjectFile")
            .WithSummary("What a project file says, or each thing that is wrong with it. Makes nothing.");

    /// <param name="Pointer">Where in the document.</param>
    /// <param name="Expected">What would have been right.</param>
    /// <param name="Found">What stands there.</param>
    /// <param name="Line">From 1, of YAML.</param>
    /// <param name="Column">From 1, of YAML.</param>
    public sealed record FileFault(string Pointer, string Expected, string Found, int? Line, int? Column);

    /// <param name="Faults">Everything that is wrong; empty for a good file.</param>
    /// <param name="Ontology">What the project would ask, packs and all, with colours and keys given out; null where something is wrong.</param>
    public sealed record Body(IReadOnlyList<FileFault> Faults, JsonElement? Ontology);

    private static async Task<Ok<Body>> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var parsed = await ProjectDocuments.ReadAsync(request, cancellationToken);
        var faults = parsed.Faults.Select(f => new FileFault(f.Pointer, f.Expected, f.Found, f.Line, f.Column)).ToList();
        return TypedResults.Ok(new Body(faults, parsed.IsValid ? JsonElement.Parse(OntologyJson.Write(parsed.Value.Ontology)) : null));
    }
}
