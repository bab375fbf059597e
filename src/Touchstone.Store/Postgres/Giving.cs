using Npgsql;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

/// <summary>Writes what a group's searches came to: slots taken, leases, cursors, renewals.</summary>
internal sealed class Giving(DateTimeOffset now)
{
    // A task that somebody else has locked, or that lost its slots, gives nobody a lease; its workers look again.
    private const string Claim =
        """
        WITH locked AS (
            SELECT t.id, w.slots FROM unnest($1, $2) w(id, slots) JOIN tasks t ON t.id = w.id WHERE t.open_slots >= w.slots FOR UPDATE OF t SKIP LOCKED),
        claimed AS (UPDATE tasks t SET open_slots = t.open_slots - k.slots FROM locked k WHERE t.id = k.id RETURNING t.id)
        INSERT INTO leases (id, token, organization_id, compartment_id, project_id, task_id, contributor_id, purpose, state, handed_out, issued_at, expires_at)
        SELECT g.id, g.token, t.organization_id, t.compartment_id, t.project_id, g.task_id, g.contributor_id, 0, 0, true, $9, g.expires_at
        FROM unnest($3, $4, $5, $6, $7, $8) g(id, token, task_id, contributor_id, is_gold, expires_at)
        JOIN tasks t ON t.id = g.task_id
        WHERE CASE WHEN g.is_gold THEN t.open_slots > 0 ELSE g.task_id IN (SELECT id FROM claimed) END
        """;

    private const string MoveCursors =
        """
        INSERT INTO queue_cursors AS c (project_id, contributor_id, lane, queue_number)
        SELECT m.project_id, m.contributor_id, m.lane,
               CASE WHEN m.lease_id IS NOT NULL AND EXISTS (SELECT 1 FROM leases l WHERE l.id = m.lease_id) THEN m.if_given ELSE m.passed END
        FROM unnest($1, $2, $3, $4, $5, $6) m(project_id, contributor_id, lane, passed, if_given, lease_id)
        ON CONFLICT (project_id, contributor_id, lane) DO UPDATE SET queue_number = greatest(c.queue_number, excluded.queue_number)
        """;

    private const string Renew =
        "UPDATE leases l SET handed_out = true, expires_at = n.expires_at FROM unnest($1, $2) n(id, expires_at) WHERE l.id = n.id";

    private const string CarryDrafts =
        """
        INSERT INTO drafts (lease_id, organization_id, body, version, updated_at)
        SELECT n.id, d.organization_id, d.body, 1, d.updated_at FROM unnest($1) k(id) JOIN leases n ON n.id = k.id
        CROSS JOIN LATERAL (
            SELECT d.* FROM leases l JOIN drafts d ON d.lease_id = l.id
            WHERE l.task_id = n.task_id AND l.contributor_id = n.contributor_id AND l.purpose = 0 AND l.id <> n.id ORDER BY d.updated_at DESC LIMIT 1) d
        """;

    // Given again, returned gold no longer stands.
    private const string Forget =
        """
        DELETE FROM returned_gold r USING unnest($1, $2, $3, $4) f(project_id, contributor_id, task_id, lease_id)
        WHERE r.project_id = f.project_id AND r.contributor_id = f.contributor_id AND r.task_id = f.task_id
            AND (f.lease_id IS NULL OR EXISTS (SELECT 1 FROM leases l WHERE l.id = f.lease_id))
        """;

    private const string Given =
        """
        SELECT l.id, l.compartment_id, t.asset_id, t.inputs, t.ontology_version, coalesce(d.version, 0), t.prelabel IS NOT NULL
        FROM unnest($1) k(id) JOIN leases l ON l.id = k.id JOIN tasks t ON t.id = l.task_id LEFT JOIN drafts d ON d.lease_id = l.id
        """;

    private List<Search> _chosen = [];

    /// <summary>Leases that somebody has already, given again.</summary>
    public List<LeaseGrant> Renewals { get; } = [];

    /// <summary>Those who walked.</summary>
    public List<Search> Searches { get; } = [];

