using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Host;

/// <summary>Cookies for people, keys for programs, and nobody for everything that does not say whom it is for.</summary>
internal static class Authentication
{
    public static readonly TimeSpan CookieLifetime = TimeSpan.FromDays(14);

    public static void AddKnownContributors(this IServiceCollection services)
    {
        services.AddSingleton<ContributorCache>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, Refusals>();
        services.AddDataProtection().SetApplicationName("touchstone");
        services.AddSingleton<DatabaseKeyRing>();
        services.AddOptions<KeyManagementOptions>().Configure<DatabaseKeyRing>((options, ring) => options.XmlRepository = ring);
        services.AddAuthentication(Schemes.Either)
            .AddPolicyScheme(Schemes.Either, null, scheme => scheme.ForwardDefaultSelector = context => ApiKeyHandler.Carries(context.Request) ? Schemes.Key : Schemes.Cookie)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(Schemes.Key, null)
            .AddCookie(Schemes.Cookie, Cookie);
        services.AddOptions<CookieAuthenticationOptions>(Schemes.Cookie).Configure<TimeProvider>((cookie, clock) => cookie.TimeProvider = clock);
        services.AddSingleton<IAuthorizationPolicyProvider, RoutePolicies>();
        services.AddAuthorizationBuilder().SetDefaultPolicy(Audience.Nobody).SetFallbackPolicy(Audience.Nobody);
    }

    /// <summary>
    /// The framework's own provider, of another type: of its own it remembers each route's policy, and asks for all routes while the server is put together,
    /// which binds them before it listens. To put a policy together anew takes less than a microsecond.
    /// </summary>
    private sealed class RoutePolicies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options);

    private static void Cookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = Schemes.CookieName;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = CookieLifetime;
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = ValidateAsync;
    }

    /// <summary>A cookie only names somebody; whether they may come in is asked of the database each time.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var cache = context.HttpContext.RequestServices.GetRequiredService<ContributorCache>();
        var stamp = context.Principal?.FindFirst(ContributorIdentity.StampClaim)?.Value;
        var known = stamp is not null && ContributorId.TryParse(context.Principal!.FindFirst(ContributorIdentity.ContributorClaim)?.Value, null, out var id)
            ? await cache.ByCookieAsync(id, stamp)
            : null;
        if (known is not null)
        {
            context.ReplacePrincipal(known);
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Schemes.Cookie);
    }
}
