using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People;

/// <summary>An organization always keeps an owner who can sign in.</summary>
internal static class Owners
{
    public const string LastOwner = "This is the organization's last owner. Make somebody else an owner first.";

    /// <summary>
    /// Whether the organization would be left without an owner. Raises the organization's version in the caller's transaction, so that of two owners who
    /// remove each other at the same moment only one succeeds.
    /// </summary>
    public static async Task<bool> IsLastAsync(StoreContext store, Contributor contributor, CancellationToken cancellationToken)
    {
        if (contributor.Role != Role.Owner || contributor.SuspendedAt is not null) return false;
        var organization = await store.Organizations.SingleAsync(o => o.Id == contributor.OrganizationId, cancellationToken);
        organization.Version++;
        return !await store.Contributors.AnyAsync(
            c => c.OrganizationId == contributor.OrganizationId && c.Id != contributor.Id && c.Role == Role.Owner && c.SuspendedAt == null && !c.Simulated, cancellationToken);
    }

    public static Task<bool> ExistAsync(StoreContext store, CancellationToken cancellationToken) => store.Contributors.AnyAsync(c => c.Role == Role.Owner, cancellationToken);

    /// <summary>Adds a person as the owner of a new organization.</summary>
    public static Contributor Found(StoreContext store, string organizationName, Person person, DateTimeOffset now)
    {
        var organization = new Organization { Id = OrganizationId.New(now), Name = organizationName, CreatedAt = now };
        var owner = new Contributor
        {
            Id = ContributorId.New(now),
            OrganizationId = organization.Id,
            PersonId = person.Id,
            Role = Role.Owner,
            DisplayName = person.DisplayName,
            CreatedAt = now,
        };
        store.Add(organization);
        store.Add(person);
        store.Add(owner);
        return owner;
    }
}
