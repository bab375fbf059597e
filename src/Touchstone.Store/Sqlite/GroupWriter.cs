using System.Diagnostics;
using System.Threading.Channels;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Sqlite;

/// <summary>
/// Group commit: one thread carries out what waits, many callers' changes in one transaction, so that they share its fsync. Callers
/// are answered only after it.
/// </summary>
/// <remarks>A thread of its own, because SQLite's calls block: on the pool they would hold up those who are to be answered.</remarks>
internal sealed class GroupWriter : IAsyncDisposable
{
    // A commit costs several times as much; and only a crowd's is waited for.
    private static readonly TimeSpan MoreWait = TimeSpan.FromMicroseconds(300);

    private readonly StoreDatabase _database;
    private readonly TimeProvider _clock;
    private readonly QueueOptions _options;
    private readonly Channel<SqliteOperation> _waiting;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<SqliteOperation> _group = [];
    private readonly List<SqliteOperation> _done = [];
    private readonly List<SqliteOperation> _unfinished = [];
    private volatile Exception? _failure;
    private volatile bool _isBusy;

    public GroupWriter(StoreDatabase database, TimeProvider clock, QueueOptions options)
    {
        (_database, _clock, _options) = (database, clock, options);
        _waiting = Channel.CreateBounded<SqliteOperation>(new BoundedChannelOptions(options.Capacity) { SingleReader = true });
        new Thread(Loop) { IsBackground = true, Name = "queue writer" }.Start();
    }

    /// <summary>Whether the last group was a crowd's.</summary>
    public bool IsBusy => _isBusy;

    /// <summary>Waits for the operation's turn and for the disk. Once it has entered it is carried out, whether the caller waits or not.</summary>
    public async Task<T> RunAsync<T>(SqliteOperation<T> operation, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            if (!_waiting.Writer.TryWrite(operation)) await _waiting.Writer.WriteAsync(operation, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw Ended();
        }

        return await operation.Answer.WaitAsync(cancellationToken);
    }

    private void Loop()
    {
        try
        {
            using var session = new QueueSession(_database, _clock, _options);
            while (Gather()) Carry(session);
        }
        catch (Exception failure)
        {
            _failure = failure;
        }
        finally
        {
            _waiting.Writer.TryComplete();
            foreach (var left in _group) left.Fail(Ended());
            while (_waiting.Reader.TryRead(out var left)) left.Fail(Ended());
            _ended.SetResult();
        }
    }

    private ObjectDisposedException Ended() => new("The work queue has ended.", _failure);

    /// <summary>Takes what waits, after what the last group left unfinished; blocks while there is nothing.</summary>
    private bool Gather()
    {
        var expected = Math.Min(_group.Count, _options.GroupSize);
        _group.Clear();
        _group.AddRange(_unfinished);
        _unfinished.Clear();
        if (_group.Count == 0 && !_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult()) return false;
        Take();
        if (_isBusy) WaitForMore(expected);
        _isBusy = _group.Count >= QueueOptions.Crowd;
        return true;
    }

    private void Take()
    {
        while (_group.Count < _options.GroupSize && _waiting.Reader.TryRead(out var operation)) _group.Add(operation);
    }

    /// <summary>A busy crowd that was just answered comes back at once: waiting for it a moment makes one commit of two.</summary>
    private void WaitForMore(int expected)
    {
        var since = Stopwatch.GetTimestamp();
        while (_group.Count < expected && Stopwatch.GetElapsedTime(since) < MoreWait)
        {
            Thread.Yield();
            Take();
        }
    }

    private void Carry(QueueSession session)
    {
        try
        {
            Commit(session, _group);
        }
        catch (Exception failure) when (failure is not QueueKilledException)
        {
            // One of them could not be carried out and all were undone: each alone, so that it does not fail its neighbours.
            foreach (var operation in _group) operation.Reset();
            foreach (var operation in _group) CarryAlone(session, operation);
        }
    }

    private void CarryAlone(QueueSession session, SqliteOperation operation)
    {
        try
        {
            Commit(session, [operation]);
        }
        catch (Exception failure) when (failure is not QueueKilledException)
        {
            operation.Fail(failure);
        }
    }

    private void Commit(QueueSession session, List<SqliteOperation> group)
    {
        _done.Clear();
        var unfinishedBefore = _unfinished.Count;
        _database.Gate.Enter();
        try
        {
            session.Begin();
            foreach (var operation in group) (operation.Run(session) ? _done : _unfinished).Add(operation);
            session.Commit();
        }
        catch
        {
            _unfinished.RemoveRange(unfinishedBefore, _unfinished.Count - unfinishedBefore);
            session.Rollback();
            throw;
        }
        finally
        {
            _database.Gate.Exit();
        }

        foreach (var operation in _done) operation.Complete();
        session.NotePages();
        if (session.WroteOutbox) _database.OutboxSignal.Raise();
    }

    /// <summary>Carries out what has entered, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _ended.Task;
    }
}
