
namespace Touchstone.Server.Host;

/// <summary>JSON and problems.</summary>
internal static class WireSetup
{
    public static void AddWire(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            WireJson.Apply(json.SerializerOptions);
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, HostJson.Default);
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
        {
            // Routing's own answers (404 of an unknown path, 405, 415) get a code too.
            context.ProblemDetails.Extensions.TryAdd("code", context.ProblemDetails.Status switch
            {
                StatusCodes.Status404NotFound => "no_such_route",
                StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
                StatusCodes.Status413PayloadTooLarge => "too_large",
                StatusCodes.Status415UnsupportedMediaType => "unsupported_media_type",
                _ => "refused",
            });
        });
        services.AddExceptionHandler<Failures>();
    }
}
