using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Selectors;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Work;

/// <summary>What of an asset is needed to hand it out and to check answers upon it. It never changes but for being withdrawn, which is asked
/// where bytes are read.</summary>
internal sealed record InputFacts(OrganizationId OrganizationId, CompartmentId CompartmentId, string Sha256, string MediaType, int WidthPx, int HeightPx)
{
    public InputExtent Extent => InputExtent.Image(WidthPx, HeightPx);
}

/// <summary>Facts of assets that were handed out lately: each is needed when a lease is given and again when it is answered.</summary>
internal sealed class InputCache(StoreDatabase database)
{
    private const int EntriesMax = 100_000;

    // Of this instance: a compiled query belongs to the model of one database.
    private readonly Func<StoreContext, AssetId, Task<InputFacts?>> _load = EF.CompileAsyncQuery((StoreContext store, AssetId id) =>
        store.Assets.Where(a => a.Id == id)
            .Select(a => new InputFacts(a.OrganizationId, a.CompartmentId, a.Sha256, a.MediaType, a.WidthPx, a.HeightPx)).SingleOrDefault());

    private readonly ConcurrentDictionary<AssetId, InputFacts> _known = new();

    public ValueTask<InputFacts> GetAsync(AssetId id) => _known.TryGetValue(id, out var facts) ? new(facts) : new(LoadAsync(id));

    private async Task<InputFacts> LoadAsync(AssetId id)
    {
        await using var store = database.CreateContext();
        var facts = await _load(store, id) ?? throw new InvalidOperationException($"A task looks at asset {id}, which is not there.");
        if (_known.Count >= EntriesMax) _known.Clear();
        return _known.GetOrAdd(id, facts);
    }
}
