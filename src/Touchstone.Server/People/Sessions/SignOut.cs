using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;

namespace Touchstone.Server.People.Sessions;

internal static class SignOut
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapDelete("/session", (Delegate)HereAsync).RequireContributor().WithName("SignOut").WithSummary("Ends this browser's session.");
        routes.MapDelete("/me/sessions", EverywhereAsync).RequireContributor().WithName("SignOutEverywhere").WithSummary("Ends every session of yours, on every machine. API keys stay.");
    }

    private static async Task<NoContent> HereAsync(HttpContext context)
    {
        await context.SignOutAsync(Schemes.Cookie);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> EverywhereAsync(HttpContext context, StoreDatabase database, ContributorCache cache, CurrentContributor current, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            async (store, cancel) =>
            {
                var person = await store.People.SingleAsync(p => p.Id == current.PersonId, cancel);
                person.SecurityStamp = Passwords.SecurityStamp();
                person.Version++;
                return person.Version;
            },
            cancellationToken);
        cache.Forget();
        await context.SignOutAsync(Schemes.Cookie);
        return TypedResults.NoContent();
    }
}
