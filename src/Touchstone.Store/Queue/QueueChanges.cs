using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>
/// Changes of the queue that belong into a caller's own transaction: take the context from <see cref="StoreDatabase.WriteAsync"/>.
/// They write with SQL at once; entities of the same rows that the context tracks do not see it.
/// </summary>
public static class QueueChanges
{
    /// <summary>Puts new tasks into the queue: sets <see cref="LabelTask.Lane"/>, <see cref="LabelTask.QueueNumber"/> and
    /// <see cref="LabelTask.OpenSlots"/> from purpose, priority and overlap. The caller adds and saves them (gold also its
    /// <see cref="Gold"/> row). For many tasks use <see cref="TaskImporter"/>.</summary>
    public static Task EnqueueAsync(StoreContext store, IReadOnlyList<LabelTask> tasks, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Raises a task's overlap to at least <paramref name="overlap"/>; its new slots go to the lane of returned tasks.</summary>
    /// <returns>False when the task wants as many already, or is gold.</returns>
    public static Task<bool> AskAgainAsync(StoreContext store, LabelTaskId task, int overlap, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Gives up a task's free slots: it is handed out no more (until asked again). Live leases may still be submitted.</summary>
    public static Task CloseAsync(StoreContext store, LabelTaskId task, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Gives the response's contributor a correction lease for it; a live one for the same task is kept.</summary>
    /// <returns>The lease; null when the response was superseded meanwhile or is unknown.</returns>
    public static Task<LeaseId?> SendBackAsync(
        StoreContext store, ResponseId response, DateTimeOffset now, TimeSpan term, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Ends the worker's review lease as used and moves its task to the state that the decision gives it. The caller adds the
    /// <see cref="Review"/> and its outbox row.</summary>
    public static Task<ReviewGate> DecideReviewAsync(
        StoreContext store, Worker worker, LeaseToken token, TaskState becomes, DateTimeOffset now, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Whether a review may be written.</summary>
    public abstract record ReviewGate
    {
        private ReviewGate()
        {
        }

        /// <summary>It may: the lease and task are these.</summary>
        public sealed record Open(
            LeaseId LeaseId, LabelTaskId TaskId, OrganizationId OrganizationId, CompartmentId CompartmentId, ProjectId ProjectId) : ReviewGate;

        /// <summary>It may not, and why (<see cref="QueueReason"/>; <see cref="QueueReason.Submitted"/> for a lease decided before).</summary>
        public sealed record Refused(string Reason) : ReviewGate;
    }
}
