using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>Gives tasks that are there a proposal to begin with (<see cref="LabelTask.Prelabel"/>).</summary>
public static class PrelabelImporter
{
    // Whoever holds a task must not see it change. Who answered it before had no proposal, which the time of the proposal tells; but audits and gold made of
    // answered tasks shall look like the others.
    private const string Set =
        """
        UPDATE tasks SET prelabel = @p1
        WHERE id = @p0 AND prelabel IS NULL AND purpose IN (0, 2)
          AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.task_id = tasks.id AND l.state = 0)
        """;

    private const string SetCopies =
        """
        UPDATE tasks SET prelabel = @p1
        WHERE audit_of = @p0 AND prelabel IS NULL AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.task_id = tasks.id AND l.state = 0)
        """;

    /// <summary>Sets them in one transaction, also for audits and gold that were made of these tasks.</summary>
    /// <param name="store">The context of a caller's transaction (<see cref="StoreDatabase.WriteAsync"/>).</param>
    /// <param name="prelabels">At most some hundreds, one of a task.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>Tasks that did not get theirs: they have another one, are held by somebody, or are no ordinary or gold tasks.</returns>
    public static async Task<IReadOnlySet<LabelTaskId>> SetAsync(StoreContext store, IReadOnlyDictionary<LabelTaskId, string> prelabels, CancellationToken cancellationToken)
    {
        var refused = new HashSet<LabelTaskId>();
        foreach (var (task, prelabel) in prelabels.OrderBy(p => p.Key.Value))
        {
            if (!store.IsSqlite) await store.Command("SELECT id FROM tasks WHERE id = @p0 FOR UPDATE", task.Value).RunAsync(cancellationToken);
            if (await store.Command(Set, task.Value, prelabel).RunAsync(cancellationToken) == 0) refused.Add(task);
            else _ = await store.Command(SetCopies, task.Value, prelabel).RunAsync(cancellationToken);
        }

        return refused;
    }
}
