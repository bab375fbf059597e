using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Touchstone.Server.Host.Browser;

/// <summary>
/// Serves the browser application: its files, and its first page for every address that is one of its pages. It stands before routing, so that
/// a page is there before all routes are bound, and answers nothing of the interface for programs: a route that does not exist stays a problem for whoever asked.
/// </summary>
internal static class BrowserPages
{
    private const string ForAYear = "public, max-age=31536000, immutable", AskEachTime = "no-cache";

    // Scripts, styles and fonts are the server's own files; nothing that stands in a page runs. Pictures may come from memory, as thumbnails do.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; "
        + "worker-src 'self' blob:; manifest-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    private static readonly string[] Reserved = ["/api", "/health", "/openapi"];

    public static void UseBrowser(this IApplicationBuilder app, BrowserFiles files) => app.Use((context, next) =>
        HttpMethods.IsGet(context.Request.Method) && Choose(files, context.Request.Path) is { } file ? Send(context, file).ExecuteAsync(context) : next(context));

    /// <summary>The file of that name; for a page's address the first page; null for anything else.</summary>
    internal static BrowserFile? Choose(BrowserFiles files, PathString path)
    {
        if (IsReserved(path)) return null;
        var name = (path.Value ?? "").TrimStart('/');
        if (files.TryFind(name, out var file)) return file;
        return IsPage(path) && files.TryFind(BrowserFiles.Index, out var index) ? index : null;
    }

    /// <summary>Addresses of pages: no name of a file.</summary>
    private static bool IsPage(PathString path)
    {
        var text = path.Value ?? "";
        return !text[(text.LastIndexOf('/') + 1)..].Contains('.', StringComparison.Ordinal);
    }

    private static bool IsReserved(PathString path) => Array.Exists(Reserved, reserved => path.StartsWithSegments(reserved, StringComparison.OrdinalIgnoreCase));

    private static FileStreamHttpResult Send(HttpContext context, BrowserFile file)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = file.IsNamedByContent ? ForAYear : AskEachTime;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
        var (open, encoding) = Encode(context.Request, file);
        if (encoding is not null) headers.ContentEncoding = encoding;
        return TypedResults.Stream(open(), file.MediaType, entityTag: new EntityTagHeaderValue($"\"{file.Tag}{(encoding is null ? "" : "-" + encoding)}\""));
    }

    private static (Func<Stream> Open, string? Encoding) Encode(HttpRequest request, BrowserFile file)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        if (file.OpenBrotli is { } brotli && Takes("br")) return (brotli, "br");
        if (file.OpenGzip is { } gzip && Takes("gzip")) return (gzip, "gzip");
        return (file.Open, null);

        bool Takes(string encoding) => accepted.Any(a => a.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && a.Quality is not 0);
    }
}
