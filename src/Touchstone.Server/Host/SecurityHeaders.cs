
namespace Touchstone.Server.Host;

/// <summary>Headers of every answer; a route that needs others sets them itself.</summary>
internal static class SecurityHeaders
{
    private const string NothingEmbedded = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static Task Add(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = NothingEmbedded;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return next(context);
    }
}
