using System.Collections.Concurrent;
using System.Threading.Channels;
using Npgsql;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

/// <summary>
/// Carries out nexts and submits in groups: what waits goes into one transaction of few round trips. Groups of one project follow
/// each other while there is a crowd, since they want the same tasks: two at once would mostly run into each other's locks. Those of other projects go beside.
/// A transaction takes as long for one as for ten, some milliseconds of round trips; without a crowd whoever comes meanwhile goes beside as well instead of waiting.
/// </summary>
internal sealed class GroupRunner : IAsyncDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan MoreWait = TimeSpan.FromMilliseconds(1);

    private readonly StoreDatabase _database;
    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _clock;
    private readonly QueueOptions _options;
    private readonly Line[] _lines;
    private readonly Random _random;
    private readonly ConcurrentDictionary<LabelTaskId, Reserved> _reservations = new();
    private readonly Task[] _loops;
    private volatile Exception? _failure;

    public GroupRunner(StoreDatabase database, NpgsqlDataSource source, TimeProvider clock, QueueOptions options)
    {
        (_database, _source, _clock, _options) = (database, source, clock, options);
        _random = options.Seed is { } seed ? new Random(seed) : new Random();
        _lines = [.. Enumerable.Range(0, options.ParallelGroups)
            .Select(_ => new Line(Channel.CreateBounded<GroupOperation>(new BoundedChannelOptions(options.Capacity) { SingleReader = true })))];
        _loops = [.. _lines.Select(line => Task.Run(() => LoopAsync(line)))];
    }

    /// <summary>Whether the last group was a crowd's.</summary>
    public bool IsBusy => Array.Exists(_lines, line => line.IsBusy);

    /// <summary>Waits until the operation is durable. Once it has entered it is carried out, whether the caller waits or not.</summary>
    /// <param name="operation">What to do.</param>
    /// <param name="project">Its project, if known.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task RunAsync(GroupOperation operation, ProjectId? project, CancellationToken cancellationToken)
    {
        var line = LineFor(project);
        line.Enter();
        try
        {
            var writer = line.Operations.Writer;
            if (!writer.TryWrite(operation)) await writer.WriteAsync(operation, cancellationToken);
            await operation.Done.WaitAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw Ended();
        }
        finally
        {
            line.Leave();
        }
    }

    /// <summary>A crowd's operations go to their project's line. Without one, to the first line from there on where nobody is; else to that of the fewest.</summary>
    private Line LineFor(ProjectId? project)
    {
        var home = (int)((uint)(project?.GetHashCode() ?? 0) % _lines.Length);
        var best = _lines[home];
        if (IsBusy) return best;
        for (var i = 1; i < _lines.Length && best.Load > 0; i++)
        {
            var other = _lines[(home + i) % _lines.Length];
            if (other.Load < best.Load) best = other;
        }

        return best;
    }

    private ObjectDisposedException Ended() => new("The work queue has ended.", _failure);

    private async Task LoopAsync(Line line)
    {
        var later = new List<GroupOperation>();
        var group = new List<GroupOperation>();
        try
        {
            while (await GatherAsync(line, group, later)) await CarryAsync(group, later);
        }
        catch (Exception failure)
        {
            _failure = failure;
        }
        finally
        {
            Close();
            foreach (var left in group.Concat(later)) left.Fail(Ended());
            while (line.Operations.Reader.TryRead(out var left)) left.Fail(Ended());
        }
    }

    /// <summary>Takes what waits; of one contributor one operation at a time, the others later.</summary>
    private async Task<bool> GatherAsync(Line line, List<GroupOperation> group, List<GroupOperation> later)
    {
        var expected = group.Count;
        group.Clear();
        if (later.Count == 0 && !await line.Operations.Reader.WaitToReadAsync()) return false;
        var contributors = new HashSet<ContributorId>();
        var before = later.ToArray();
        later.Clear();
        foreach (var operation in before) (contributors.Add(operation.Worker.ContributorId) ? group : later).Add(operation);
        Take();

        // A crowd that was just answered comes back at once: one transaction for it costs little more than one for half of it.
        if (expected >= QueueOptions.Crowd && group.Count < expected)
        {
            await Task.Delay(MoreWait);
            Take();
        }

        line.IsBusy = group.Count >= QueueOptions.Crowd;
        return true;

        void Take()
        {
            while (group.Count < _options.GroupSize && line.Operations.Reader.TryRead(out var operation))
                (contributors.Add(operation.Worker.ContributorId) ? group : later).Add(operation);
        }
    }

    private async Task CarryAsync(List<GroupOperation> group, List<GroupOperation> later)
    {
        try
        {
            await CommitAsync(group, later);
        }
        catch (Exception failure) when (failure is not QueueKilledException && group.Count > 1)
        {
            // One of them could not be carried out and all were undone: each alone, so that it does not fail its neighbours.
            foreach (var operation in group) await CarryAloneAsync(operation, later);
        }
        catch (Exception failure) when (failure is not QueueKilledException)
        {
            group[0].Fail(failure);
        }
    }

    private async Task CarryAloneAsync(GroupOperation operation, List<GroupOperation> later)
    {
        try
        {
            await CommitAsync([operation], later);
        }
        catch (Exception failure) when (failure is not QueueKilledException)
        {
            operation.Fail(failure);
        }
    }

    private async Task CommitAsync(List<GroupOperation> operations, List<GroupOperation> later)
    {
        if (operations.Count == 0) return;
        for (var attempt = 1; ; attempt++)
        {
            foreach (var operation in operations) operation.Reset();
            using var reserved = new Reserved(_reservations);
            try
            {
                await using var connection = await _source.OpenConnectionAsync();
                await new QueueGroup(connection, operations, _clock.Now(), _options, _random, reserved).RunAsync(CancellationToken.None);
                break;
            }
            catch (Exception failure) when (attempt < Attempts && (failure is SlotLostException || PostgresFailure.IsTransient(failure)))
            {
                // Another transaction was first; nothing of this one is left.
            }
        }

        var wrote = operations.Exists(operation => operation.Storing is SubmitResult.Accepted);
        foreach (var operation in operations)
        {
            if (!operation.Settle()) later.Add(operation);
        }

        if (wrote) _database.OutboxSignal.Raise();
    }

    /// <summary>Carries out what has entered, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        await Task.WhenAll(_loops);
    }

    private void Close() => Array.ForEach(_lines, line => line.Operations.Writer.TryComplete());

    /// <summary>What one connection carries out, group after group.</summary>
    private sealed class Line(Channel<GroupOperation> operations)
    {
        private volatile bool _isBusy;
        private int _load;

        public Channel<GroupOperation> Operations => operations;

        /// <summary>How many wait here or are carried out now.</summary>
        public int Load => Volatile.Read(ref _load);

        /// <summary>The last group was a crowd's.</summary>
        public bool IsBusy
        {
            get => _isBusy;
            set => _isBusy = value;
        }

        public void Enter() => Interlocked.Increment(ref _load);

        public void Leave() => Interlocked.Decrement(ref _load);
    }
}

/// <summary>Between deciding and writing, a slot went to somebody else: decide again.</summary>
internal sealed class SlotLostException() : Exception("A slot went to another transaction.");
