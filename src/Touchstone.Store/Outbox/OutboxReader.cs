using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;

namespace Touchstone.Store.Outbox;

/// <summary>Reads the outbox in order. What follows is computed from the rows without any lock; then the consumer's place is moved, by one server only
/// whatever their number, in the transaction that writes what follows.</summary>
/// <remarks>
/// On PostgreSQL a sequence number becomes visible when its transaction commits, not when it is taken, so plain order by sequence can
/// skip rows. Rows carry their transaction's id as epoch and are read only below the oldest transaction still running: nothing can
/// appear there any more, so that what was read stays all that there is up to its last row. Transactions known to belong to another database of the same
/// server do not count, so that its long ones do not hold this one up; where their owners cannot be seen they count, which only costs time.
/// </remarks>
public static class OutboxReader
{
    /// <summary>The rows after the consumer's place.</summary>
    /// <param name="store">Where to read.</param>
    /// <param name="consumer">Name of the reader; it starts at the beginning.</param>
    /// <param name="max">Rows at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<OutboxBatch> NextAsync(StoreContext store, string consumer, int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        var position = await store.OutboxPositions.AsNoTracking().SingleOrDefaultAsync(p => p.Consumer == consumer, cancellationToken);
        var from = position is null ? OutboxPlace.Beginning : new OutboxPlace(position.Epoch, position.Sequence);
        return new(from, await After(store, from).Take(max).ToListAsync(cancellationToken));
    }

    /// <summary>Moves the consumer's place and writes what follows, in one transaction.</summary>
    /// <param name="database">Where to write.</param>
    /// <param name="consumer">Name of the reader.</param>
    /// <param name="from">The place that the rows were read after.</param>
    /// <param name="to">The last row that <paramref name="apply"/> takes account of.</param>
    /// <param name="apply">Writes what follows through the given context; it is saved and committed with the place. May run again if the transaction is retried.</param>
    /// <param name="cancellationToken">Stops it; nothing is applied then.</param>
    /// <returns>False where the place is another one by now: then nothing was applied.</returns>
    public static Task<bool> AdvanceAsync(
        StoreDatabase database, string consumer, OutboxPlace from, OutboxPlace to, Func<StoreContext, CancellationToken, Task> apply, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (store, token) =>
            {
                if (!await MoveAsync(store, consumer, from, to, token)) return false;
                await apply(store, token);
                return true;
            },
            cancellationToken);

    private static async Task<bool> MoveAsync(StoreContext store, string consumer, OutboxPlace from, OutboxPlace to, CancellationToken cancellationToken)
    {
        const string Move = "UPDATE outbox_positions SET epoch = @p1, sequence = @p2 WHERE consumer = @p0 AND epoch = @p3 AND sequence = @p4";
        if (from == OutboxPlace.Beginning)
            await store.Command("INSERT INTO outbox_positions (consumer, epoch, sequence) VALUES (@p0, 0, 0) ON CONFLICT DO NOTHING", consumer).RunAsync(cancellationToken);
        return await store.Command(Move, consumer, to.Epoch, to.Sequence, from.Epoch, from.Sequence).RunAsync(cancellationToken) == 1;
    }

    private static IQueryable<OutboxRow> After(StoreContext store, OutboxPlace place)
    {
        var (epoch, sequence) = (place.Epoch, place.Sequence);
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

/// <summary>Rows of the outbox.</summary>
/// <param name="From">The place that they come after.</param>
/// <param name="Rows">In order; empty where nothing is new.</param>
public sealed record OutboxBatch(OutboxPlace From, List<OutboxRow> Rows);
