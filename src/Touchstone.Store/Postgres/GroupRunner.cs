using System.Collections.Concurrent;
using System.Threading.Channels;
using Npgsql;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

/// <summary>
/// Carries out nexts and submits in groups: what waits goes into one transaction of few round trips. Groups of one project follow
/// each other, since they want the same tasks: two at once would mostly run into each other's locks. Those of other projects go beside.
/// </summary>
internal sealed class GroupRunner : IAsyncDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan MoreWait = TimeSpan.FromMilliseconds(1);

    private readonly StoreDatabase _database;
    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _clock;
    private readonly QueueOptions _options;
    private readonly Channel<GroupOperation>[] _lines;
    private readonly Random _random;
    private readonly ConcurrentDictionary<LabelTaskId, Reserved> _reservations = new();
    private readonly Task[] _loops;
    private volatile Exception? _failure;
    private volatile bool _isBusy;

    public GroupRunner(StoreDatabase database, NpgsqlDataSource source, TimeProvider clock, QueueOptions options)
    {
        (_database, _source, _clock, _options) = (database, source, clock, options);
        _random = options.Seed is { } seed ? new Random(seed) : new Random();
        _lines = [.. Enumerable.Range(0, options.ParallelGroups)
            .Select(_ => Channel.CreateBounded<GroupOperation>(new BoundedChannelOptions(options.Capacity) { SingleReader = true }))];
        _loops = [.. _lines.Select(line => Task.Run(() => LoopAsync(line.Reader)))];
    }

    /// <summary>Whether the last group was a crowd's.</summary>
    public bool IsBusy => _isBusy;

    /// <summary>Waits until the operation is durable. Once it has entered it is carried out, whether the caller waits or not.</summary>
    /// <param name="operation">What to do.</param>
    /// <param name="project">Its project, if known.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task RunAsync(GroupOperation operation, ProjectId? project, CancellationToken cancellationToken)
    {
        var line = _lines[(uint)(project?.GetHashCode() ?? 0) % _lines.Length].Writer;
        try
        {
            if (!line.TryWrite(operation)) await line.WriteAsync(operation, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw Ended();
        }

        await operation.Done.WaitAsync(cancellationToken);
    }

    private ObjectDisposedException Ended() => new("The work queue has ended.", _failure);

    private async Task LoopAsync(ChannelReader<GroupOperation> line)
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
            while (line.TryRead(out var left)) left.Fail(Ended());
        }
    }

    /// <summary>Takes what waits; of one contributor one operation at a time, the others later.</summary>
    private async Task<bool> GatherAsync(ChannelReader<GroupOperation> line, List<GroupOperation> group, List<GroupOperation> later)
    {
        var expected = group.Count;
        group.Clear();
        if (later.Count == 0 && !await line.WaitToReadAsync()) return false;
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

        _isBusy = group.Count >= QueueOptions.Crowd;
        return true;

        void Take()
        {
            while (group.Count < _options.GroupSize && line.TryRead(out var operation))
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

    private void Close() => Array.ForEach(_lines, line => line.Writer.TryComplete());
}

/// <summary>Between deciding and writing, a slot went to somebody else: decide again.</summary>
internal sealed class SlotLostException() : Exception("A slot went to another transaction.");
