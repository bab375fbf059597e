using Npgsql;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

/// <summary>The submits of a group: read together, decided one by one, written together.</summary>
internal sealed class SubmitPart(List<GroupOperation> operations, DateTimeOffset now)
{
    // The leases are locked in id order; a sweeper that ends one of them comes before or after, never between.
    private const string Find =
        $"""
        SELECT {PostgresLeases.Columns}, r.id, r.submitted_at, r.digest,
               EXISTS (SELECT 1 FROM responses a WHERE a.task_id = l.task_id AND a.contributor_id = l.contributor_id AND a.supersedes IS NULL),
               l.supersedes IS NOT NULL AND EXISTS (SELECT 1 FROM responses s WHERE s.supersedes = l.supersedes),
               ARRAY (SELECT o.state FROM leases o WHERE l.state = 4 AND o.task_id = l.task_id AND o.contributor_id = l.contributor_id),
               ARRAY (SELECT o.state FROM leases o WHERE l.state = 4 AND o.task_id = t.audit_of AND o.contributor_id = l.contributor_id
                      UNION ALL
                      SELECT o.state FROM tasks a JOIN leases o ON o.task_id = a.id AND o.contributor_id = l.contributor_id
                      WHERE l.state = 4 AND a.audit_of = l.task_id)
        FROM unnest($1) k(token) JOIN leases l ON l.token = k.token JOIN tasks t ON t.id = l.task_id
        LEFT JOIN responses r ON r.lease_id = l.id AND l.state = 1
        ORDER BY l.id FOR UPDATE OF l
        """;

    private const string InsertResponses =
        """
        INSERT INTO responses (id, organization_id, compartment_id, project_id, task_id, lease_id, contributor_id, ontology_version, answers, digest,
                               active_milliseconds, simulated, supersedes, submitted_at)
        SELECT n.id, l.organization_id, l.compartment_id, l.project_id, l.task_id, l.id, l.contributor_id, n.ontology_version, n.answers, n.digest,
               n.active, n.simulated, l.supersedes, $8
        FROM unnest($1, $2, $3, $4, $5, $6, $7) n(id, lease_id, ontology_version, answers, digest, active, simulated) JOIN leases l ON l.id = n.lease_id
        """;

    private const string EndLeases = "UPDATE leases SET state = 1, ended_at = $2 WHERE id = ANY($1)";

    private const string CountResponses =
        """
        UPDATE tasks t SET response_count = t.response_count + n.responses, open_slots = t.open_slots - n.slots
        FROM unnest($1, $2, $3) n(id, responses, slots) WHERE t.id = n.id AND t.open_slots >= n.slots
        """;

    private const string DropDrafts = "DELETE FROM drafts WHERE lease_id = ANY($1)";

    private const string InsertOutbox =
        """
        INSERT INTO outbox (kind, organization_id, project_id, task_id, contributor_id, subject_id, purpose, count, at)
        SELECT 1, l.organization_id, l.project_id, l.task_id, l.contributor_id, n.id, n.purpose, 1, $4
        FROM unnest($1, $2, $3) n(id, lease_id, purpose) JOIN leases l ON l.id = n.lease_id
        """;

    private sealed record Found(LeaseRow Lease, SubmitResult.Repeated? Before, byte[]? Digest, bool Answered, bool Superseded, LeaseMarks Own, LeaseMarks Related);

    private sealed record Accepted(Submission Submission, LeaseRow Lease, ResponseId Id, bool Late);

    private readonly Dictionary<LeaseToken, Found> _found = [];
    private readonly List<Accepted> _accepted = [];
    private NpgsqlBatchCommand? _count;
    private int _tasks;

    /// <summary>Late submits take a slot again, and must find it free.</summary>
    public bool TakesSlots { get; private set; }

    public void Load(Statements statements)
    {
        if (operations.Count > 0) statements.Add(Find, Statements.Column(operations, operation => operation.Submission!.Token.Value));
    }

    public async Task ReadAsync(Statements statements, CancellationToken cancellationToken)
    {
        if (operations.Count > 0) await statements.ReadAsync(Read, cancellationToken);
    }

    private void Read(NpgsqlDataReader row)
    {
        const int After = PostgresLeases.ColumnCount;
        var lease = PostgresLeases.Read(row);
        var before = row.IsDBNull(After) ? null : new SubmitResult.Repeated(new(row.GetGuid(After)), PostgresLeases.Time(row, After + 1), Next: null);
        _found[lease.Token] = new(
            lease, before, before is null ? null : row.GetFieldValue<byte[]>(After + 2), row.GetBoolean(After + 3), row.GetBoolean(After + 4),
            Marks(row, After + 5), Marks(row, After + 6));
    }

