using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Sessions;

internal static class SignIn
{
    public const int FailuresMax = 5;
    public static readonly TimeSpan Lockout = TimeSpan.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/session", HandleAsync).AllowAnonymous().RequireRateLimiting(PeopleFeature.SignInLimit).WithName("SignIn").WithSummary("Signs a person in with e-mail and password; the answer sets a cookie.");

    /// <param name="OrganizationId">Which of the person's organizations to enter; the first one joined when left out.</param>
    public sealed record Request(string Email, string Password, OrganizationId? OrganizationId = null);

    // One answer for every failure, taking the same time: it tells neither who has an account nor whether it is locked.
    private const string Refusal = "E-mail or password is wrong, or there were too many wrong ones: then wait ten minutes or ask for a sign-in link.";

    private static async Task<Results<Ok<Me>, ProblemHttpResult>> HandleAsync(
        Request request, HttpContext context, StoreContext store, StoreDatabase database, Passwords passwords, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var email = Texts.Email(request.Email);
        var person = await store.People.AsNoTracking().SingleOrDefaultAsync(p => p.Email == email, cancellationToken);
        var right = passwords.Verify(person?.PasswordHash, request.Password.Length <= Passwords.LengthMax ? request.Password : "", out var isOutdated);
        if (person is null || person.LockedOutUntil > now) return Problems.Unauthorized(Refusal);
        if (!right)
        {
            await NoteFailureAsync(database, person.Id, now, cancellationToken);
            return Problems.Unauthorized(Refusal);
        }

        var contributor = await store.Contributors.AsNoTracking()
            .Where(c => c.PersonId == person.Id && c.SuspendedAt == null && (request.OrganizationId == null || c.OrganizationId == request.OrganizationId))
            .OrderBy(c => c.Id).FirstOrDefaultAsync(cancellationToken);
        if (contributor is null) return Problems.Forbidden("You are suspended, or no member of this organization.", "suspended");
        await NoteSuccessAsync(database, person, isOutdated ? passwords.Hash(request.Password) : null, cancellationToken);
        await BrowserSession.BeginAsync(context, store, contributor.Id, cancellationToken);
        return TypedResults.Ok(await Me.ReadAsync(store, contributor.Id, cancellationToken));
    }

    private static Task<int> NoteFailureAsync(StoreDatabase database, PersonId id, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        async (store, cancel) =>
        {
            var person = await store.People.SingleAsync(p => p.Id == id, cancel);
            person.FailedSignIns++;
            if (person.FailedSignIns >= FailuresMax) (person.FailedSignIns, person.LockedOutUntil) = (0, now + Lockout);
            return person.FailedSignIns;
        },
        cancellationToken);

    private static async Task NoteSuccessAsync(StoreDatabase database, Person seen, string? newHash, CancellationToken cancellationToken)
    {
        if (seen is { FailedSignIns: 0, LockedOutUntil: null } && newHash is null) return;
        await database.WriteAsync(
            async (store, cancel) =>
            {
                var person = await store.People.SingleAsync(p => p.Id == seen.Id, cancel);
                (person.FailedSignIns, person.LockedOutUntil) = (0, null);
                if (newHash is not null && person.PasswordHash == seen.PasswordHash) person.PasswordHash = newHash;
                return person.Id;
            },
            cancellationToken);
    }
}
