using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Answers;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Sessions;

internal static class AcceptLink
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/session/link", HandleAsync).AllowAnonymous().RequireRateLimiting(PeopleFeature.SignInLimit).WithName("AcceptLink")
            .WithSummary("Uses a one-time link: creates the first owner, accepts an invitation, or signs a known person in. The answer sets a cookie.");

    /// <param name="Token">What stands behind "#link=".</param>
    /// <param name="DisplayName">For a new person: their name.</param>
    /// <param name="Email">For a new person: what they will sign in with. For somebody with an account elsewhere on this server: its address.</param>
    /// <param name="Password">The new password, or that of the account.</param>
    /// <param name="Organization">For the first owner: the organization's name.</param>
    public sealed record Request(string Token, string? DisplayName = null, string? Email = null, string? Password = null, string? Organization = null);

    public static ProblemHttpResult NoSuchLink() => Problems.NotFound("This link was used, has expired or never was. Ask for a new one; for the first owner, start the server again.");

    private static async Task<Results<Ok<Me>, ProblemHttpResult>> HandleAsync(
        Request request, HttpContext context, StoreContext store, StoreDatabase database, Passwords passwords, ContributorCache cache, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        if (await Links.FindAsync(store, request.Token, now, cancellationToken) is not { } link) return NoSuchLink();
        var joins = link.Purpose != SignInPurpose.SignIn;
        if (joins && Check(request, link) is { Count: > 0 } faults) return Problems.Invalid(faults);
        var email = joins ? Texts.Email(request.Email!) : null;
        var known = joins ? await store.People.AsNoTracking().SingleOrDefaultAsync(p => p.Email == email, cancellationToken) : null;
        if (known is not null && !passwords.Verify(known.PasswordHash, request.Password!, out _))
            return Problems.Invalid("/password", "the password of the account that has this e-mail address", "another one");
        var newcomer = joins && known is null
            ? new Person { Id = PersonId.New(now), Email = email, DisplayName = NameOf(request, link)!, PasswordHash = passwords.Hash(request.Password!), SecurityStamp = Passwords.SecurityStamp(), CreatedAt = now }
            : null;

        var outcome = await database.WriteAsync((write, cancel) => UseAsync(write, link, request, known, newcomer, now, cancel), cancellationToken);
        if (outcome.Problem is { } problem) return problem;
        cache.Forget();
        await BrowserSession.BeginAsync(context, store, outcome.Contributor, cancellationToken);
        return TypedResults.Ok(await Me.ReadAsync(store, outcome.Contributor, cancellationToken));
    }

    private static List<Fault> Check(Request request, SignInLink link)
    {
        List<Fault?> faults = [Texts.CheckName(NameOf(request, link), "/display_name"), Texts.CheckEmail(request.Email), Passwords.Check(request.Password ?? "", request.Email)];
        if (request.Organization is not null) faults.Add(Texts.CheckName(request.Organization, "/organization"));
        return [.. faults.OfType<Fault>()];
    }

    private static string? NameOf(Request request, SignInLink link) => (string.IsNullOrWhiteSpace(request.DisplayName) ? link.DisplayName : request.DisplayName)?.Trim();

    private static async Task<(ContributorId Contributor, ProblemHttpResult? Problem)> UseAsync(
        StoreContext store, SignInLink link, Request request, Person? known, Person? newcomer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await Links.UseAsync(store, link, now, cancellationToken)) return (default, NoSuchLink());
        switch (link.Purpose)
        {
            case SignInPurpose.SignIn:
                var active = await store.Contributors.AnyAsync(c => c.Id == link.ContributorId && c.SuspendedAt == null, cancellationToken);
                return active ? (link.ContributorId!.Value, null) : (default, Problems.Forbidden("You are suspended in this organization.", "suspended"));
            case SignInPurpose.CreateOwner:
                if (await Owners.ExistAsync(store, cancellationToken)) return (default, Problems.Conflict("This server has an owner already.", "owner_exists"));
                await FirstOwner.UseUpLinksAsync(store, now, cancellationToken);
                return (Owners.Found(store, request.Organization?.Trim() ?? "My organization", newcomer ?? known!, now).Id, null);
            default:
                return await JoinAsync(store, link, request, known, newcomer, now, cancellationToken);
        }
    }

    private static async Task<(ContributorId Contributor, ProblemHttpResult? Problem)> JoinAsync(
        StoreContext store, SignInLink link, Request request, Person? known, Person? newcomer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var organization = link.OrganizationId!.Value;
        if (known is not null && await store.Contributors.AnyAsync(c => c.OrganizationId == organization && c.PersonId == known.Id, cancellationToken))
            return (default, Problems.Conflict("You are a member of this organization already: sign in.", "already_member"));
        if (newcomer is not null) store.Add(newcomer);
        var contributor = new Contributor
        {
            Id = ContributorId.New(now),
            OrganizationId = organization,
            PersonId = (known ?? newcomer!).Id,
            Role = link.Role,
            DisplayName = NameOf(request, link)!,
            CreatedAt = now,
        };
        store.Add(contributor);
        return (contributor.Id, null);
    }
}
