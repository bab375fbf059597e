
namespace Touchstone.Server.Catalogue;

/// <summary>What there is: projects and their ontologies, assets, batches and tasks.</summary>
internal static class CatalogueFeature
{
    public static void AddCatalogue(this IServiceCollection services)
    {
    }

    public static void MapCatalogue(this IEndpointRouteBuilder routes)
    {
    }
}
