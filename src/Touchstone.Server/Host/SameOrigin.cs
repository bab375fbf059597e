
namespace Touchstone.Server.Host;

/// <summary>
/// Keeps other sites from acting with somebody's cookie, sign-in included. A browser says where a request comes from: in
/// Sec-Fetch-Site, or where it does not send that, in Origin. Programs send neither; a request with an API key carries no cookie's power.
/// </summary>
/// <remarks>The check of Go's net/http CrossOriginProtection: Sec-Fetch-Site must be same-origin or none, else Origin's host must be the request's.</remarks>
internal static class SameOrigin
{
    public static Task Guard(HttpContext context, RequestDelegate next) => MayPass(context.Request)
        ? next(context)
        : Problems.Forbidden("A page of another site sent this request. Open the server's own page, or use an API key.", "cross_origin").ExecuteAsync(context);

    public static bool MayPass(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) return true;
        if (ApiKeyHandler.Carries(request)) return true;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is "same-origin" or "none";
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, Authority(request), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Host and port as <see cref="Uri.Authority"/> writes them: without the scheme's own port.</summary>
    private static string Authority(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var self) ? self.Authority : "";
}
