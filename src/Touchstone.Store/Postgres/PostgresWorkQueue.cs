using Npgsql;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

/// <summary>The queue on PostgreSQL, shared by any number of server processes.</summary>
internal sealed class PostgresWorkQueue : WorkQueue
{
    private const int Attempts = 5;
    private const int SingleConnections = 8;

    private readonly NpgsqlDataSource _source;
    private readonly GroupRunner _groups;
    private readonly SemaphoreSlim _singles = new(SingleConnections, SingleConnections);

    public PostgresWorkQueue(StoreDatabase database, TimeProvider clock, QueueOptions options)
        : base(database, clock, options)
    {
        _source = QueueSource.Open(database.ConnectionString, options.ParallelGroups + SingleConnections);
        _groups = new GroupRunner(database, _source, clock, options);
    }

    public override bool IsBusy => _groups.IsBusy;

    protected override async Task<NextResult> NextCoreAsync(Worker worker, ProjectId project, CancellationToken cancellationToken)
    {
        var operation = new GroupOperation(worker, project);
        await _groups.RunAsync(operation, project, cancellationToken);
        return operation.Next!;
    }

    protected override async Task<SubmitResult> SubmitCoreAsync(Submission submission, CancellationToken cancellationToken)
    {
        var operation = new GroupOperation(submission);
        await _groups.RunAsync(operation, ProjectOf(submission.Token), cancellationToken);
        return operation.SubmitAnswer;
    }

    protected override Task<NextResult> NextReviewCoreAsync(Worker worker, ProjectId project, LabelTaskId? task, CancellationToken cancellationToken) =>
        RunAsync((connection, token) => new PostgresReviews(connection, Clock.Now(), Options).NextAsync(worker, project, task, token), cancellationToken);

    protected override async Task<EndResult> EndCoreAsync(
        Worker worker, LeaseToken token, LeaseState becomes, string? reason, CancellationToken cancellationToken)
    {
        var result = await RunAsync(
            (connection, stop) => Commands(connection).EndAsync(worker, token, becomes, reason, stop), cancellationToken);
        if (result is EndResult.Ended { Repeated: false }) Database.OutboxSignal.Raise();
        return result;
    }

    protected override Task<HeartbeatResult> HeartbeatCoreAsync(Worker worker, LeaseToken token, CancellationToken cancellationToken) =>
        RunAsync((connection, stop) => Commands(connection).HeartbeatAsync(worker, token, stop), cancellationToken);

    protected override Task<DraftResult> SaveDraftCoreAsync(
        Worker worker, LeaseToken token, string body, int baseVersion, CancellationToken cancellationToken) =>
        RunAsync((connection, stop) => Commands(connection).SaveDraftAsync(worker, token, body, baseVersion, stop), cancellationToken);

    public override async Task<int> ExpireAsync(int limit, CancellationToken cancellationToken)
    {
        var count = await RunAsync((connection, stop) => Commands(connection).ExpireAsync(limit, stop), cancellationToken);
        if (count > 0) Database.OutboxSignal.Raise();
        return count;
    }

    private PostgresLeaseCommands Commands(NpgsqlConnection connection) => new(connection, Clock.Now(), Options);

    /// <summary>Runs a command on a connection of its own, again when the database undid it for another. What it does not commit is undone
    /// when the connection goes back.</summary>
    private async Task<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> command, CancellationToken cancellationToken)
    {
        await _singles.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await using var connection = await _source.OpenConnectionAsync(cancellationToken);
                    return await command(connection, cancellationToken);
                }
                catch (Exception failure) when (attempt < Attempts && PostgresFailure.IsTransient(failure))
                {
                    // Nothing of the attempt is left.
                }
            }
        }
        finally
        {
            _singles.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _groups.DisposeAsync();
        await _source.DisposeAsync();
        _singles.Dispose();
    }
}
