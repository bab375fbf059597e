using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Store;
using Touchstone.Store.Ids;
using Touchstone.Store.Outbox;

namespace Touchstone.Server.Trust.Quality;

/// <summary>Figures of projects, made once for each place of the outbox that is derived: they follow from what is derived, so that they hold until more is.</summary>
internal sealed class QualityCache(StoreDatabase database)
{
    private const int EntriesMax = 60;
    private readonly ConcurrentDictionary<(ProjectId Project, Type Of), (OutboxPlace Place, Lazy<Task<object>> Made)> _known = new();

    /// <summary>What is known for the present place, or is made now from one state of the database.</summary>
    public async Task<T> GetAsync<T>(StoreContext store, ProjectId project, Func<StoreContext, ProjectId, CancellationToken, Task<T>> make, CancellationToken cancellationToken)
        where T : class
    {
        var at = await store.OutboxPositions.AsNoTracking().SingleOrDefaultAsync(p => p.Consumer == Derivation.Consumer, cancellationToken);
        var place = at is null ? OutboxPlace.Beginning : new OutboxPlace(at.Epoch, at.Sequence);
        var key = (project, typeof(T));
        if (_known.Count > EntriesMax) _known.Clear();
        var entry = _known.AddOrUpdate(key, _ => New(), (_, known) => !known.Made.IsFailed() && (known.Place == place || known.Made.IsUnderWay()) ? known : New());

        // Several who ask at once share one making, which goes on when one of them leaves. While it is under way nobody begins another: figures of a moment ago do.
        return (T)await entry.Made.Value.WaitAsync(cancellationToken);

        (OutboxPlace, Lazy<Task<object>>) New() => (place, new(() => Task.Run(() => database.ReadAsync(async (context, token) => (object)await make(context, project, token), CancellationToken.None), CancellationToken.None)));
    }

    /// <summary>After something that shows at once and not only when it is derived.</summary>
    public void Forget(ProjectId project)
    {
        foreach (var key in _known.Keys)
            if (key.Project == project) _known.TryRemove(key, out _);
    }
}

internal static class LazyTasks
{
    public static bool IsUnderWay(this Lazy<Task<object>> made) => made.IsValueCreated && !made.Value.IsCompleted;

    public static bool IsFailed(this Lazy<Task<object>> made) => made.IsValueCreated && (made.Value.IsFaulted || made.Value.IsCanceled);
}
