
namespace Touchstone.Server.Jobs;

/// <summary>Durable jobs: what runs them, and the routes that show them.</summary>
internal static class JobsFeature
{
    public static void AddJobs(this IServiceCollection services)
    {
    }

    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
    }
}
