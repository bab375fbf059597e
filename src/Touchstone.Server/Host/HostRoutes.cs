using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Store;

namespace Touchstone.Server.Host;

/// <summary>The routes that belong to no area.</summary>
internal static class HostRoutes
{
    private const string HealthPath = "/health";

    public static void MapHost(this IEndpointRouteBuilder routes, ServerOptions options)
    {
        if (options.Browser is null) StatusPage.Map(routes);
        routes.MapOpenApi().AllowAnonymous();
        routes.MapGet(HealthPath, HealthAsync).AllowAnonymous().WithName("GetHealth").WithTags("Host");
    }

    /// <summary>Answers the question for health before routing, so that whoever waits for a server's start does not wait for all its routes to be bound.</summary>
    public static void UseHealth(this WebApplication app)
    {
        var database = app.Services.GetRequiredService<StoreDatabase>();
        app.Use(async (context, next) =>
        {
            if (HttpMethods.IsGet(context.Request.Method) && context.Request.Path == HealthPath) await (await HealthAsync(database, context.RequestAborted)).ExecuteAsync(context);
            else await next(context);
        });
    }

    /// <summary>What a load balancer and a person need to know: is it up, does the database answer, which version is it.</summary>
    public sealed record Health(string Status, string Version);

    private static readonly string Version =
        typeof(HostRoutes).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private static async Task<Results<Ok<Health>, ProblemHttpResult>> HealthAsync(StoreDatabase database, CancellationToken cancellationToken) =>
        await database.AnswersAsync(cancellationToken)
            ? TypedResults.Ok(new Health("ok", Version))
            : Problems.Unavailable("The database does not answer.");
}

/// <summary>Metadata of what a probe reads, made at build time: it is the first answer that a server gives.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HostRoutes.Health))]
internal sealed partial class HostJson : JsonSerializerContext;
