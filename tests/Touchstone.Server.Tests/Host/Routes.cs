using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using System.Text.Json;
using Touchstone.Server.Host;
using Touchstone.Server.Tests.Support;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Tests.Host;

/// <summary>One method of one route as the server has mapped it.</summary>
internal sealed record Route(string Method, string Pattern, Role? LeastRole, bool IsAnonymous, RouteEndpoint Endpoint)
{
    public string Audience => (IsAnonymous, LeastRole) switch
    {
        (true, null) => "anyone",
        (false, { } role) => SnakeCaseNames.Of(role),
        (true, _) => "anyone AND a role",
        _ => "NOT STATED",
    };

    public IReadOnlyList<string> Parameters => [.. Endpoint.RoutePattern.Parameters.Select(p => p.Name)];

    /// <summary>Every route of a server.</summary>
    public static IReadOnlyList<Route> Of(WebApplication app) =>
    [
        .. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(m => new Route(
                m, "/" + e.RoutePattern.RawText!.TrimStart('/'), e.LeastRole(), e.Metadata.GetMetadata<IAllowAnonymous>() is not null, e)))
            .OrderBy(r => r.Pattern, StringComparer.Ordinal).ThenBy(r => r.Method, StringComparer.Ordinal),
    ];

    /// <summary>The path with every parameter filled in.</summary>
    public string Path(FencedWorld world, bool missing = false)
    {
        var segments = Endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => world.ValueOf(parameter.Name, Pattern, missing && !FencedWorld.Plain.Contains(parameter.Name)),
            _ => throw new InvalidOperationException($"{Pattern} has a part of a kind unknown here."),
        })));
        return "/" + string.Join('/', segments);
    }

    /// <summary>A body that the route can read, made from the type that it takes, so that a refusal is about who asks and not about the body.</summary>
    public HttpContent? Body()
    {
        if (Method is "GET" or "DELETE") return null;
        var accepts = Endpoint.Metadata.GetMetadata<IAcceptsMetadata>();
        if (accepts is null) return null;
        if (accepts.ContentTypes.Contains("application/x-ndjson")) return Requests.Lines("""{"asset":"00000000-0000-0000-0000-000000000000"}""");
        if (accepts.ContentTypes.Contains("application/octet-stream")) return Requests.Bytes([1, 2, 3]);
        if (accepts.ContentTypes.Contains("application/yaml")) return Requests.Yaml(House.ProjectYaml);
        return Requests.Content(accepts.RequestType is { } type ? Sample(type)!.ToJsonString() : "{}");
    }

    private static JsonNode? Sample(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "A sentence of some length";
        if (type == typeof(JsonElement)) return new JsonObject { ["questions"] = new JsonArray() };
        if (type == typeof(bool)) return true;
        if (type == typeof(DateTimeOffset)) return "2040-01-01T00:00:00Z";
        if (type.IsEnum) return JsonNamingPolicy.SnakeCaseLower.ConvertName(Enum.GetNames(type)[0]);
        if (type.IsPrimitive) return 1;
        if (Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IUuid<>))) return Guid.NewGuid().ToString();
        if (type != typeof(string) && type.IsAssignableTo(typeof(System.Collections.IEnumerable))) return new JsonArray();
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).OrderByDescending(c => c.GetParameters().Length).First();
        var sample = new JsonObject();
        foreach (var parameter in constructor.GetParameters().Where(p => !p.HasDefaultValue && new NullabilityInfoContext().Create(p).WriteState != NullabilityState.Nullable))
            sample[JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name!)] = Sample(parameter.ParameterType);
        return sample;
    }
}
