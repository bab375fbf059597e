using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Touchstone.Server.Host;

/// <summary>Answers a request that authorization stopped: 401 for strangers, 403 with the role that is missing, 404 or 405 where there is no such route.</summary>
internal sealed class Refusals : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        // Without a route of ours there is nothing to protect: routing's own answers (404, 405, 415) tell more than a refusal.
        if (authorizeResult.Succeeded || context.GetEndpoint() is not RouteEndpoint endpoint) return next(context);
        if (CurrentContributor.Of(context) is not { } contributor)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.Unauthorized("Sign in, or send an API key as \"Authorization: Bearer ts_...\".").ExecuteAsync(context);
        }

        var role = endpoint.LeastRole();
        return Problems.Forbidden(role is null ? "Nobody may call this." : $"This needs the role {SnakeCaseNames.Of(role.Value)}; yours is {SnakeCaseNames.Of(contributor.Role)}.").ExecuteAsync(context);
    }
}
