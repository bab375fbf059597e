using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Touchstone.Server.People;

namespace Touchstone.Server.Host;

/// <summary>Knows a program by <c>Authorization: Bearer ts_...</c>.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ContributorCache cache)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Bearer = "Bearer ";
    private static readonly Task<AuthenticateResult> NotAKey = Task.FromResult(AuthenticateResult.Fail("An API key reads \"ts_\" and 43 characters."));

    public static bool Carries(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var key = Request.Headers.Authorization.ToString().AsSpan(Bearer.Length).Trim();
        Span<byte> bytes = stackalloc byte[Secrets.KeyLength];
        if (key.Length != Secrets.KeyLength || !Ascii.IsValid(key)) return NotAKey;
        Encoding.ASCII.GetBytes(key, bytes);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return cache.ByKeyAsync(hash);
    }
}
