using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;

namespace Touchstone.Server.People.Sessions;

internal static class ChangePassword
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/me/password", HandleAsync).RequireContributor().RequireRateLimiting(PeopleFeature.SignInLimit).WithName("ChangePassword")
            .WithSummary("Changes your password and ends your other sessions.");

    /// <param name="Current">The present password; left out by somebody who has none yet and came by a link.</param>
    public sealed record Request(string New, string? Current = null);

    private static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Request request, HttpContext context, StoreContext store, StoreDatabase database, Passwords passwords, ContributorCache cache, CurrentContributor current, CancellationToken cancellationToken)
    {
        if (context.User.Identity?.AuthenticationType != Schemes.Cookie) return Problems.Forbidden("A password is changed in a browser session, not with an API key.", "session_needed");
        var person = await store.People.AsNoTracking().SingleAsync(p => p.Id == current.PersonId, cancellationToken);
        if (person.Email is null) return Problems.Conflict("You have no e-mail address to sign in with, so a password would be of no use.", "no_email");
        if (person.PasswordHash is not null && !passwords.Verify(person.PasswordHash, request.Current ?? "", out _)) return Problems.Invalid("/current", "your present password", "another one");
        if (Passwords.Check(request.New, person.Email, "/new") is { } fault) return Problems.Invalid([fault]);
        var hash = passwords.Hash(request.New);
        await database.WriteAsync(
            async (write, cancel) =>
            {
                var changed = await write.People.SingleAsync(p => p.Id == person.Id && p.Version == person.Version, cancel);
                (changed.PasswordHash, changed.SecurityStamp, changed.Version) = (hash, Passwords.SecurityStamp(), person.Version + 1);
                return changed.Version;
            },
            cancellationToken);
        cache.Forget();
        await BrowserSession.BeginAsync(context, store, current.Id, cancellationToken);
        return TypedResults.NoContent();
    }
}
