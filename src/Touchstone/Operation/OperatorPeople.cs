using Microsoft.EntityFrameworkCore;
using Touchstone.Server.People;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Terminal;

namespace Touchstone.Operation;

/// <summary>People made by whoever can open the database itself.</summary>
internal static class OperatorPeople
{
    /// <exception cref="CommandException">One of the names is none.</exception>
    public static void CheckNames(string name, string organizationName)
    {
        foreach (var fault in new[] { Texts.CheckName(name, "NAME"), Texts.CheckName(organizationName, "--organization") })
            if (fault is not null)
                throw new CommandException($"{fault.Pointer}: expected {fault.Expected}, found {fault.Found}.", ExitCode.Misuse);
    }

    /// <summary>Adds a person to the first organization, which is made if there is none, with a one-time link for their first sign-in.</summary>
    public static async Task<(ContributorId Contributor, string Link)> AddAsync(
        StoreDatabase database, string name, Role role, string organizationName, CancellationToken cancellationToken)
    {
        name = name.Trim();
        var now = TimeProvider.System.Now();
        var id = await database.WriteAsync(async (store, token) =>
        {
            var organization = await store.Organizations.OrderBy(o => o.Id).FirstOrDefaultAsync(token);
            if (organization is null)
            {
                organization = new Organization { Id = OrganizationId.New(now), Name = organizationName.Trim(), CreatedAt = now };
                store.Add(organization);
            }

            var person = new Person { Id = PersonId.New(now), DisplayName = name, SecurityStamp = Passwords.SecurityStamp(), CreatedAt = now };
            var contributor = new Contributor
            {
                Id = ContributorId.New(now),
                OrganizationId = organization.Id,
                PersonId = person.Id,
                DisplayName = name,
                Role = role,
                CreatedAt = now,
            };
            store.AddRange(person, contributor);
            return contributor.Id;
        }, cancellationToken);
        return (id, await LinkAsync(database, id, cancellationToken));
    }

    /// <summary>A fresh one-time link for somebody who is there: what to put behind the server's address.</summary>
    public static Task<string> LinkAsync(StoreDatabase database, ContributorId contributor, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.Now();
        return database.WriteAsync(async (store, cancel) =>
        {
            var organization = await store.Contributors.Where(c => c.Id == contributor).Select(c => c.OrganizationId).SingleAsync(cancel);
            return Links.Add(store, SignInPurpose.SignIn, now, organization, contributor).Path;
        }, cancellationToken);
    }
}
