using Npgsql;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

/// <summary>Ends, renews and expires leases, saves drafts and leases reviews: rarer than nexts and submits, so each in a transaction of its own.</summary>
internal sealed class PostgresLeaseCommands(NpgsqlConnection connection, DateTimeOffset now, QueueOptions options)
{
    private const string Lock = "SELECT pg_advisory_xact_lock($1)";

    private const string Suspended = "SELECT NOT EXISTS (SELECT 1 FROM contributors WHERE id = $1 AND organization_id = $2 AND suspended_at IS NULL)";

    private const string FindLease = $"SELECT {PostgresLeases.Columns} FROM leases l JOIN tasks t ON t.id = l.task_id WHERE l.token = $1 FOR UPDATE OF l, t";

    private const string FindOverdue =
        $"""
        SELECT {PostgresLeases.Columns} FROM leases l JOIN tasks t ON t.id = l.task_id
        WHERE l.state = 0 AND l.expires_at <= $1 ORDER BY l.expires_at LIMIT $2 FOR UPDATE OF l, t SKIP LOCKED
        """;

    private const string EndLeases = "UPDATE leases SET state = $2, ended_at = $3, reason = $4 WHERE id = ANY($1)";

    private const string TakeNumbers =
        """
        INSERT INTO queue_tails AS t (project_id, lane, next) SELECT n.project_id, n.lane, 1 + n.count FROM unnest($1, $2, $3) n(project_id, lane, count)
        ON CONFLICT (project_id, lane) DO UPDATE SET next = t.next + excluded.next - 1 RETURNING t.project_id, t.lane, t.next
        """;

    private const string MoveTasks =
        """
        UPDATE tasks t SET open_slots = t.open_slots + n.slots, lane = n.lane, queue_number = n.number
        FROM unnest($1, $2, $3, $4) n(id, slots, lane, number) WHERE t.id = n.id
        """;

    private const string PlaceGold =
        """
        INSERT INTO returned_gold (project_id, contributor_id, task_id, lane, queue_number, since) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)
        ON CONFLICT (project_id, contributor_id, task_id) DO UPDATE SET lane = excluded.lane, queue_number = excluded.queue_number, since = excluded.since
        """;

    private const string GiveUpSlots = "UPDATE tasks t SET overlap = t.overlap - n.slots FROM unnest($1, $2) n(id, slots) WHERE t.id = n.id";

    private const string InsertOutbox =
        """
        INSERT INTO outbox (kind, organization_id, project_id, task_id, contributor_id, subject_id, purpose, count, at)
        SELECT $2, l.organization_id, l.project_id, l.task_id, l.contributor_id, l.id, t.purpose, 1, $3
        FROM unnest($1) k(id) JOIN leases l ON l.id = k.id JOIN tasks t ON t.id = l.task_id
        """;

    private const string RenewLease =
        """
        UPDATE leases l SET expires_at = greatest(l.expires_at, $2 + p.lease_minutes * interval '1 minute')
        FROM projects p WHERE l.id = $1 AND p.id = l.project_id RETURNING l.expires_at
        """;

    private const string FindDraft = "SELECT body, version, updated_at FROM drafts WHERE lease_id = $1";

    private const string SaveDraftRow =
        """
        INSERT INTO drafts AS d (lease_id, organization_id, body, version, updated_at) VALUES ($1, $2, $3, 1, $4)
        ON CONFLICT (lease_id) DO UPDATE SET body = excluded.body, version = d.version + 1, updated_at = excluded.updated_at RETURNING version
        """;

    public async Task<EndResult> EndAsync(Worker worker, LeaseToken token, LeaseState becomes, string? reason, CancellationToken cancellationToken)
    {
        var (own, lease, _) = await FindOwnAsync(worker, token, cancellationToken);
        if (LeaseRules.RefuseEnd(own, lease.State, becomes) is { } refusal) return new EndResult.Refused(refusal);

        // An expired lease has no slot to give back, but it can still be skipped: never again.
        if (lease.State == becomes || (lease.State == LeaseState.Expired && becomes == LeaseState.Returned)) return new EndResult.Ended(Repeated: true);
        await EndAsync([lease], becomes, reason, cancellationToken);
        return new EndResult.Ended(Repeated: false);
    }

    public async Task<int> ExpireAsync(int limit, CancellationToken cancellationToken)
    {
        var overdue = new List<LeaseRow>();
        await using (var statements = New())
        {
            statements.Add("BEGIN");
            statements.Add(FindOverdue, Statements.P(now.UtcDateTime), Statements.P(limit));
            await statements.SendAsync(cancellationToken);
            await statements.ReadAsync(row => overdue.Add(PostgresLeases.Read(row)), cancellationToken);
        }

        if (overdue.Count > 0) await EndAsync(overdue, LeaseState.Expired, reason: null, cancellationToken);
        return overdue.Count;
    }

