using System.Collections.Concurrent;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>
/// Leases that this process handed out or looked up, so that a submit's answers are checked without asking the database. Two
/// generations: when the young one is full it becomes the old one, and what was not used since is forgotten.
/// </summary>
internal sealed class LeaseCache(int generationSize = 32_768)
{
    private volatile ConcurrentDictionary<LeaseToken, Entry> _young = new();
    private volatile ConcurrentDictionary<LeaseToken, Entry> _old = new();
    private readonly Lock _aging = new();
    private int _count;

    public sealed record Entry(ContributorId ContributorId, OrganizationId OrganizationId, LeaseView View);

    public Entry? Find(LeaseToken token)
    {
        if (_young.TryGetValue(token, out var entry)) return entry;
        if (!_old.TryGetValue(token, out entry)) return null;
        Keep(token, entry);
        return entry;
    }

    public void Keep(LeaseToken token, Entry entry)
    {
        if (_young.TryAdd(token, entry))
        {
            if (Interlocked.Increment(ref _count) >= generationSize) Age();
        }
        else
        {
            _young[token] = entry;
        }
    }

    /// <summary>Changes what is known of a lease, if anything is.</summary>
    public void Change(LeaseToken token, Func<LeaseView, LeaseView> change)
    {
        if (Find(token) is { } entry) Keep(token, entry with { View = change(entry.View) });
    }

    private void Age()
    {
        lock (_aging)
        {
            if (_count < generationSize) return;
            _old = _young;
            _young = new();
            _count = 0;
        }
    }
}
