using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>A place in the outbox: everything up to it, itself included.</summary>
internal readonly record struct OutboxPlace(long Epoch, long Sequence) : IComparable<OutboxPlace>
{
    public static readonly OutboxPlace Beginning;

    public static OutboxPlace Of(OutboxRow row) => new(row.Epoch, row.Sequence);

    public int CompareTo(OutboxPlace other) => Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Sequence.CompareTo(other.Sequence);
}

/// <summary>Looks at what an outbox reader would get next, without its lock: so that what follows can be computed before it is taken.</summary>
internal static class OutboxPeek
{
    /// <summary>Rows after the consumer's place, in order, as far as no running transaction can still write before them.</summary>
    public static async Task<List<OutboxRow>> NextAsync(StoreContext store, string consumer, int max, CancellationToken cancellationToken)
    {
        var position = await store.OutboxPositions.AsNoTracking().SingleOrDefaultAsync(p => p.Consumer == consumer, cancellationToken);
        var (epoch, sequence) = (position?.Epoch ?? 0, position?.Sequence ?? 0);
        var rows = store.IsSqlite
            ? store.Outbox.Where(r => r.Sequence > sequence).OrderBy(r => r.Sequence)
            : store.Outbox.FromSql($"SELECT * FROM outbox WHERE (epoch, sequence) > ({epoch}, {sequence}) AND epoch < pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                .OrderBy(r => r.Epoch).ThenBy(r => r.Sequence);
        return await rows.AsNoTracking().Take(max).ToListAsync(cancellationToken);
    }
}
