using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;

namespace Touchstone.Store.Outbox;

/// <summary>Reads the outbox in order, for one consumer at a time, whatever the number of servers.</summary>
/// <remarks>
/// On PostgreSQL a sequence number becomes visible when its transaction commits, not when it is taken, so plain order by sequence can
/// skip rows. Rows carry their transaction's id as epoch and are read only below the oldest transaction still running: nothing can
/// appear there any more. Transactions known to belong to another database of the same server do not count, so that its long ones do
/// not hold this one up; where their owners cannot be seen they count, which only costs time.
/// </remarks>
public sealed class OutboxReader(StoreDatabase database)
{
    /// <summary>
    /// Locks the consumer's position, reads the rows after it in the order (epoch, sequence), applies them and moves the position,
    /// all in one transaction: each row is applied once.
    /// </summary>
    /// <param name="consumer">Name of the reader; it starts at the beginning.</param>
    /// <param name="max">Rows at most.</param>
    /// <param name="apply">Writes what follows from the rows through the given context; it is saved and committed with the position.
    /// Not called when there is nothing to apply. May run again if the transaction is retried.</param>
    /// <param name="cancellationToken">Stops it; nothing is applied then.</param>
    /// <returns>Rows applied; call again while it equals <paramref name="max"/>. 0 also when another server holds the position.</returns>
    public async Task<int> ReadBatchAsync(
        string consumer, int max, Func<StoreContext, IReadOnlyList<OutboxRow>, CancellationToken, Task> apply, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);

        // Mostly there is nothing new: then SQLite's write gate is left alone.
        if (!await HasNewAsync(consumer, cancellationToken)) return 0;
        return await database.WriteAsync(async (store, token) =>
        {
            if (await LockAsync(store, consumer, token) is not { } position) return 0;
            var rows = await After(store, position).Take(max).ToListAsync(token);
            if (rows.Count == 0) return 0;
            (position.Epoch, position.Sequence) = (rows[^1].Epoch, rows[^1].Sequence);
            await apply(store, rows, token);
            return rows.Count;
        }, cancellationToken);
    }

    private async Task<bool> HasNewAsync(string consumer, CancellationToken cancellationToken)
    {
        await using var store = database.CreateContext();
        var position = await store.OutboxPositions.AsNoTracking().SingleOrDefaultAsync(p => p.Consumer == consumer, cancellationToken);
        return await After(store, position ?? new OutboxPosition { Consumer = consumer }).AnyAsync(cancellationToken);
    }

    private static async Task<OutboxPosition?> LockAsync(StoreContext store, string consumer, CancellationToken cancellationToken)
    {
        await store.Command("INSERT INTO outbox_positions (consumer, epoch, sequence) VALUES (@p0, 0, 0) ON CONFLICT DO NOTHING", consumer)
            .RunAsync(cancellationToken);
        var positions = store.IsSqlite
            ? store.OutboxPositions.Where(p => p.Consumer == consumer)
            : store.OutboxPositions.FromSql($"SELECT * FROM outbox_positions WHERE consumer = {consumer} FOR UPDATE SKIP LOCKED");
        return (await positions.ToListAsync(cancellationToken)).SingleOrDefault();
    }

    private static IQueryable<OutboxRow> After(StoreContext store, OutboxPosition position)
    {
        var (epoch, sequence) = (position.Epoch, position.Sequence);
        if (store.IsSqlite) return store.Outbox.AsNoTracking().Where(r => r.Sequence > sequence).OrderBy(r => r.Sequence);
        return store.Outbox
            .FromSql(
                $"""
                SELECT * FROM outbox WHERE (epoch, sequence) > ({epoch}, {sequence})
                AND epoch < (
                    SELECT coalesce(min(x.id::text::bigint), max(pg_snapshot_xmax(s.now)::text::bigint))
                    FROM (SELECT pg_current_snapshot() AS now) s LEFT JOIN LATERAL pg_snapshot_xip(s.now) AS x(id) ON NOT EXISTS (
                        SELECT 1 FROM pg_stat_activity a
                        WHERE a.backend_xid = x.id::xid AND (a.datname <> current_database() OR a.backend_type = 'autovacuum worker')))
                """)
            .AsNoTracking()
            .OrderBy(r => r.Epoch)
            .ThenBy(r => r.Sequence);
    }
}