    /// <summary>Marks leases as ended, frees the slots that they held, tells the outbox, commits.</summary>
    private async Task EndAsync(List<LeaseRow> leases, LeaseState becomes, string? reason, CancellationToken cancellationToken)
    {
        var ids = leases.ConvertAll(lease => lease.Id.Value).ToArray();
        List<Move> moved = [.. Freed(leases), .. StandingAgain(leases, becomes)];
        await using (var statements = New())
        {
            statements.Add(
                EndLeases, Statements.P(ids), Statements.P((int)becomes), Statements.P(now.UtcDateTime),
                new NpgsqlParameter { Value = (object?)reason ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
            AddGivenUp(statements, leases);
            if (moved.Count > 0) AddNumbers(statements, moved);
            await statements.SendAsync(cancellationToken);
            if (moved.Count > 0) await statements.ReadAsync(row => Number(moved, row), cancellationToken);
        }

        var kind = becomes switch
        {
            LeaseState.Skipped => OutboxKind.LeaseSkipped,
            LeaseState.Returned => OutboxKind.LeaseReturned,
            _ => OutboxKind.LeaseExpired,
        };
        await using var last = New();
        AddMoves(last, moved.FindAll(move => move.StandsFor is null));
        AddPlaces(last, moved.FindAll(move => move.StandsFor is not null));
        last.Add(InsertOutbox, Statements.P(ids), Statements.P((int)kind), Statements.P(now.UtcDateTime));
        last.Add("COMMIT");
        await last.RunAsync(cancellationToken);
        options.Fault?.Invoke("acknowledge");
    }

    private sealed class Move
    {
        public required Guid Project { get; init; }

        public required Guid Task { get; init; }

        public required int Slots { get; init; }

        public required int Lane { get; init; }

        public long Number { get; set; }

        /// <summary>For gold, which itself stays where it is: the contributor that it comes back to.</summary>
        public Guid? StandsFor { get; init; }
    }

    /// <summary>Tasks that go to their lane's end: with their free slots, or because a reviewer's cursor may have passed them.</summary>
    private static List<Move> Freed(List<LeaseRow> leases) => leases
        .Where(lease => lease.State == LeaseState.Live && !lease.IsGold)
        .Where(lease => lease.Purpose == LeasePurpose.Work ? LeaseRules.ReopensWhenFreed(lease.TaskState)
            : lease.Purpose == LeasePurpose.Review && lease.OpenSlots > 0)
        .GroupBy(lease => lease.TaskId)
        .Select(task => new Move
        {
            Project = task.First().ProjectId.Value,
            Task = task.Key.Value,
            Slots = task.Count(lease => lease.Purpose == LeasePurpose.Work),
            Lane = task.First().ReturnLane,
        })
        .OrderBy(move => move.Task)
        .ToList();

    private static IEnumerable<Move> StandingAgain(List<LeaseRow> leases, LeaseState becomes) => leases
        .Where(lease => LeaseRules.StandsAgain(lease, becomes))
        .Select(lease => new Move
        {
            Project = lease.ProjectId.Value,
            Task = lease.TaskId.Value,
            Slots = 0,
            Lane = lease.ReturnLane,
            StandsFor = lease.ContributorId.Value,
        });

    private static void AddMoves(Statements statements, List<Move> moves)
    {
        if (moves.Count == 0) return;
        statements.Add(
            MoveTasks, Statements.Column(moves, m => m.Task), Statements.Column(moves, m => m.Slots), Statements.Column(moves, m => m.Lane),
            Statements.Column(moves, m => m.Number));
    }

    private void AddPlaces(Statements statements, List<Move> places)
    {
        if (places.Count == 0) return;
        statements.Add(
            PlaceGold, Statements.Column(places, p => p.Project), Statements.Column(places, p => p.StandsFor!.Value), Statements.Column(places, p => p.Task),
            Statements.Column(places, p => p.Lane), Statements.Column(places, p => p.Number), Statements.Column(places, _ => LeaseId.New(now).Value));
    }

    private static void AddGivenUp(Statements statements, List<LeaseRow> leases)
    {
        var tasks = leases
            .Where(lease => lease.State == LeaseState.Live && lease.TakesSlot && !LeaseRules.ReopensWhenFreed(lease.TaskState))
            .CountBy(lease => lease.TaskId.Value)
            .OrderBy(task => task.Key)
            .ToList();
        if (tasks.Count > 0) statements.Add(GiveUpSlots, Statements.Column(tasks, t => t.Key), Statements.Column(tasks, t => t.Value));
    }

    private static void AddNumbers(Statements statements, List<Move> moves)
    {
        var lanes = moves.CountBy(move => (move.Project, move.Lane)).OrderBy(lane => lane.Key.Project).ThenBy(lane => lane.Key.Lane).ToList();
        statements.Add(
            TakeNumbers, Statements.Column(lanes, l => l.Key.Project), Statements.Column(lanes, l => l.Key.Lane), Statements.Column(lanes, l => (long)l.Value));
    }

    private static void Number(List<Move> moves, NpgsqlDataReader row)
    {
        var lane = moves.FindAll(move => move.Project == row.GetGuid(0) && move.Lane == row.GetInt32(1));
        var number = row.GetInt64(2) - lane.Count;
        foreach (var move in lane) move.Number = number++;
    }

    public async Task<HeartbeatResult> HeartbeatAsync(Worker worker, LeaseToken token, CancellationToken cancellationToken)
    {
        var (own, lease, suspended) = await FindOwnAsync(worker, token, cancellationToken);
        if (RefuseRenewal(worker, own, lease, suspended, forDraft: false) is { } refusal) return new HeartbeatResult.Refused(refusal);
        DateTimeOffset expires = default;
        await using var statements = New();
        statements.Add(RenewLease, Statements.P(lease.Id.Value), Statements.P(now.UtcDateTime));
        statements.Add("COMMIT");
        await statements.SendAsync(cancellationToken);
        await statements.ReadAsync(row => expires = PostgresLeases.Time(row, 0), cancellationToken);
        return new HeartbeatResult.Extended(expires);
    }

    public async Task<DraftResult> SaveDraftAsync(Worker worker, LeaseToken token, string body, int baseVersion, CancellationToken cancellationToken)
    {
        var (own, lease, suspended) = await FindOwnAsync(worker, token, cancellationToken);
        if (RefuseRenewal(worker, own, lease, suspended, forDraft: true) is { } refusal) return new DraftResult.Refused(refusal);
        DraftView? before = null;
        await using (var find = New())
        {
            find.Add(FindDraft, Statements.P(lease.Id.Value));
            await find.SendAsync(cancellationToken);
            await find.ReadAsync(row => before = new(row.GetString(0), row.GetInt32(1), PostgresLeases.Time(row, 2)), cancellationToken);
        }

        if (before is not null && before.Version != baseVersion) return new DraftResult.Conflict(before);
        var (version, expires) = (0, lease.ExpiresAt);
        await using var statements = New();
        statements.Add(
            SaveDraftRow, Statements.P(lease.Id.Value), Statements.P(lease.OrganizationId.Value), Statements.P(body), Statements.P(now.UtcDateTime));
        if (lease.State == LeaseState.Live) statements.Add(RenewLease, Statements.P(lease.Id.Value), Statements.P(now.UtcDateTime));
        statements.Add("COMMIT");
        await statements.SendAsync(cancellationToken);
        await statements.ReadAsync(row => version = row.GetInt32(0), cancellationToken);
        if (lease.State == LeaseState.Live) await statements.ReadAsync(row => expires = PostgresLeases.Time(row, 0), cancellationToken);
        return new DraftResult.Saved(version, expires);
    }

    private static string? RefuseRenewal(Worker worker, bool own, in LeaseRow lease, bool suspended, bool forDraft) =>
        LeaseRules.RefuseRenewal(own, lease.State, suspended, worker.Clearances.Contains(lease.CompartmentId), forDraft);

    /// <summary>Begins the transaction: nothing of the contributor, the lease or its task changes until it ends.</summary>
    private async Task<(bool Own, LeaseRow Lease, bool Suspended)> FindOwnAsync(Worker worker, LeaseToken token, CancellationToken cancellationToken)
    {
        LeaseRow? found = null;
        var suspended = true;
        await using var statements = New();
        statements.Add("BEGIN");
        statements.Add(Lock, Statements.P(QueueGroup.LockKey(worker.ContributorId)));
        statements.Add(Suspended, Statements.P(worker.ContributorId.Value), Statements.P(worker.OrganizationId.Value));
        statements.Add(FindLease, Statements.P(token.Value));
        await statements.SendAsync(cancellationToken);
        await statements.ReadAsync(_ => { }, cancellationToken);
        await statements.ReadAsync(row => suspended = row.GetBoolean(0), cancellationToken);
        await statements.ReadAsync(row => found = PostgresLeases.Read(row), cancellationToken);
        var own = found is { } lease && lease.ContributorId == worker.ContributorId && lease.OrganizationId == worker.OrganizationId;
        return (own, found.GetValueOrDefault(), suspended);
    }

    private Statements New() => new(connection, options.Fault);
}
