using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Store;

namespace Touchstone.Server.Host;

/// <summary>The routes that belong to no area.</summary>
internal static class HostRoutes
{
    public static void MapHost(this IEndpointRouteBuilder routes, ServerOptions options)
    {
        if (options.Browser is null) StatusPage.Map(routes);
        routes.MapOpenApi().AllowAnonymous();
        routes.MapGet("/health", HealthAsync).AllowAnonymous().WithName("GetHealth").WithTags("Host");
    }

    /// <summary>What a load balancer and a person need to know: is it up, does the database answer, which version is it.</summary>
    public sealed record Health(string Status, string Version);

    private static readonly string Version =
        typeof(HostRoutes).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private static async Task<Results<Ok<Health>, ProblemHttpResult>> HealthAsync(StoreContext store, CancellationToken cancellationToken) =>
        await store.Database.CanConnectAsync(cancellationToken)
            ? TypedResults.Ok(new Health("ok", Version))
            : Problems.Unavailable("The database does not answer.");
}
