using Microsoft.EntityFrameworkCore;
using Touchstone.Files.Images;
using Touchstone.Files.Storage;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Assets;

/// <summary>Takes a picture's bytes in: they rest by their digest, and a row stands for them in a compartment of their organization.</summary>
internal static class AssetIntake
{
    /// <summary>What became of them.</summary>
    public abstract record Outcome;

    /// <summary>They are there, by this row.</summary>
    public sealed record Taken(Asset Asset, bool IsNew) : Outcome;

    /// <summary>They are no picture that is taken.</summary>
    public sealed record NoPicture(ImageFault Fault) : Outcome;

    /// <summary>They were withdrawn before.</summary>
    public sealed record Withdrawn : Outcome;

    /// <summary>They were withdrawn from another compartment while they came in; send them again.</summary>
    public sealed record RemovedMeanwhile : Outcome;

    /// <exception cref="ContentTooLargeException">There are more bytes than that.</exception>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    public static async Task<Outcome> TakeAsync(
        StoreDatabase database, ContentFolder content, OrganizationId organization, CompartmentId compartment, Stream bytes, long bytesMax, string? fileName, bool synthetic, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var scope = AssetContent.ScopeOf(organization);
        var stored = await content.StoreAsync(scope, bytes, bytesMax, cancellationToken);
        await using (var store = database.CreateContext())
            if (await FindAsync(store, organization, compartment, stored.Sha256, cancellationToken) is { WithdrawnAt: null } known) return new Taken(known, IsNew: false);
        if (!ImageProbe.TryProbe(content.PathOf(scope, stored.Sha256), out var image, out var fault))
        {
            await DropAsync(database, content, scope, organization, stored.Sha256);
            return new NoPicture(fault);
        }

        var (kept, isNew) = await AddAsync(database, Make(organization, compartment, stored, image, AssetContent.CleanName(fileName), synthetic, now), cancellationToken);
        if (kept is null)
        {
            await DropAsync(database, content, scope, organization, stored.Sha256);
            return new Withdrawn();
        }

        return isNew && !content.Exists(scope, stored.Sha256) ? await TakeBackAsync(database, kept.Id) : new Taken(kept, isNew);
    }

    private static Task<Asset?> FindAsync(StoreContext store, OrganizationId organization, CompartmentId compartment, string sha256, CancellationToken cancellationToken) =>
        store.Assets.AsNoTracking().SingleOrDefaultAsync(a => a.OrganizationId == organization && a.CompartmentId == compartment && a.Sha256 == sha256, cancellationToken);

    private static Asset Make(OrganizationId organization, CompartmentId compartment, StoredContent stored, ImageInfo image, string? name, bool synthetic, DateTimeOffset now) => new()
    {
        Id = AssetId.New(now),
        OrganizationId = organization,
        CompartmentId = compartment,
        Sha256 = stored.Sha256,
        ByteCount = stored.ByteCount,
        MediaType = image.Format.MediaType(),
        FileName = name,
        WidthPx = image.WidthPx,
        HeightPx = image.HeightPx,
        Orientation = image.Orientation.Tag,
        Synthetic = synthetic,
        CreatedAt = now,
    };

    /// <summary>Adds the row unless it is there or its bytes were withdrawn; null for the latter.</summary>
    private static async Task<(Asset? Asset, bool IsNew)> AddAsync(StoreDatabase database, Asset asset, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync<(Asset?, bool)>(
                async (store, cancel) =>
                {
                    if (await FindAsync(store, asset.OrganizationId, asset.CompartmentId, asset.Sha256, cancel) is { } known) return (known.WithdrawnAt is null ? known : null, false);
                    store.Add(asset);
                    return (asset, true);
                },
                cancellationToken);
        }
        catch (DbUpdateException failure) when (Unique.IsViolated(failure))
        {
            await using var store = database.CreateContext();
            return (await FindAsync(store, asset.OrganizationId, asset.CompartmentId, asset.Sha256, cancellationToken), false);
        }
    }

    /// <summary>The same bytes were withdrawn from another compartment in the moment between storing them and adding the row.</summary>
    private static async Task<Outcome> TakeBackAsync(StoreDatabase database, AssetId id)
    {
        await database.WriteAsync((store, cancel) => store.Assets.Where(a => a.Id == id).ExecuteDeleteAsync(cancel), CancellationToken.None);
        return new RemovedMeanwhile();
    }

    /// <summary>Removes bytes that no asset of the organization stands for.</summary>
    internal static async Task DropAsync(StoreDatabase database, ContentFolder content, string scope, OrganizationId organization, string sha256)
    {
        await using var store = database.CreateContext();
        if (!await store.Assets.AnyAsync(a => a.OrganizationId == organization && a.Sha256 == sha256 && a.WithdrawnAt == null)) content.Delete(scope, sha256);
    }
}