    private static LeaseMarks Marks(NpgsqlDataReader row, int column)
    {
        var marks = LeaseMarks.None;
        foreach (var state in row.GetFieldValue<int[]>(column)) marks |= LeaseRules.MarkOf((LeaseState)state);
        return marks;
    }

    public void Decide(HashSet<Guid> suspended)
    {
        foreach (var operation in operations) operation.Storing = Decide(operation, suspended);
        TakesSlots = _accepted.Exists(accepted => accepted.Late && accepted.Lease.TakesSlot);
    }

    private SubmitResult Decide(GroupOperation operation, HashSet<Guid> suspended)
    {
        var (submission, worker) = (operation.Submission!, operation.Worker);
        var own = _found.TryGetValue(submission.Token, out var found)
            && found.Lease.ContributorId == worker.ContributorId && found.Lease.OrganizationId == worker.OrganizationId;
        var lease = found?.Lease ?? default;
        operation.Project = lease.ProjectId;
        var facts = new SubmitFacts(
            own, lease.Purpose, lease.State, worker.Clearances.Contains(lease.CompartmentId), suspended.Contains(worker.ContributorId.Value),
            found?.Digest is { } digest && submission.Digest.AsSpan().SequenceEqual(digest), lease.IsGold || lease.OpenSlots > 0,
            own && lease.State == LeaseState.Expired && LeaseRules.Candidate(found!.Own, found.Related) != Verdict.Take,
            own && found!.Answered, own && found!.Superseded);
        var verdict = LeaseRules.Submit(facts, out var reason);
        if (verdict == SubmitVerdict.Refuse) return new SubmitResult.Refused(reason);
        if (verdict == SubmitVerdict.Repeat) return found!.Before!;
        var accepted = new Accepted(submission, lease, ResponseId.New(now), verdict == SubmitVerdict.AcceptLate);
        _accepted.Add(accepted);
        return new SubmitResult.Accepted(accepted.Id, now, Next: null);
    }

    public void Write(Statements statements)
    {
        if (_accepted.Count == 0) return;
        var at = Statements.P(now.UtcDateTime);
        var leases = _accepted.ConvertAll(accepted => accepted.Lease.Id.Value).ToArray();
        statements.Add(
            InsertResponses,
            Statements.Column(_accepted, a => a.Id.Value), Statements.P(leases), Statements.Column(_accepted, a => a.Lease.OntologyVersion),
            Statements.Column(_accepted, a => a.Submission.Answers), Statements.Column(_accepted, a => a.Submission.Digest),
            Statements.Column(_accepted, a => a.Submission.ActiveMilliseconds), Statements.Column(_accepted, a => a.Submission.Worker.Simulated), at);
        statements.Add(EndLeases, Statements.P(leases), Statements.P(now.UtcDateTime));
        WriteCounts(statements);
        statements.Add(DropDrafts, Statements.P(leases));
        statements.Add(
            InsertOutbox, Statements.Column(_accepted, a => a.Id.Value), Statements.P(leases), Statements.Column(_accepted, a => (int)a.Lease.TaskPurpose),
            Statements.P(now.UtcDateTime));
    }

    /// <summary>One row for each task, in id order.</summary>
    private void WriteCounts(Statements statements)
    {
        var tasks = _accepted
            .Where(accepted => accepted.Lease.Purpose == LeasePurpose.Work)
            .GroupBy(accepted => accepted.Lease.TaskId.Value)
            .OrderBy(task => task.Key)
            .Select(task => (Id: task.Key, Responses: task.Count(), Slots: task.Count(accepted => accepted.Late && accepted.Lease.TakesSlot)))
            .ToList();
        if (tasks.Count == 0) return;
        _tasks = tasks.Count;
        _count = statements.Add(
            CountResponses, Statements.Column(tasks, t => t.Id), Statements.Column(tasks, t => t.Responses), Statements.Column(tasks, t => t.Slots));
    }

    /// <exception cref="SlotLostException">A late submit's slot was given away after it was read.</exception>
    public void CheckWritten()
    {
        if (_count is not null && (int)_count.RecordsAffected != _tasks) throw new SlotLostException();
    }
}
