using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>
/// Hands out tasks under leases and takes the answers. Every method that changes something returns only after the change is durable;
/// a task's slots, its leases and responses and their outbox rows change in one transaction.
/// </summary>
/// <remarks>Made by <see cref="StoreDatabase.CreateQueue"/>; one for a process. Safe for concurrent use.</remarks>
public interface IWorkQueue : IAsyncDisposable
{
    /// <summary>Whether people crowd at this process' queue now: its last group was shared by several. Work that can wait leaves them the machine.</summary>
    bool IsBusy { get; }

    /// <summary>Leases the worker a task of the project. A correction that was sent back to them comes first; a worker who holds
    /// <see cref="QueueOptions.MaxHeld"/> live leases gets the oldest of them again, renewed.</summary>
    Task<NextResult> NextAsync(Worker worker, ProjectId project, CancellationToken cancellationToken);

    /// <summary>Leases the reviewer a task that is in review and that they neither answered nor audited. One that they reviewed before and sent back
    /// may be theirs again.</summary>
    /// <param name="worker">Who asks.</param>
    /// <param name="project">Where.</param>
    /// <param name="task">This one and no other; null takes the oldest.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<NextResult> NextReviewAsync(Worker worker, ProjectId project, LabelTaskId? task, CancellationToken cancellationToken);

    /// <summary>The worker's lease with this token; null when they have none.</summary>
    /// <param name="worker">Who asks.</param>
    /// <param name="token">The lease.</param>
    /// <param name="fresh">Read the database now. Otherwise state, expiry and draft version may lag what other servers did, which is
    /// enough for checking answers: a submit decides again inside its transaction.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<LeaseView?> FindAsync(Worker worker, LeaseToken token, bool fresh, CancellationToken cancellationToken);

    /// <summary>Stores an answer set. The same lease and body twice is one response. A lease that ran out is still good while nobody
    /// was given its slot; a correction supersedes the response that was sent back.</summary>
    Task<SubmitResult> SubmitAsync(Submission submission, CancellationToken cancellationToken);

    /// <summary>Gives the lease up for good: the worker never gets this task again.</summary>
    Task<EndResult> SkipAsync(Worker worker, LeaseToken token, string reason, CancellationToken cancellationToken);

    /// <summary>Gives the lease back: anybody may get the task, also this worker.</summary>
    Task<EndResult> ReturnAsync(Worker worker, LeaseToken token, CancellationToken cancellationToken);

    /// <summary>Keeps a live lease for another term.</summary>
    Task<HeartbeatResult> HeartbeatAsync(Worker worker, LeaseToken token, CancellationToken cancellationToken);

    /// <summary>Saves work under a live or expired lease, unless a newer draft than <paramref name="baseVersion"/> is there.</summary>
    /// <param name="worker">Who saves.</param>
    /// <param name="token">The lease.</param>
    /// <param name="body">The draft.</param>
    /// <param name="baseVersion">The version that the work is based on; 0 for the first.</param>
    /// <param name="cancellationToken">Stops the wait, not a save under way.</param>
    Task<DraftResult> SaveDraftAsync(Worker worker, LeaseToken token, string body, int baseVersion, CancellationToken cancellationToken);

    /// <summary>The draft of the worker's lease; null without one.</summary>
    Task<DraftView?> GetDraftAsync(Worker worker, LeaseToken token, CancellationToken cancellationToken);

    /// <summary>Ends live leases whose time has passed, at most <paramref name="limit"/>, and frees their slots. Any number of servers
    /// may call it at once.</summary>
    /// <returns>Leases ended; call again while it equals the limit.</returns>
    Task<int> ExpireAsync(int limit, CancellationToken cancellationToken);
}
