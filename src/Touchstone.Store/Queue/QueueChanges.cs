using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>
/// Changes of the queue that belong into a caller's own transaction: take the context from <see cref="StoreDatabase.WriteAsync"/>.
/// They write with SQL at once; entities of the same rows that the context tracks do not see it.
/// </summary>
public static class QueueChanges
{
    // On PostgreSQL a task is locked before its lane's tail, as the queue itself does; on SQLite the transaction is the only writer.
    private const string LockTask = "SELECT purpose, priority, lane, overlap, open_slots, project_id FROM tasks WHERE id = @p0";

    private sealed record TaskPlace(TaskPurpose Purpose, int Priority, int Lane, int Overlap, int OpenSlots, ProjectId ProjectId);

    /// <summary>Puts new tasks into the queue: sets <see cref="LabelTask.Lane"/>, <see cref="LabelTask.QueueNumber"/> and
    /// <see cref="LabelTask.OpenSlots"/> from purpose, priority and overlap. The caller adds and saves them (gold also its
    /// <see cref="Gold"/> row). For many tasks use <see cref="TaskImporter"/>.</summary>
    public static async Task EnqueueAsync(StoreContext store, IReadOnlyList<LabelTask> tasks, CancellationToken cancellationToken)
    {
        foreach (var task in tasks)
        {
            task.Lane = Lanes.Of(task.Purpose, task.Priority, task.Id);
            task.OpenSlots = Lanes.OpenSlots(task.Purpose, task.Overlap);
        }

        foreach (var lane in tasks.GroupBy(t => (t.ProjectId, t.Lane)).OrderBy(g => g.Key.ProjectId.Value).ThenBy(g => g.Key.Lane))
        {
            var number = await TakeNumbersAsync(store, lane.Key.ProjectId, lane.Key.Lane, lane.Count(), cancellationToken);
            foreach (var task in lane) task.QueueNumber = number++;
        }
    }

    /// <summary>Tasks that reviewers alone are handed out as work. They stand at the top of the queue's index.</summary>
    public static IQueryable<LabelTask> OpenToReviewers(StoreContext store) => store.Tasks.Where(t => t.Lane >= Lanes.Audits && t.OpenSlots > 0);

    /// <summary>Gold that is handed out.</summary>
    public static IQueryable<LabelTask> LiveGold(StoreContext store) => store.Tasks.Where(t => t.Lane < 0 && t.Lane >= -Lanes.GoldCount && t.OpenSlots > 0);

    /// <summary>Takes numbers at the end of a lane; its tail stays locked until the transaction ends.</summary>
    /// <returns>The first of them.</returns>
    internal static async Task<long> TakeNumbersAsync(
        StoreContext store, ProjectId project, int lane, int count, CancellationToken cancellationToken)
    {
        const string Take =
            """
            INSERT INTO queue_tails (project_id, lane, next) VALUES (@p0, @p1, 1 + @p2)
            ON CONFLICT (project_id, lane) DO UPDATE SET next = queue_tails.next + @p2 RETURNING next - @p2
            """;
        return (await store.Command(Take, project.Value, lane, (long)count).ReadAsync(r => r.GetInt64(0), cancellationToken)).Single();
    }

    /// <summary>Raises a task's overlap to at least <paramref name="overlap"/>; its new slots go to the lane of returned tasks.</summary>
    /// <returns>False when the task wants as many already, is gold, or trains.</returns>
    public static async Task<bool> AskAgainAsync(StoreContext store, LabelTaskId task, int overlap, CancellationToken cancellationToken)
    {
        if (await PlaceAsync(store, task, cancellationToken) is not { Purpose: not (TaskPurpose.Gold or TaskPurpose.Training) } place || place.Overlap >= overlap) return false;
        var more = overlap - place.Overlap;
        await MoveAsync(store, task, place.ProjectId, Lanes.Returned(place.Lane), more, cancellationToken);
        return true;
    }

