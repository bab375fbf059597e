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

    /// <param name="New">The new one.</param>
    /// <param name="Current">The present password; left out by somebody who has none yet and came by a link.</param>
    /// <param name="Email">For somebody who has no address to sign in with yet.</param>
    public sealed record Request(string New, string? Current = null, string? Email = null);

    private static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Request request, HttpContext context, StoreContext store, StoreDatabase database, Passwords passwords, ContributorCache cache, CurrentContributor current, CancellationToken cancellationToken)
    {
        if (context.User.Identity?.AuthenticationType != Schemes.Cookie) return Problems.Forbidden("A password is changed in a browser session, not with an API key.", "session_needed");
        var person = await store.People.AsNoTracking().SingleAsync(p => p.Id == current.PersonId, cancellationToken);
        if (person.Email is null && Texts.CheckEmail(request.Email) is { } badEmail) return Problems.Invalid([badEmail]);
        if (person.Email is not null && request.Email is not null) return Problems.Conflict("You have an e-mail address already; it stays.", "has_email");
        var email = person.Email ?? Texts.Email(request.Email!);
        if (person.PasswordHash is not null && !passwords.Verify(person.PasswordHash, request.Current ?? "", out _)) return Problems.Invalid("/current", "your present password", "another one");
        if (Passwords.Check(request.New, email, "/new") is { } fault) return Problems.Invalid([fault]);
        var hash = passwords.Hash(request.New);
        var isTaken = await database.WriteAsync(
            async (write, cancel) =>
            {
                if (await write.People.AnyAsync(p => p.Email == email && p.Id != person.Id, cancel)) return true;
                var changed = await write.People.SingleAsync(p => p.Id == person.Id, cancel);
                (changed.Email, changed.PasswordHash, changed.SecurityStamp) = (email, hash, Passwords.SecurityStamp());
                changed.Version++;
                return false;
            },
            cancellationToken);
        if (isTaken) return Problems.Conflict("Somebody signs in with this e-mail address already.", "email_taken");
        cache.Forget();
        await BrowserSession.BeginAsync(context, store, current.Id, cancellationToken);
        return TypedResults.NoContent();
    }
}
