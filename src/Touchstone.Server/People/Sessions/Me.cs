using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Sessions;

/// <summary>Who the caller is.</summary>
/// <param name="Memberships">Every organization that the person may enter; a sign-in names one of them.</param>
/// <param name="Compartments">Compartments that they are cleared for in this organization.</param>
internal sealed record Me(
    ContributorId ContributorId,
    string DisplayName,
    string? Email,
    Role Role,
    bool Simulated,
    Membership Organization,
    IReadOnlyList<Membership> Memberships,
    IReadOnlyList<NamedCompartment> Compartments)
{
    public static async Task<Me> ReadAsync(StoreContext store, ContributorId id, CancellationToken cancellationToken)
    {
        var self = await store.Contributors.AsNoTracking().Where(c => c.Id == id)
            .Select(c => new { c.Id, c.PersonId, c.DisplayName, c.Person!.Email, c.Role, c.Simulated, c.OrganizationId })
            .SingleAsync(cancellationToken);
        var memberships = await store.Contributors.Where(c => c.PersonId == self.PersonId && c.SuspendedAt == null)
            .Join(store.Organizations, c => c.OrganizationId, o => o.Id, (c, o) => new Membership(o.Id, o.Name, c.Role))
            .ToListAsync(cancellationToken);
        var compartments = await store.Clearances.Where(c => c.ContributorId == id)
            .Join(store.Compartments, c => c.CompartmentId, c => c.Id, (_, c) => new NamedCompartment(c.Id, c.Name))
            .ToListAsync(cancellationToken);
        return new(
            self.Id,
            self.DisplayName,
            self.Email,
            self.Role,
            self.Simulated,
            memberships.Single(m => m.Id == self.OrganizationId),
            [.. memberships.OrderBy(m => m.Id.Value)],
            [.. compartments.OrderBy(c => c.Name, StringComparer.Ordinal)]);
    }
}

internal sealed record Membership(OrganizationId Id, string Name, Role Role);

internal sealed record NamedCompartment(CompartmentId Id, string Name);
