using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Projects;

/// <summary>
/// Reads the counters of watched projects twice a second, while anybody watches, and hands what changed to every page that does. Counters
/// follow the outbox by a moment and on any server, so the table is asked and no signal. A page that cannot keep up misses older figures, never the last.
/// </summary>
internal sealed partial class LiveProgress(StoreDatabase database, ServerOptions options, IHostApplicationLifetime lifetime, ILogger<LiveProgress> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<Watcher, ProjectId> _watchers = new();
    private readonly SemaphoreSlim _began = new(0, 1);

    /// <summary>One page's figures, the newest only; ended by its disposal or by the server's stop. Null when too many watch.</summary>
    public Watcher? Watch(ProjectId project)
    {
        if (_watchers.Count >= options.WatchersMax) return null;
        var watcher = new Watcher(this, lifetime.ApplicationStopping);
        _watchers[watcher] = project;
        lock (_began)
        {
            if (_began.CurrentCount == 0) _began.Release();
        }

        return watcher;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // With nobody watching, until somebody does; otherwise a moment, cut short for a new page.
                await _began.WaitAsync(_watchers.IsEmpty ? Timeout.InfiniteTimeSpan : Pause, stoppingToken);
                await PublishAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Unreadable(failure);
            }
        }
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        var projects = _watchers.Values.Distinct().ToArray();
        if (projects.Length == 0) return;
        await using var store = database.CreateContext();
        var figures = (await store.Counters.AsNoTracking().Where(c => projects.Contains(c.ProjectId)).ToListAsync(cancellationToken)).ToDictionary(c => c.ProjectId, Progress.Of);
        foreach (var (watcher, project) in _watchers) watcher.Offer(figures.GetValueOrDefault(project, Progress.None));
    }

    [LoggerMessage(1, LogLevel.Warning, "Live progress could not be read; trying again")]
    private partial void Unreadable(Exception failure);

    /// <summary>What one page gets.</summary>
    internal sealed class Watcher : IDisposable
    {
        private readonly Channel<Progress> _newest = Channel.CreateBounded<Progress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        private readonly LiveProgress _owner;
        private readonly CancellationTokenRegistration _stopping;
        private Progress? _last;

        public Watcher(LiveProgress owner, CancellationToken stopping)
        {
            _owner = owner;
            _stopping = stopping.Register(() => _newest.Writer.TryComplete());
        }

        public ChannelReader<Progress> Events => _newest.Reader;

        public void Offer(Progress progress)
        {
            if (progress == _last) return;
            _last = progress;
            _newest.Writer.TryWrite(progress);
        }

        public void Dispose()
        {
            _owner._watchers.TryRemove(this, out _);
            _stopping.Dispose();
        }
    }
}
