using System.Linq.Expressions;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Contributors;

/// <summary>A contributor as managers see them.</summary>
/// <param name="Responses">Responses that they gave, in all projects that the reader may see.</param>
/// <param name="ActiveMilliseconds">Active time in them.</param>
/// <param name="LastResponseAt">The latest.</param>
internal sealed record ContributorRow(
    ContributorId Id,
    string DisplayName,
    string? Email,
    Role Role,
    bool Simulated,
    DateTimeOffset? SuspendedAt,
    DateTimeOffset CreatedAt,
    int Version,
    int Responses = 0,
    long ActiveMilliseconds = 0,
    DateTimeOffset? LastResponseAt = null)
{
    public static readonly Expression<Func<Contributor, ContributorRow>> Projection =
        c => new ContributorRow(c.Id, c.DisplayName, c.Person!.Email, c.Role, c.Simulated, c.SuspendedAt, c.CreatedAt, c.Version, 0, 0, null);
}

internal static class ContributorVisibility
{
    public static IQueryable<Contributor> ContributorsVisibleTo(this StoreContext store, CurrentContributor current) =>
        store.Contributors.Where(c => c.OrganizationId == current.OrganizationId);
}
