using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Annotations.Ontologies;
using Touchstone.Server.Host;

namespace Touchstone.Server.Catalogue.Ontologies;

internal static class ListOntologyPacks
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ontology_packs", List).RequireContributor().WithName("ListOntologyPacks").WithSummary("Ontologies that are shipped with the product, for a project file's \"packs\".");
        routes.MapGet("/ontology_packs/{**packName}", Get).RequireContributor().WithName("GetOntologyPack").WithSummary("One of them, such as driving/vehicles.");
    }

    public sealed record Row(string Name, IReadOnlyList<string> Questions);

    public sealed record View(string Name, JsonElement Ontology);

    private static Ok<Page<Row>> List() =>
        TypedResults.Ok(new Page<Row>([.. OntologyPacks.Names.Select(name => new Row(name, [.. OntologyPacks.Load(name).Questions.Select(q => q.Title)]))], null));

    private static Results<Ok<View>, ProblemHttpResult> Get(string packName) => OntologyPacks.Names.Contains(packName)
        ? TypedResults.Ok(new View(packName, JsonElement.Parse(OntologyJson.Write(OntologyPacks.Load(packName)))))
        : Problems.NotFound($"There is no ontology pack of this name; there are {string.Join(", ", OntologyPacks.Names)}.");
}
