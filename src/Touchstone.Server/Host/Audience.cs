using Microsoft.AspNetCore.Authorization;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Host;

/// <summary>Who may call a route: a least role. It is the policy that is enforced and the metadata that the route list is written from.</summary>
internal sealed class Audience : IAuthorizationRequirement, IAuthorizationHandler
{
    private static readonly Audience[] All = [.. Enum.GetValues<Role>().Order().Select(role => new Audience(role))];

    private Audience(Role leastRole)
    {
        LeastRole = leastRole;
        Policy = new AuthorizationPolicyBuilder().AddRequirements(this).Build();
    }

    public Role LeastRole { get; }

    public AuthorizationPolicy Policy { get; }

    /// <summary>What holds where a route says nothing: nobody may call it.</summary>
    public static AuthorizationPolicy Nobody { get; } = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();

    public static Audience AtLeast(Role role) => All[(int)role];

    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.User.Identity is ContributorIdentity identity && identity.Contributor.Is(LeastRole)) context.Succeed(this);
        return Task.CompletedTask;
    }
}

/// <summary>States who may call the routes of a group. A route with several statements asks for the highest role among them.</summary>
internal static class AudienceRoutes
{
    public static T RequireContributor<T>(this T routes) where T : IEndpointConventionBuilder => routes.Require(Role.Contributor);

    public static T RequireReviewer<T>(this T routes) where T : IEndpointConventionBuilder => routes.Require(Role.Reviewer);

    public static T RequireManager<T>(this T routes) where T : IEndpointConventionBuilder => routes.Require(Role.Manager);

    public static T RequireOwner<T>(this T routes) where T : IEndpointConventionBuilder => routes.Require(Role.Owner);

    private static T Require<T>(this T routes, Role role) where T : IEndpointConventionBuilder
    {
        var audience = Audience.AtLeast(role);
        return routes.RequireAuthorization(audience.Policy).WithMetadata(audience);
    }

    /// <summary>The highest role that a route asks for; null when none is stated.</summary>
    public static Role? LeastRole(this Endpoint endpoint) =>
        endpoint.Metadata.GetOrderedMetadata<Audience>() is { Count: > 0 } audiences ? audiences.Max(a => a.LeastRole) : null;
}
