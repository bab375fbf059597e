using Microsoft.EntityFrameworkCore;
using Touchstone.Server.People.Keys;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Terminal;

namespace Touchstone.Operation;

/// <summary>API keys made by whoever can open the database itself: an operator needs no sign-in.</summary>
internal static class OperatorKeys
{
    /// <summary>A fresh key that acts as a contributor; the secret is shown once and only its hash is kept.</summary>
    public static async Task<(ApiKeyId Id, string Secret)> CreateAsync(
        StoreDatabase database, ContributorId contributor, string name, TimeSpan? lifetime, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        return await database.WriteAsync(async (store, token) =>
        {
            var organization = await store.Contributors.Where(c => c.Id == contributor).Select(c => c.OrganizationId).SingleAsync(token);
            var (key, secret) = ApiKeys.Add(store, organization, contributor, name, lifetime is { } time ? now + time : null, now);
            return (key.Id, secret);
        }, cancellationToken);
    }

    public static Task<bool> RevokeAsync(StoreDatabase database, ApiKeyId id, TimeProvider clock, CancellationToken cancellationToken) =>
        database.WriteAsync(async (store, token) =>
        {
            var now = clock.Now();
            return await store.ApiKeys.Where(k => k.Id == id && k.RevokedAt == null).ExecuteUpdateAsync(k => k.SetProperty(x => x.RevokedAt, now), token) == 1;
        }, cancellationToken);

    /// <summary>Removes a key that one command used and nobody ever saw.</summary>
    public static Task<int> ForgetAsync(StoreDatabase database, ApiKeyId id) =>
        database.WriteAsync((store, token) => store.ApiKeys.Where(k => k.Id == id).ExecuteDeleteAsync(token), CancellationToken.None);

    /// <summary>The longest-standing owner who may still come in.</summary>
    /// <exception cref="CommandException">Nobody owns this database yet.</exception>
    public static async Task<ContributorId> OwnerAsync(StoreDatabase database, CancellationToken cancellationToken)
    {
        await using var store = database.CreateContext();
        var owner = await store.Contributors.Where(c => c.Role == Role.Owner && c.SuspendedAt == null).OrderBy(c => c.Id).Select(c => (ContributorId?)c.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return owner ?? throw new CommandException("This database has no owner yet. Run \"touchstone serve\" and open the link that it prints, or \"touchstone admin user create\".");
    }
}
