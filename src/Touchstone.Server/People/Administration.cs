using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People;

/// <summary>
/// What whoever runs the machine may do without signing in, on the command line and in the demo: they hold the database anyway. A running
/// server sees it within two seconds.
/// </summary>
public static class Administration
{
    /// <summary>Makes a new organization with an owner.</summary>
    /// <param name="database">A migrated database.</param>
    /// <param name="clock">Times and ids.</param>
    /// <param name="organization">Its name.</param>
    /// <param name="displayName">The owner's name.</param>
    /// <param name="email">To sign in with; null where a link or key is enough.</param>
    /// <param name="password">To sign in with; null where a link or key is enough.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The address or the password is not good enough, or the address is taken.</exception>
    public static async Task<(OrganizationId Organization, ContributorId Owner)> CreateOwnerAsync(
        StoreDatabase database, TimeProvider clock, string organization, string displayName, string? email, string? password, CancellationToken cancellationToken)
    {
        if (email is not null && Texts.CheckEmail(email) is { } badEmail) throw new ArgumentException(badEmail.ToString(), nameof(email));
        if (password is not null && Passwords.Check(password, email) is { } badPassword) throw new ArgumentException(badPassword.ToString(), nameof(password));
        var hash = password is null ? null : new Passwords().Hash(password);
        var address = email is null ? null : Texts.Email(email);
        var now = clock.Now();
        return await database.WriteAsync(
            async (store, cancel) =>
            {
                if (address is not null && await store.People.AnyAsync(p => p.Email == address, cancel)) throw new ArgumentException($"Somebody has the address {address} already.", nameof(email));
                var person = new Person { Id = PersonId.New(now), Email = address, DisplayName = displayName, PasswordHash = hash, SecurityStamp = Passwords.SecurityStamp(), CreatedAt = now };
                var owner = Owners.Found(store, organization, person, now);
                return (owner.OrganizationId, owner.Id);
            },
            cancellationToken);
    }

    /// <summary>Makes an API key that acts as the contributor.</summary>
    /// <returns>The key; it cannot be read again.</returns>
    public static Task<string> CreateKeyAsync(
        StoreDatabase database, TimeProvider clock, OrganizationId organization, ContributorId contributor, string name, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        return database.WriteAsync((store, _) => Task.FromResult(Keys.ApiKeys.Add(store, organization, contributor, name, null, now).Secret), cancellationToken);
    }

    /// <summary>Makes a one-time link that signs the contributor in.</summary>
    /// <returns>What to put behind the server's address.</returns>
    public static Task<string> CreateSignInLinkAsync(
        StoreDatabase database, TimeProvider clock, OrganizationId organization, ContributorId contributor, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        return database.WriteAsync((store, _) => Task.FromResult(Links.Add(store, SignInPurpose.SignIn, now, organization, contributor).Path), cancellationToken);
    }
}