    /// <summary>Moves a task to another priority, at the end of its lane. Gold and training tasks keep their place.</summary>
    public static async Task SetPriorityAsync(StoreContext store, LabelTaskId task, int priority, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(priority);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(priority, 9);
        if (await PlaceAsync(store, task, cancellationToken) is not { } place || place.Priority == priority) return;
        await store.Command("UPDATE tasks SET priority = @p1 WHERE id = @p0", task.Value, priority).RunAsync(cancellationToken);
        if (place.Purpose is TaskPurpose.Gold or TaskPurpose.Training) return;
        var lane = Lanes.Of(place.Purpose, priority, task) | (place.Lane & 1);
        await MoveAsync(store, task, place.ProjectId, lane, moreSlots: 0, cancellationToken);
    }

    /// <summary>Gives up a task's free slots: it is handed out no more (until asked again). Live leases may still be submitted. Gold is
    /// retired by it.</summary>
    public static Task CloseAsync(StoreContext store, LabelTaskId task, CancellationToken cancellationToken)
    {
        const string Close =
            """
            UPDATE tasks SET overlap = CASE WHEN purpose = 2 THEN overlap ELSE overlap - open_slots END, open_slots = 0
            WHERE id = @p0 AND open_slots > 0
            """;
        return store.Command(Close, task.Value).RunAsync(cancellationToken);
    }

    /// <summary>Takes an ordinary task that nobody answered or holds out of the queue for good, to train with.</summary>
    /// <returns>False when it is no ordinary task, or when somebody answered or holds it.</returns>
    public static async Task<bool> TurnTrainingAsync(StoreContext store, LabelTaskId task, CancellationToken cancellationToken)
    {
        const string Turn =
            """
            UPDATE tasks SET purpose = 3, lane = @p1, queue_number = @p2, overlap = 1, open_slots = 0
            WHERE id = @p0 AND purpose = 0 AND response_count = 0
              AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.task_id = tasks.id AND l.state = 0)
            """;
        if (await PlaceAsync(store, task, cancellationToken) is not { Purpose: TaskPurpose.Label } place) return false;
        var number = await TakeNumbersAsync(store, place.ProjectId, Lanes.Training, 1, cancellationToken);
        return await store.Command(Turn, task.Value, Lanes.Training, number).RunAsync(cancellationToken) == 1;
    }

    /// <summary>Gives the response's contributor a correction lease for it; a live one for the same task is kept.</summary>
    /// <returns>The lease; null when the response was superseded meanwhile or is unknown.</returns>
    public static async Task<LeaseId?> SendBackAsync(
        StoreContext store, ResponseId response, DateTimeOffset now, TimeSpan term, CancellationToken cancellationToken)
    {
        const string Insert =
            """
            INSERT INTO leases (id, token, organization_id, compartment_id, project_id, task_id, contributor_id, purpose, state, handed_out,
                                issued_at, expires_at, supersedes)
            SELECT @p1, @p2, r.organization_id, r.compartment_id, r.project_id, r.task_id, r.contributor_id, 2, 0, @p5, @p3, @p4, r.id
            FROM responses r WHERE r.id = @p0 AND NOT EXISTS (SELECT 1 FROM responses later WHERE later.supersedes = r.id)
            ON CONFLICT DO NOTHING
            """;
        const string Find = "SELECT id FROM leases WHERE supersedes = @p0 AND state = 0 AND task_id = (SELECT task_id FROM responses WHERE id = @p0)";
        now = Instant.Truncate(now);
        var lease = LeaseId.New(now);
        var made = await store.Command(
            Insert, response.Value, lease.Value, LeaseToken.New(now).Value, now, Instant.Truncate(now + term), false).RunAsync(cancellationToken);
        if (made == 1) return lease;
        var live = await store.Command(Find, response.Value).ReadAsync(r => r.Uuid(0), cancellationToken);
        return live.Count == 0 ? null : new LeaseId(live[0]);
    }

    /// <summary>Takes a task back from its reviewer, since it needs no decision any more.</summary>
    public static Task EndReviewAsync(StoreContext store, LabelTaskId task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string End = "UPDATE leases SET state = 3, ended_at = @p1 WHERE task_id = @p0 AND state = 0 AND purpose = 1";
        return store.Command(End, task.Value, Instant.Truncate(now)).RunAsync(cancellationToken);
    }