    public void Add(Statements statements)
    {
        _chosen = Searches.FindAll(search => search.Choice is not null);
        if (_chosen.Count > 0) AddClaim(statements);
        var moves = Searches.SelectMany(search => search.Moves.Select(move => (Search: search, Move: move))).ToList();
        if (moves.Count > 0) AddMoves(statements, moves);
        AddForgotten(statements);
        if (Renewals.Count > 0)
            statements.Add(Renew, Statements.Column(Renewals, r => r.LeaseId.Value), Statements.Column(Renewals, r => r.ExpiresAt.UtcDateTime));
        var carrying = _chosen.FindAll(search => (search.Choice!.Own & LeaseMarks.Ended) != 0);
        if (carrying.Count > 0) statements.Add(CarryDrafts, Statements.Column(carrying, search => search.Choice!.LeaseId.Value));
        if (_chosen.Count > 0) statements.Add(Given, Statements.Column(_chosen, search => search.Choice!.LeaseId.Value));
    }

    private void AddClaim(Statements statements)
    {
        var tasks = _chosen.Where(search => !search.Choice!.IsGold).CountBy(search => search.Choice!.TaskId.Value).OrderBy(task => task.Key).ToList();
        statements.Add(
            Claim, Statements.Column(tasks, task => task.Key), Statements.Column(tasks, task => task.Value),
            Statements.Column(_chosen, s => s.Choice!.LeaseId.Value), Statements.Column(_chosen, s => s.Choice!.Token.Value),
            Statements.Column(_chosen, s => s.Choice!.TaskId.Value), Statements.Column(_chosen, s => s.Worker.ContributorId.Value),
            Statements.Column(_chosen, s => s.Choice!.IsGold), Statements.Column(_chosen, s => s.Project.ExpiryFrom(now).UtcDateTime),
            Statements.P(now.UtcDateTime));
    }

    private void AddForgotten(Statements statements)
    {
        var given = _chosen.Where(search => search.Choice is { IsGold: true } choice && (choice.Own & LeaseMarks.Ended) != 0)
            .Select(search => (Search: search, search.Choice!.TaskId, Lease: (Guid?)search.Choice.LeaseId.Value));
        var gone = Searches.SelectMany(search => search.Forgotten.Select(task => (Search: search, TaskId: task, Lease: (Guid?)null)));
        var rows = given.Concat(gone).ToList();
        if (rows.Count == 0) return;
        statements.Add(
            Forget, Statements.Column(rows, row => row.Search.Project.Id.Value), Statements.Column(rows, row => row.Search.Worker.ContributorId.Value),
            Statements.Column(rows, row => row.TaskId.Value), Statements.Column(rows, row => row.Lease));
    }

    private static void AddMoves(Statements statements, List<(Search Search, CursorMove Move)> moves) => statements.Add(
        MoveCursors, Statements.Column(moves, m => m.Search.Project.Id.Value), Statements.Column(moves, m => m.Search.Worker.ContributorId.Value),
        Statements.Column(moves, m => m.Move.Lane), Statements.Column(moves, m => m.Move.Passed), Statements.Column(moves, m => m.Move.IfGiven),
        Statements.Column(moves, m => m.Move.Lease?.Value));

    public async Task ReadAsync(Statements statements, CancellationToken cancellationToken)
    {
        if (_chosen.Count == 0) return;
        var byLease = _chosen.ToDictionary(search => search.Choice!.LeaseId);
        await statements.ReadAsync(row => Grant(byLease[new(row.GetGuid(0))], row), cancellationToken);
        foreach (var search in _chosen)
        {
            if (search.Operation.Granting is null) search.Operation.Avoided.Add(search.Choice!.TaskId);
        }
    }

    private void Grant(Search search, NpgsqlDataReader row)
    {
        var choice = search.Choice!;
        var lease = new LeaseGrant(
            choice.Token, choice.LeaseId, search.Project.Id, choice.TaskId, row.IsDBNull(2) ? null : new AssetId(row.GetGuid(2)),
            row.IsDBNull(3) ? null : row.GetString(3), row.GetInt32(4), Entities.LeasePurpose.Work, now, search.Project.ExpiryFrom(now), Supersedes: null, row.GetBoolean(6));
        search.Operation.Granting = new NextResult.Granted(lease) { CompartmentId = new(row.GetGuid(1)), DraftVersion = row.GetInt32(5) };
    }
}
