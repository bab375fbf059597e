using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

internal sealed class PostgresWorkQueue(StoreDatabase database, TimeProvider clock, QueueOptions options) : WorkQueue(database, clock, options)
{
    public override Task<int> ExpireAsync(int limit, CancellationToken cancellationToken) => throw new NotImplementedException();
    protected override Task<NextResult> NextCoreAsync(Worker worker, ProjectId project, CancellationToken cancellationToken) => throw new NotImplementedException();
    protected override Task<NextResult> NextReviewCoreAsync(Worker worker, ProjectId project, CancellationToken cancellationToken) => throw new NotImplementedException();
    protected override Task<SubmitResult> SubmitCoreAsync(Submission submission, CancellationToken cancellationToken) => throw new NotImplementedException();
    protected override Task<EndResult> EndCoreAsync(Worker worker, LeaseToken token, LeaseState becomes, string? reason, CancellationToken cancellationToken) => throw new NotImplementedException();
    protected override Task<HeartbeatResult> HeartbeatCoreAsync(Worker worker, LeaseToken token, CancellationToken cancellationToken) => throw new NotImplementedException();
    protected override Task<DraftResult> SaveDraftCoreAsync(Worker worker, LeaseToken token, string body, int baseVersion, CancellationToken cancellationToken) => throw new NotImplementedException();
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
