using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People;

/// <summary>How a fresh server gets its first owner.</summary>
public static class FirstOwner
{
    /// <summary>Makes the one-time link that creates the owner, while there is none. Earlier such links stop working.</summary>
    /// <param name="services">Of a started server.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What to put behind the server's address; null when there is an owner already.</returns>
    public static async Task<string?> CreateLinkAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var now = services.GetRequiredService<TimeProvider>().Now();
        return await services.GetRequiredService<StoreDatabase>().WriteAsync(
            async (store, cancel) =>
            {
                if (await Owners.ExistAsync(store, cancel)) return null;
                await UseUpLinksAsync(store, now, cancel);
                return Links.Add(store, SignInPurpose.CreateOwner, now).Path;
            },
            cancellationToken);
    }

    internal static Task UseUpLinksAsync(StoreContext store, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.SignInLinks.Where(l => l.Purpose == SignInPurpose.CreateOwner && l.UsedAt == null).ExecuteUpdateAsync(l => l.SetProperty(x => x.UsedAt, now), cancellationToken);
}
