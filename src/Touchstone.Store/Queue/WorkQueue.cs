using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>What both queues share: reads, and what the process remembers of leases.</summary>
internal abstract class WorkQueue(StoreDatabase database, TimeProvider clock, QueueOptions options) : IWorkQueue
{
    private readonly LeaseCache _leases = new();

    public abstract bool IsBusy { get; }

    protected StoreDatabase Database { get; } = database;

    protected TimeProvider Clock { get; } = clock;

    protected QueueOptions Options { get; } = options;

    public async Task<NextResult> NextAsync(Worker worker, ProjectId project, CancellationToken cancellationToken) =>
        Remember(worker, await NextCoreAsync(worker, project, cancellationToken));

    public async Task<NextResult> NextReviewAsync(Worker worker, ProjectId project, LabelTaskId? task, CancellationToken cancellationToken) =>
        Remember(worker, await NextReviewCoreAsync(worker, project, task, cancellationToken));

    public async Task<SubmitResult> SubmitAsync(Submission submission, CancellationToken cancellationToken)
    {
        var result = await SubmitCoreAsync(submission, cancellationToken);
        if (result is SubmitResult.Refused) return result;
        _leases.Change(submission.Token, view => view with { State = LeaseState.Submitted, DraftVersion = 0 });
        var next = result is SubmitResult.Accepted accepted ? accepted.Next : ((SubmitResult.Repeated)result).Next;
        if (next is not null) Remember(submission.Worker, next);
        return result;
    }

    public Task<EndResult> SkipAsync(Worker worker, LeaseToken token, string reason, CancellationToken cancellationToken) =>
        EndAsync(worker, token, LeaseState.Skipped, reason, cancellationToken);

    public Task<EndResult> ReturnAsync(Worker worker, LeaseToken token, CancellationToken cancellationToken) =>
        EndAsync(worker, token, LeaseState.Returned, null, cancellationToken);

    private async Task<EndResult> EndAsync(Worker worker, LeaseToken token, LeaseState becomes, string? reason, CancellationToken cancellationToken)
    {
        var result = await EndCoreAsync(worker, token, becomes, reason, cancellationToken);
        if (result is EndResult.Ended) _leases.Change(token, view => view with { State = becomes });
        return result;
    }

    public async Task<HeartbeatResult> HeartbeatAsync(Worker worker, LeaseToken token, CancellationToken cancellationToken)
    {
        var result = await HeartbeatCoreAsync(worker, token, cancellationToken);
        if (result is HeartbeatResult.Extended extended)
            _leases.Change(token, view => view with { Grant = view.Grant with { ExpiresAt = extended.ExpiresAt } });
        return result;
    }

    public async Task<DraftResult> SaveDraftAsync(Worker worker, LeaseToken token, string body, int baseVersion, CancellationToken cancellationToken)
    {
        var result = await SaveDraftCoreAsync(worker, token, body, baseVersion, cancellationToken);
        if (result is DraftResult.Saved saved)
            _leases.Change(token, view => view with { DraftVersion = saved.Version, Grant = view.Grant with { ExpiresAt = saved.ExpiresAt } });
        return result;
    }

    public async Task<LeaseView?> FindAsync(Worker worker, LeaseToken token, bool fresh, CancellationToken cancellationToken)
    {
        var entry = (fresh ? null : _leases.Find(token)) ?? await ReadAsync(token, cancellationToken);
        if (entry is null || entry.ContributorId != worker.ContributorId || entry.OrganizationId != worker.OrganizationId) return null;
        return worker.Clearances.Contains(entry.View.CompartmentId) ? entry.View : null;
    }

    private async Task<LeaseCache.Entry?> ReadAsync(LeaseToken token, CancellationToken cancellationToken)
    {
        await using var store = Database.CreateContext();
        var entry = await (
            from lease in store.Leases
            join task in store.Tasks on lease.TaskId equals task.Id
            where lease.Token == token
            select new LeaseCache.Entry(
                lease.ContributorId,
                lease.OrganizationId,
                new LeaseView(
                    new LeaseGrant(
                        lease.Token, lease.Id, lease.ProjectId, lease.TaskId, task.AssetId, task.Inputs, task.OntologyVersion, lease.Purpose,
                        lease.IssuedAt, lease.ExpiresAt, lease.Supersedes, task.Prelabel != null),
                    lease.CompartmentId,
                    lease.State,
                    store.Drafts.Where(d => d.LeaseId == lease.Id).Select(d => (int?)d.Version).FirstOrDefault() ?? 0)))
            .SingleOrDefaultAsync(cancellationToken);
        if (entry is not null) _leases.Keep(token, entry);
        return entry;
    }

    public async Task<DraftView?> GetDraftAsync(Worker worker, LeaseToken token, CancellationToken cancellationToken)
    {
        if (await FindAsync(worker, token, fresh: false, cancellationToken) is not { } view) return null;
        await using var store = Database.CreateContext();
        return await store.Drafts
            .Where(d => d.LeaseId == view.Grant.LeaseId)
            .Select(d => new DraftView(d.Body, d.Version, d.UpdatedAt))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The project of a lease that this process knows.</summary>
    protected ProjectId? ProjectOf(LeaseToken token) => _leases.Find(token)?.View.Grant.ProjectId;

    private NextResult Remember(Worker worker, NextResult next)
    {
        if (next is NextResult.Granted { Lease: var lease, CompartmentId: var compartment, DraftVersion: var draft })
            _leases.Keep(lease.Token, new(worker.ContributorId, worker.OrganizationId, new(lease, compartment, LeaseState.Live, draft)));
        return next;
    }

    public abstract Task<int> ExpireAsync(int limit, CancellationToken cancellationToken);

    protected abstract Task<NextResult> NextCoreAsync(Worker worker, ProjectId project, CancellationToken cancellationToken);

    protected abstract Task<NextResult> NextReviewCoreAsync(Worker worker, ProjectId project, LabelTaskId? task, CancellationToken cancellationToken);

    protected abstract Task<SubmitResult> SubmitCoreAsync(Submission submission, CancellationToken cancellationToken);

    protected abstract Task<EndResult> EndCoreAsync(Worker worker, LeaseToken token, LeaseState becomes, string? reason, CancellationToken cancellationToken);

    protected abstract Task<HeartbeatResult> HeartbeatCoreAsync(Worker worker, LeaseToken token, CancellationToken cancellationToken);

    protected abstract Task<DraftResult> SaveDraftCoreAsync(
        Worker worker, LeaseToken token, string body, int baseVersion, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
