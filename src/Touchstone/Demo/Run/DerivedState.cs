using Microsoft.EntityFrameworkCore;
using Touchstone.Store;

namespace Touchstone.Demo.Run;

/// <summary>Consensus, task states and counters follow what happened by a moment; a run that must see them waits for it.</summary>
internal static class DerivedState
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);

    /// <summary>Waits until everything that has happened so far was derived from the outbox.</summary>
    public static async Task WaitAsync(StoreDatabase database, CancellationToken cancellationToken)
    {
        await using var store = database.CreateContext();
        var last = await store.Outbox.MaxAsync(r => (long?)r.Sequence, cancellationToken) ?? 0;
        while (await store.OutboxPositions.AsNoTracking().MaxAsync(p => (long?)p.Sequence, cancellationToken) is not { } position || position < last)
            await Task.Delay(PollInterval, cancellationToken);
    }
}
