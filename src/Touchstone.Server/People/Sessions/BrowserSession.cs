using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Sessions;

/// <summary>Begins a session: the cookie names the contributor and the stamp of their person, and nothing else.</summary>
internal static class BrowserSession
{
    public static async Task BeginAsync(HttpContext context, StoreContext store, ContributorId contributor, CancellationToken cancellationToken)
    {
        var row = await store.Contributors.AsNoTracking().Where(c => c.Id == contributor)
            .Select(c => new { c.Id, c.PersonId, c.OrganizationId, c.Role, c.DisplayName, c.Simulated, c.Person!.SecurityStamp })
            .SingleAsync(cancellationToken);
        var current = new CurrentContributor
        {
            Id = row.Id,
            PersonId = row.PersonId,
            OrganizationId = row.OrganizationId,
            Role = row.Role,
            DisplayName = row.DisplayName,
            Simulated = row.Simulated,
            Compartments = [CompartmentId.None],
        };
        await context.SignInAsync(
            Schemes.Cookie, new ClaimsPrincipal(new ContributorIdentity(current, Schemes.Cookie, row.SecurityStamp)), new AuthenticationProperties { IsPersistent = true });
    }
}
