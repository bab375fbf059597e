using Npgsql;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

/// <summary>Leases tasks in review, the oldest first or the one that is named, one reviewer at a time.</summary>
internal sealed class PostgresReviews(NpgsqlConnection connection, DateTimeOffset now, QueueOptions options)
{
    private const string Facts =
        """
        SELECT p.organization_id, p.compartment_id, p.state, p.gold_rate, p.lease_minutes,
               NOT EXISTS (SELECT 1 FROM contributors c WHERE c.id = $2 AND c.suspended_at IS NULL)
        FROM projects p WHERE p.id = $1
        """;

    private const string Held =
        """
        SELECT l.contributor_id, l.id, l.token, l.task_id, l.project_id, l.purpose, l.issued_at, l.expires_at, l.supersedes, l.handed_out, l.compartment_id,
               t.asset_id, t.inputs, t.ontology_version, coalesce(d.version, 0), t.prelabel IS NOT NULL
        FROM leases l JOIN tasks t ON t.id = l.task_id LEFT JOIN drafts d ON d.lease_id = l.id
        WHERE l.contributor_id = $2 AND l.project_id = $1 AND l.state = 0 AND l.purpose = 1 ORDER BY l.issued_at, l.id
        """;

    // A task under review by somebody else, locked by somebody about to review it, or judged or answered by this reviewer is passed over.
    private const string MayReview =
        """
        NOT EXISTS (SELECT 1 FROM leases l WHERE l.task_id = t.id AND l.contributor_id = $2 AND l.state <= 2 AND NOT (l.purpose = 1 AND l.state = 1))
        AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.task_id = t.audit_of AND l.contributor_id = $2 AND l.state <= 1)
        AND NOT EXISTS (SELECT 1 FROM tasks a JOIN leases l ON l.task_id = a.id AND l.contributor_id = $2 AND l.state <= 1 WHERE a.audit_of = t.id)
        """;

    private const string Give =
        """
        INSERT INTO leases (id, token, organization_id, compartment_id, project_id, task_id, contributor_id, purpose, state, handed_out, issued_at, expires_at)
        SELECT $3, $4, t.organization_id, t.compartment_id, t.project_id, t.id, $2, 1, 0, true, $5, $6 FROM free JOIN tasks t ON t.id = free.id
        ON CONFLICT DO NOTHING
        """;

    private const string Free =
        $"""
        SELECT t.id FROM tasks t
        WHERE t.project_id = $1 AND t.state = 1 AND t.purpose = 0
        AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.task_id = t.id AND l.state = 0 AND l.purpose = 1)
        AND {MayReview}
        """;

    private const string ClaimOldest = $"WITH free AS ({Free} ORDER BY t.id LIMIT 1 FOR UPDATE OF t SKIP LOCKED) {Give}";

    private const string ClaimNamed = $"WITH free AS ({Free} AND t.id = $7 FOR UPDATE OF t SKIP LOCKED) {Give}";

    // Work saved under an earlier lease of the same reviewer on the task is not lost with it.
    private const string CarryDraft =
        """
        INSERT INTO drafts (lease_id, organization_id, body, version, updated_at)
        SELECT g.id, d.organization_id, d.body, 1, d.updated_at FROM leases g
        JOIN leases l ON l.task_id = g.task_id AND l.contributor_id = g.contributor_id AND l.purpose = 1 AND l.id <> g.id
        JOIN drafts d ON d.lease_id = l.id
        WHERE g.id = $1 ORDER BY d.updated_at DESC LIMIT 1 ON CONFLICT DO NOTHING
        """;

    private const string AnyOpen =
        """
        SELECT EXISTS (SELECT 1 FROM tasks t WHERE t.project_id = $1 AND t.state = 1 AND t.purpose = 0
                       AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.task_id = t.id AND l.state = 0 AND l.purpose = 1))
        """;

    private const string WhyNot =
        $"""
        SELECT EXISTS (SELECT 1 FROM leases l WHERE l.task_id = t.id AND l.state = 0 AND l.purpose = 1) OR ({MayReview})
        FROM tasks t WHERE t.project_id = $1 AND t.id = $3 AND t.state = 1 AND t.purpose = 0
        """;

    private const string Renew = "UPDATE leases SET expires_at = $2 WHERE id = $1";

