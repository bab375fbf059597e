using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Sessions;

internal static class LookAtLink
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/session/link/look", HandleAsync).AllowAnonymous().RequireRateLimiting(PeopleFeature.SignInLimit).WithName("LookAtLink")
            .WithSummary("What a one-time link is for, without using it up.");

    public sealed record Request(string Token);

    /// <param name="Organization">The organization that it leads into; null for the link that creates the first owner.</param>
    /// <param name="NeedsAccount">Whether accepting it takes an e-mail address and a password.</param>
    public sealed record Answer(SignInPurpose Purpose, string? Organization, Role Role, string? DisplayName, bool NeedsAccount, DateTimeOffset ExpiresAt);

    private static async Task<Results<Ok<Answer>, ProblemHttpResult>> HandleAsync(Request request, StoreContext store, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await Links.FindAsync(store, request.Token, clock.Now(), cancellationToken) is not { } link) return AcceptLink.NoSuchLink();
        var organization = await store.Organizations.Where(o => o.Id == link.OrganizationId).Select(o => o.Name).SingleOrDefaultAsync(cancellationToken);
        return TypedResults.Ok(new Answer(link.Purpose, organization, link.Role, link.DisplayName, link.Purpose != SignInPurpose.SignIn, link.ExpiresAt));
    }
}
