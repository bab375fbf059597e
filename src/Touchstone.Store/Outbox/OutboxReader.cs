using Touchstone.Store.Entities;

namespace Touchstone.Store.Outbox;

/// <summary>Reads the outbox in order, for one consumer at a time, whatever the number of servers.</summary>
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
    public Task<int> ReadBatchAsync(
        string consumer, int max, Func<StoreContext, IReadOnlyList<OutboxRow>, CancellationToken, Task> apply, CancellationToken cancellationToken) =>
        throw new NotImplementedException(database.ToString());
}