    public async Task<NextResult> NextAsync(Worker worker, ProjectId project, LabelTaskId? task, CancellationToken cancellationToken)
    {
        ProjectFacts? facts = null;
        var suspended = true;
        var held = new List<HeldLease>();
        await using (var statements = New())
        {
            statements.Add("BEGIN");
            statements.Add("SELECT pg_advisory_xact_lock($1)", Statements.P(QueueGroup.LockKey(worker.ContributorId)));
            statements.Add(Facts, Statements.P(project.Value), Statements.P(worker.ContributorId.Value));
            statements.Add(Held, Statements.P(project.Value), Statements.P(worker.ContributorId.Value));
            await statements.SendAsync(cancellationToken);
            await statements.ReadAsync(_ => { }, cancellationToken);
            await statements.ReadAsync(row =>
            {
                facts = new(project, new(row.GetGuid(0)), new(row.GetGuid(1)), (ProjectState)row.GetInt32(2), row.GetDouble(3), row.GetInt32(4));
                suspended = row.GetBoolean(5);
            }, cancellationToken);
            await statements.ReadAsync(row => held.Add(HeldLease.Read(row)), cancellationToken);
        }

        if (LeaseRules.RefuseNext(new(worker, suspended, facts, ForReview: true)) is { } reason) return new NextResult.Nothing(reason);
        var again = task is { } named ? held.Find(lease => lease.Grant.TaskId == named) : HeldLease.Again(held, options.MaxHeld, newest: false);
        if (again is not null) return await AgainAsync(again, facts!, cancellationToken);
        if (task is not null && held.Count >= options.MaxHeld) return new NextResult.Nothing(QueueReason.HeldEnough);
        return await GiveAsync(worker, facts!, task, cancellationToken);
    }

    private async Task<NextResult> AgainAsync(HeldLease held, ProjectFacts facts, CancellationToken cancellationToken)
    {
        var lease = held.Grant with { ExpiresAt = LeaseRules.Renewed(held.Grant.ExpiresAt, facts, now) };
        await using var statements = New();
        statements.Add(Renew, Statements.P(lease.LeaseId.Value), Statements.P(lease.ExpiresAt.UtcDateTime));
        statements.Add("COMMIT");
        await statements.RunAsync(cancellationToken);
        return new NextResult.Granted(lease) { CompartmentId = held.CompartmentId, DraftVersion = held.DraftVersion };
    }

    private async Task<NextResult> GiveAsync(Worker worker, ProjectFacts facts, LabelTaskId? task, CancellationToken cancellationToken)
    {
        var (project, contributor, id) = (facts.Id.Value, worker.ContributorId.Value, LeaseId.New(now));
        HeldLease? given = null;
        bool? open = null;
        await using var statements = New();
        NpgsqlParameter[] lease =
        [
            Statements.P(project), Statements.P(contributor), Statements.P(id.Value), Statements.P(LeaseToken.New(now).Value),
            Statements.P(now.UtcDateTime), Statements.P(facts.ExpiryFrom(now).UtcDateTime),
        ];
        if (task is { } named) statements.Add(ClaimNamed, [.. lease, Statements.P(named.Value)]);
        else statements.Add(ClaimOldest, lease);
        statements.Add(CarryDraft, Statements.P(id.Value));
        statements.Add(Held, Statements.P(project), Statements.P(contributor));
        if (task is { } asked) statements.Add(WhyNot, Statements.P(project), Statements.P(contributor), Statements.P(asked.Value));
        else statements.Add(AnyOpen, Statements.P(project));
        statements.Add("COMMIT");
        await statements.SendAsync(cancellationToken);
        await statements.ReadAsync(row => given = new LeaseId(row.GetGuid(1)) == id ? HeldLease.Read(row) : given, cancellationToken);
        await statements.ReadAsync(row => open = row.GetBoolean(0), cancellationToken);
        if (given is not null) return new NextResult.Granted(given.Grant) { CompartmentId = given.CompartmentId, DraftVersion = given.DraftVersion };
        return new NextResult.Nothing((task, open) switch
        {
            (null, true) => QueueReason.AllDoneByYou,
            (null, _) => QueueReason.NothingOpen,
            (_, null) => QueueReason.NotInReview,
            (_, true) => QueueReason.Taken,   // also where another server is about to give it away
            (_, false) => QueueReason.OwnWork,
        });
    }

    private Statements New() => new(connection, options.Fault);
}
