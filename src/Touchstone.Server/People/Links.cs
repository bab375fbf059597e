using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People;

/// <summary>One-time links. The secret stands behind the #, which browsers do not send: it reaches no log and no proxy.</summary>
internal static class Links
{
    public static readonly TimeSpan SignInLifetime = TimeSpan.FromHours(24);
    public static readonly TimeSpan InvitationLifetime = TimeSpan.FromDays(14);

    /// <summary>A link as it is told once.</summary>
    /// <param name="Token">The secret itself.</param>
    /// <param name="Path">To be put behind the server's address.</param>
    /// <param name="ExpiresAt">Until when it works.</param>
    public sealed record Issued(string Token, string Path, DateTimeOffset ExpiresAt);

    public static string PathOf(string token) => "/#link=" + token;

    /// <summary>Adds a link to the caller's transaction.</summary>
    public static Issued Add(
        StoreContext store, SignInPurpose purpose, DateTimeOffset now, OrganizationId? organization = null, ContributorId? contributor = null, Role role = Role.Owner, string? name = null)
    {
        var token = Secrets.NewToken();
        var link = new SignInLink
        {
            Id = SignInLinkId.New(now),
            Hash = Secrets.Hash(token),
            Purpose = purpose,
            OrganizationId = organization,
            ContributorId = contributor,
            Role = role,
            DisplayName = name,
            CreatedAt = now,
            ExpiresAt = now + (purpose == SignInPurpose.Invitation ? InvitationLifetime : SignInLifetime),
        };
        store.Add(link);
        return new(token, PathOf(token), link.ExpiresAt);
    }

    /// <summary>The link with this secret, if it can still be used.</summary>
    public static Task<SignInLink?> FindAsync(StoreContext store, string token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hash = Secrets.Hash(token);
        return store.SignInLinks.AsNoTracking().SingleOrDefaultAsync(l => l.Hash == hash && l.UsedAt == null && l.ExpiresAt > now, cancellationToken);
    }

    /// <summary>Uses a link up in the caller's transaction; false when somebody was faster.</summary>
    public static async Task<bool> UseAsync(StoreContext store, SignInLink link, DateTimeOffset now, CancellationToken cancellationToken) =>
        await store.SignInLinks.Where(l => l.Id == link.Id && l.UsedAt == null).ExecuteUpdateAsync(l => l.SetProperty(x => x.UsedAt, now), cancellationToken) == 1;
}
