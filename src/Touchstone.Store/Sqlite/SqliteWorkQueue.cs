using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Sqlite;

/// <summary>The queue on SQLite: every change goes through the one group writer.</summary>
internal sealed class SqliteWorkQueue(StoreDatabase database, TimeProvider clock, QueueOptions options) : WorkQueue(database, clock, options)
{
    private readonly GroupWriter _writer = new(database, clock, options);

    public override bool IsBusy => _writer.IsBusy;

    protected override Task<NextResult> NextCoreAsync(Worker worker, ProjectId project, CancellationToken cancellationToken) =>
        _writer.RunAsync(new NextOperation(worker, project), cancellationToken);

    protected override Task<NextResult> NextReviewCoreAsync(Worker worker, ProjectId project, LabelTaskId? task, CancellationToken cancellationToken) =>
        RunAsync(session => ReviewCommand.Next(session, worker, project, task), cancellationToken);

    protected override Task<SubmitResult> SubmitCoreAsync(Submission submission, CancellationToken cancellationToken) =>
        _writer.RunAsync(new SubmitOperation(submission), cancellationToken);

    protected override Task<EndResult> EndCoreAsync(
        Worker worker, LeaseToken token, LeaseState becomes, string? reason, CancellationToken cancellationToken) =>
        RunAsync(session => LeaseCommands.End(session, worker, token, becomes, reason), cancellationToken);

    protected override Task<HeartbeatResult> HeartbeatCoreAsync(Worker worker, LeaseToken token, CancellationToken cancellationToken) =>
        RunAsync(session => LeaseCommands.Heartbeat(session, worker, token), cancellationToken);

    protected override Task<DraftResult> SaveDraftCoreAsync(
        Worker worker, LeaseToken token, string body, int baseVersion, CancellationToken cancellationToken) =>
        RunAsync(session => LeaseCommands.SaveDraft(session, worker, token, body, baseVersion), cancellationToken);

    public override async Task<int> ExpireAsync(int limit, CancellationToken cancellationToken) =>
        (await RunAsync(session => LeaseCommands.Expire(session, limit), cancellationToken)).Count;

    private Task<T> RunAsync<T>(Func<QueueSession, T> decide, CancellationToken cancellationToken)
        where T : class => _writer.RunAsync(new SimpleOperation<T>(decide), cancellationToken);

    public override ValueTask DisposeAsync() => _writer.DisposeAsync();
}
