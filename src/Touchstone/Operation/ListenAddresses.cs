using System.CommandLine;
using System.Net;

namespace Touchstone.Operation;

/// <summary>Where a server is to listen, as <c>--urls</c> says it: plain HTTP, several addresses with semicolons between them.</summary>
internal static class ListenAddresses
{
    public const string Default = "http://127.0.0.1:5080";

    /// <summary>Refuses what is no address, before anything starts.</summary>
    public static void Validate<T>(Option<T> urls) => urls.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
            if (WhatIsWrong(token.Value) is { } fault)
                result.AddError($"--urls: {fault}");
    });

    public static string[] Split(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? WhatIsWrong(string urls)
    {
        foreach (var url in Split(urls))
        {
            // What Kestrel takes for any address is no host name to others.
            if (!Uri.TryCreate(url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri))
                return $"expected an address such as {Default}, with a port up to {IPEndPoint.MaxPort}; found \"{url}\"";
            if (uri.Scheme == Uri.UriSchemeHttps) return $"the server speaks plain HTTP and leaves TLS to a proxy before it; use http:// in \"{url}\"";
            if (uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
                return $"expected an address such as {Default}, without a path; found \"{url}\"";
        }

        return Split(urls).Length == 0 ? "expected an address, found nothing" : null;
    }
}
