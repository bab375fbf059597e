using System.Collections.Concurrent;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Postgres;

/// <summary>Tasks that one group of this process is about to give. Other groups leave them alone instead of running into their locks.</summary>
internal sealed class Reserved(ConcurrentDictionary<LabelTaskId, Reserved> all) : IDisposable
{
    private readonly List<LabelTaskId> _tasks = [];

    /// <returns>False when another group has it.</returns>
    public bool Take(LabelTaskId task)
    {
        var holder = all.GetOrAdd(task, this);
        if (holder != this) return false;
        _tasks.Add(task);
        return true;
    }

    public void Dispose()
    {
        foreach (var task in _tasks) all.TryRemove(task, out _);
    }
}
