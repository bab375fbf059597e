using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Keys;

/// <summary>A key as it may be shown: never its secret.</summary>
internal sealed record ApiKeyRow(
    ApiKeyId Id, string Name, string Prefix, ContributorId ContributorId, string ContributorName, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt);

internal static class ApiKeys
{
    /// <summary>Adds a key to the caller's transaction.</summary>
    public static (ApiKey Key, string Secret) Add(
        StoreContext store, OrganizationId organization, ContributorId contributor, string name, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        var secret = Secrets.NewKey();
        var key = new ApiKey
        {
            Id = ApiKeyId.New(now),
            OrganizationId = organization,
            ContributorId = contributor,
            Name = name,
            Hash = Secrets.Hash(secret),
            Prefix = secret[..Secrets.KeyPrefixLength],
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };
        store.Add(key);
        return (key, secret);
    }

    /// <summary>Keys that the caller governs: an owner all of the organization's, a manager their own and those of simulated contributors.</summary>
    public static IQueryable<ApiKey> KeysGovernedBy(this StoreContext store, CurrentContributor current)
    {
        var keys = store.ApiKeys.Where(k => k.OrganizationId == current.OrganizationId);
        return current.Is(Role.Owner)
            ? keys
            : keys.Where(k => k.ContributorId == current.Id || store.Contributors.Any(c => c.Id == k.ContributorId && c.Simulated));
    }
}