    /// <summary>Ends the worker's review lease as used and moves its task to the state that the decision gives it. The caller adds the
    /// <see cref="Review"/> and its outbox row. A lease that ran out is still good while nobody else reviews the task; one that did not is good
    /// whatever was derived meanwhile, except of a task that became gold.</summary>
    public static async Task<ReviewGate> DecideReviewAsync(
        StoreContext store, Worker worker, LeaseToken token, TaskState becomes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string FindLease =
            """
            SELECT l.id, l.task_id, l.organization_id, l.compartment_id, l.project_id, l.state, l.purpose, t.state, t.purpose,
                   EXISTS (SELECT 1 FROM leases o WHERE o.task_id = l.task_id AND o.state = 0 AND o.purpose = 1 AND o.id <> l.id)
            FROM leases l JOIN tasks t ON t.id = l.task_id WHERE l.token = @p0 AND l.contributor_id = @p1
            """;
        const string EndLease = "UPDATE leases SET state = 1, ended_at = @p1 WHERE id = @p0";
        const string DropDraft = "DELETE FROM drafts WHERE lease_id = @p0";
        const string MoveTask = "UPDATE tasks SET state = @p1 WHERE id = @p0";
        var found = await store.Command(store.IsSqlite ? FindLease : FindLease + " FOR UPDATE OF l, t", token.Value, worker.ContributorId.Value)
            .ReadAsync(r => (Gate: new ReviewGate.Open(new(r.Uuid(0)), new(r.Uuid(1)), new(r.Uuid(2)), new(r.Uuid(3)), new(r.Uuid(4)), (TaskState)r.GetInt32(7)),
                State: (LeaseState)r.GetInt32(5), Purpose: (LeasePurpose)r.GetInt32(6), Of: (TaskPurpose)r.GetInt32(8), TakenOver: r.GetBoolean(9)), cancellationToken);
        if (found.Count == 0 || found[0].Gate.OrganizationId != worker.OrganizationId) return new ReviewGate.Refused(QueueReason.UnknownLease);
        var (gate, state, purpose, of, takenOver) = found[0];
        if (LeaseRules.RefuseDecision(worker, gate.CompartmentId, purpose, state, of, gate.Was, takenOver) is { } reason) return new ReviewGate.Refused(reason);
        await store.Command(EndLease, gate.LeaseId.Value, Instant.Truncate(now)).RunAsync(cancellationToken);
        await store.Command(DropDraft, gate.LeaseId.Value).RunAsync(cancellationToken);
        await store.Command(MoveTask, gate.TaskId.Value, (int)becomes).RunAsync(cancellationToken);
        return gate;
    }

    private static async Task<TaskPlace?> PlaceAsync(StoreContext store, LabelTaskId task, CancellationToken cancellationToken)
    {
        var rows = await store.Command(store.IsSqlite ? LockTask : LockTask + " FOR UPDATE", task.Value).ReadAsync(
            r => new TaskPlace((TaskPurpose)r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), new(r.Uuid(5))), cancellationToken);
        return rows.SingleOrDefault();
    }

    private static async Task MoveAsync(
        StoreContext store, LabelTaskId task, ProjectId project, int lane, int moreSlots, CancellationToken cancellationToken)
    {
        const string Move =
            """
            UPDATE tasks SET lane = @p1, queue_number = @p2, overlap = overlap + @p3, open_slots = open_slots + @p3 WHERE id = @p0
            """;
        var number = await TakeNumbersAsync(store, project, lane, 1, cancellationToken);
        await store.Command(Move, task.Value, lane, number, moreSlots).RunAsync(cancellationToken);
    }

    /// <summary>Whether a review may be written.</summary>
    public abstract record ReviewGate
    {
        private ReviewGate()
        {
        }

        /// <summary>It may: the lease and task are these. The task was in the state <paramref name="Was"/>, which what is derived may have moved since the reviewer got it.</summary>
        public sealed record Open(
            LeaseId LeaseId, LabelTaskId TaskId, OrganizationId OrganizationId, CompartmentId CompartmentId, ProjectId ProjectId, TaskState Was) : ReviewGate;

        /// <summary>It may not, and why (<see cref="QueueReason"/>; <see cref="QueueReason.Submitted"/> for a lease decided before).</summary>
        public sealed record Refused(string Reason) : ReviewGate;
    }
}
