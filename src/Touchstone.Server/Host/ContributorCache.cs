using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Ids;
using Touchstone.Store.People;

namespace Touchstone.Server.Host;

/// <summary>
/// Who is behind a key or a cookie, remembered for two seconds: every request passes here. A change of people on this server is seen
/// at once (<see cref="Forget"/>), one made on another server within those two seconds.
/// </summary>
internal sealed class ContributorCache(StoreDatabase database, TimeProvider clock)
{
    private const int EntriesMax = 20_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan UseNoted = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<Guid, Entry> _byKey = new();
    private readonly ConcurrentDictionary<ContributorId, Entry> _byCookie = new();
    private int _generation;

    /// <summary>To be called after every committed change of roles, suspensions, keys, clearances or passwords.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _generation);
        _byKey.Clear();
        _byCookie.Clear();
    }

    /// <summary>The contributor that a key acts as.</summary>
    /// <param name="hash">SHA-256 of the whole key.</param>
    public Task<AuthenticateResult> ByKeyAsync(ReadOnlySpan<byte> hash)
    {
        // Half of the hash finds the entry and the whole of it decides.
        var half = new Guid(hash[..16]);
        return _byKey.TryGetValue(half, out var entry) && entry.IsFresh(clock) && CryptographicOperations.FixedTimeEquals(entry.Hash, hash)
            ? entry.Result
            : LoadKeyAsync(half, hash.ToArray());
    }

    /// <summary>The contributor that a cookie names; null when they may not come in or the cookie's stamp is an old one.</summary>
    public async ValueTask<ClaimsPrincipal?> ByCookieAsync(ContributorId id, string stamp)
    {
        if (!_byCookie.TryGetValue(id, out var entry) || !entry.IsFresh(clock)) entry = await LoadCookieAsync(id);
        return entry is not null && string.Equals(entry.Stamp, stamp, StringComparison.Ordinal) ? entry.Principal : null;
    }

    private async Task<AuthenticateResult> LoadKeyAsync(Guid half, byte[] hash)
    {
        var generation = Volatile.Read(ref _generation);
        var now = clock.Now();
        var key = await PeopleLookup.KeyAsync(database, hash, CancellationToken.None);
        if (key is null) return AuthenticateResult.Fail("No such API key.");
        if (key.RevokedAt is not null || key.ExpiresAt <= now) return AuthenticateResult.Fail("The API key was revoked or has expired.");
        if (key.Holder is null) return AuthenticateResult.Fail("The contributor of this API key is suspended.");
        if (key.LastUsedAt is null || now - key.LastUsedAt > UseNoted) await NoteUseAsync(key.Id, now);

        var principal = new ClaimsPrincipal(new ContributorIdentity(Current(key.Holder), Schemes.Key, securityStamp: null));
        var result = Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, Schemes.Key)));
        Remember(_byKey, half, new Entry(principal, result, hash, Stamp: null, Until(key.ExpiresAt, now)), generation);
        return await result;
    }

    private async Task<Entry?> LoadCookieAsync(ContributorId id)
    {
        var generation = Volatile.Read(ref _generation);
        if (await PeopleLookup.ContributorAsync(database, id, CancellationToken.None) is not { } person) return null;
        var principal = new ClaimsPrincipal(new ContributorIdentity(Current(person), Schemes.Cookie, person.SecurityStamp));
        var entry = new Entry(principal, Task.FromResult(AuthenticateResult.NoResult()), [], person.SecurityStamp, Until(null, clock.Now()));
        Remember(_byCookie, id, entry, generation);
        return entry;
    }

    private Task<int> NoteUseAsync(ApiKeyId id, DateTimeOffset now) => database.WriteAsync(
        (store, cancellationToken) => store.ApiKeys.Where(k => k.Id == id).ExecuteUpdateAsync(k => k.SetProperty(x => x.LastUsedAt, now), cancellationToken),
        CancellationToken.None);

    private static CurrentContributor Current(SignedIn person) => new()
    {
        Id = person.Id,
        PersonId = person.PersonId,
        OrganizationId = person.OrganizationId,
        Role = person.Role,
        DisplayName = person.DisplayName,
        Simulated = person.Simulated,
        Compartments = [CompartmentId.None, .. person.Cleared],
    };

    private static DateTimeOffset Until(DateTimeOffset? keyExpiresAt, DateTimeOffset now) =>
        keyExpiresAt is { } expires && expires < now + Lifetime ? expires : now + Lifetime;

    /// <summary>What was read before a change must not be remembered after it.</summary>
    private void Remember<T>(ConcurrentDictionary<T, Entry> entries, T key, Entry entry, int generation) where T : notnull
    {
        if (entries.Count >= EntriesMax) entries.Clear();
        entries[key] = entry;
        if (generation != Volatile.Read(ref _generation)) entries.TryRemove(key, out _);
    }

    private sealed record Entry(ClaimsPrincipal Principal, Task<AuthenticateResult> Result, byte[] Hash, string? Stamp, DateTimeOffset FreshUntil)
    {
        public bool IsFresh(TimeProvider clock) => clock.GetUtcNow() < FreshUntil;
    }
}
