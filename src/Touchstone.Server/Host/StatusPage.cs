using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Touchstone.Server.Host;

/// <summary>A plain page at / that shows the server is up and lets a person in by link or password: what a program shows that was built without the browser application.</summary>
internal static class StatusPage
{
    private static readonly string Html = Read();

    // The page's own script and style are named by their digests; nothing else runs.
    private static readonly string Policy =
        $"default-src 'none'; connect-src 'self'; script-src '{DigestOf("script")}'; style-src '{DigestOf("style")}'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/", Show).AllowAnonymous().ExcludeFromDescription();

    private static ContentHttpResult Show(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        return TypedResults.Text(Html, "text/html; charset=utf-8");
    }

    private static string DigestOf(string element)
    {
        var start = Html.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        var end = Html.IndexOf($"</{element}>", start, StringComparison.Ordinal);
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Html[start..end])));
    }

    private static string Read()
    {
        using var reader = new StreamReader(typeof(StatusPage).Assembly.GetManifestResourceStream(typeof(StatusPage), "StatusPage.html")!);
        return reader.ReadToEnd();
    }
}
