using Npgsql;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

/// <summary>The nexts of a group: loaded together, decided one by one, looked for along the lanes together, given together.</summary>
internal sealed class NextPart(List<GroupOperation> operations, DateTimeOffset now, QueueOptions options, Random random, Reserved reserved)
{
    private const int MostRounds = 8;

    private const string Projects =
        """
        SELECT p.id, p.organization_id, p.compartment_id, p.state, p.gold_rate, p.lease_minutes, p.training_tasks, p.evaluation_tasks,
               EXISTS (SELECT 1 FROM contributor_standings s WHERE s.project_id = p.id)
        FROM projects p WHERE p.id = ANY($1)
        """;

    private const string Standings =
        """
        SELECT s.contributor_id, s.state, s.training_left, s.evaluation_left FROM unnest($1, $2) w(contributor_id, project_id)
        JOIN contributor_standings s ON s.project_id = w.project_id AND s.contributor_id = w.contributor_id
        """;

    private const string Training =
        """
        SELECT p.id FROM unnest($1) p(id) WHERE EXISTS (SELECT 1 FROM queue_tails q WHERE q.project_id = p.id AND q.lane = -100) AND EXISTS (
            SELECT 1 FROM gold g JOIN tasks t ON t.id = g.task_id LEFT JOIN assets a ON a.id = t.asset_id
            WHERE g.project_id = p.id AND g.retired_at IS NULL AND t.purpose = 3 AND a.withdrawn_at IS NULL)
        """;

    private const string OpenLanes =
        """
        WITH RECURSIVE lanes AS (
            SELECT p.id, (SELECT t.lane FROM tasks t WHERE t.project_id = p.id AND t.lane >= 0 AND t.open_slots > 0 ORDER BY t.lane DESC LIMIT 1) AS lane
            FROM unnest($1) p(id)
            UNION ALL
            SELECT l.id, (SELECT t.lane FROM tasks t WHERE t.project_id = l.id AND t.lane >= 0 AND t.lane < l.lane AND t.open_slots > 0
                          ORDER BY t.lane DESC LIMIT 1)
            FROM lanes l WHERE l.lane IS NOT NULL)
        SELECT id, lane FROM lanes WHERE lane IS NOT NULL
        """;

    private const string Held =
        """
        SELECT l.contributor_id, l.id, l.token, l.task_id, l.project_id, l.purpose, l.issued_at, l.expires_at, l.supersedes, l.handed_out, l.compartment_id,
               t.asset_id, t.inputs, t.ontology_version, coalesce(d.version, 0), t.prelabel IS NOT NULL
        FROM unnest($1, $2) w(contributor_id, project_id)
        JOIN leases l ON l.contributor_id = w.contributor_id AND l.project_id = w.project_id AND l.state = 0 AND l.purpose <> 1
        JOIN tasks t ON t.id = l.task_id LEFT JOIN drafts d ON d.lease_id = l.id
        ORDER BY l.issued_at, l.id
        """;

    private const string Cursors =
        """
        SELECT c.contributor_id, c.lane, c.queue_number FROM unnest($1, $2) w(contributor_id, project_id)
        JOIN queue_cursors c ON c.project_id = w.project_id AND c.contributor_id = w.contributor_id
        """;

    private readonly Dictionary<ProjectId, ProjectFacts> _projects = [];
    private readonly Dictionary<ProjectId, List<int>> _lanes = [];
    private readonly Dictionary<ContributorId, StandingFacts> _standings = [];
    private readonly HashSet<ProjectId> _training = [];
    private readonly Dictionary<ContributorId, Search> _searches = operations.ToDictionary(o => o.Worker.ContributorId, o => new Search(o, now));
    private readonly Walks _walks = new(options.ScanRows, reserved);
    private readonly Giving _giving = new(now);
    private readonly List<Search> _open = [];
    private int _rounds;

    public bool NeedsWalk => _open.Count > 0;

    public void Load(Statements statements)
    {
        var projects = operations.Select(operation => operation.Project.Value).Distinct().ToArray();
        var contributors = Statements.Column(operations, operation => operation.Worker.ContributorId.Value);
        statements.Add(Projects, Statements.P(projects));
        statements.Add(OpenLanes, Statements.P(projects));
        statements.Add(Held, contributors, Statements.Column(operations, operation => operation.Project.Value));
        statements.Add(
            Cursors, Statements.Column(operations, operation => operation.Worker.ContributorId.Value),
            Statements.Column(operations, operation => operation.Project.Value));
        statements.Add(
            Standing.Select, Statements.Column(operations, operation => operation.Worker.ContributorId.Value),
            Statements.Column(operations, operation => operation.Project.Value));
    }

    public async Task ReadAsync(Statements statements, CancellationToken cancellationToken)
    {
        await statements.ReadAsync(ReadProject, cancellationToken);
        await statements.ReadAsync(ReadLane, cancellationToken);
        await statements.ReadAsync(row => _searches[new(row.GetGuid(0))].AddHeld(HeldLease.Read(row)), cancellationToken);
        await statements.ReadAsync(row => _searches[new(row.GetGuid(0))].Cursors[row.GetInt32(1)] = row.GetInt64(2), cancellationToken);
        await statements.ReadAsync(row => _searches[new(row.GetGuid(0))].AddStanding(Standing.Read(row)), cancellationToken);
    }

    private void ReadProject(NpgsqlDataReader row)
    {
        var id = new ProjectId(row.GetGuid(0));
        _projects[id] = new(
            id, new(row.GetGuid(1)), new(row.GetGuid(2)), (ProjectState)row.GetInt32(3), row.GetDouble(4), row.GetInt32(5))
        {
            TrainingTasks = row.GetInt32(6),
            EvaluationTasks = row.GetInt32(7),
            HasStandings = row.GetBoolean(8),
        };
    }

    /// <summary>How contributors stand makes a difference in one of the projects: one round trip more, which other groups are spared.</summary>
    public bool NeedsStandings => _projects.Values.Any(project => project.AsksForStandings);

    public void LoadStandings(Statements statements)
    {
        statements.Add(
            Standings, Statements.Column(operations, operation => operation.Worker.ContributorId.Value),
            Statements.Column(operations, operation => operation.Project.Value));
        statements.Add(Training, Statements.P(_projects.Values.Where(project => project.AsksForStandings).Select(project => project.Id.Value).ToArray()));
    }

    public async Task ReadStandingsAsync(Statements statements, CancellationToken cancellationToken)
    {
        await statements.ReadAsync(row => _standings[new(row.GetGuid(0))] = new((StandingState)row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)), cancellationToken);
        await statements.ReadAsync(row => _training.Add(new(row.GetGuid(0))), cancellationToken);
    }

    private void ReadLane(NpgsqlDataReader row)
    {
        var project = new ProjectId(row.GetGuid(0));
        if (!_lanes.TryGetValue(project, out var lanes)) _lanes[project] = lanes = [];
        lanes.Add(row.GetInt32(1));
    }

    /// <summary>Answers those who are refused, get a lease that they have, or find no lane open; the others walk.</summary>
    public void Decide(HashSet<Guid> suspended)
    {
        foreach (var search in _searches.Values)
        {
            var worker = search.Operation.Worker;
            var project = _projects.GetValueOrDefault(search.Operation.Project);
            var toTrain = project is not null && _training.Contains(project.Id) && LeaseRules.WantsTraining(project, _standings.GetValueOrDefault(worker.ContributorId));
            if (LeaseRules.RefuseNext(new(worker, suspended.Contains(worker.ContributorId.Value), project, ForReview: false, toTrain)) is { } reason)
                search.Operation.Granting = new NextResult.Nothing(reason);
            else if (search.HeldAgain(options.MaxHeld) is { } held)
                Renew(search, held, project!);
            else
                Open(search, project!);
        }
    }

    private void Renew(Search search, HeldLease held, ProjectFacts project)
    {
        var lease = held.Grant with { ExpiresAt = LeaseRules.Renewed(held.Grant.ExpiresAt, project, now) };
        search.Operation.Granting = new NextResult.Granted(lease) { CompartmentId = held.CompartmentId, DraftVersion = held.DraftVersion };
        _giving.Renewals.Add(lease);
    }

    private void Open(Search search, ProjectFacts project)
    {
        var lanes = _lanes.TryGetValue(project.Id, out var all) ? all.FindAll(lane => Lanes.MayTake(lane, search.Operation.Worker.Role)) : [];
        if (lanes.Count == 0 && search is { Standing: null, Forgotten: [] })
        {
            search.Operation.Granting = new NextResult.Nothing(QueueReason.NothingOpen);
            return;
        }

        search.Begin(project, lanes, DrawGold(LeaseRules.GoldRate(project, _standings.GetValueOrDefault(search.Worker.ContributorId))));
        _open.Add(search);
        _giving.Searches.Add(search);
    }

    /// <summary>Which gold lane to look in first; null for an ordinary task.</summary>
    private int? DrawGold(double rate)
    {
        lock (random) return random.NextDouble() < rate ? random.Next(Lanes.GoldCount) : null;
    }

    public void Walk(Statements statements) => _walks.Add(statements, _open);

    public Task ReadWalkAsync(Statements statements, CancellationToken cancellationToken) => _walks.ReadAsync(statements, cancellationToken);

    public bool NeedsRelated => _walks.NeedsRelated(_open);

    public void WalkRelated(Statements statements) => _walks.AddRelated(statements, _open);

    public Task ReadRelatedAsync(Statements statements, CancellationToken cancellationToken) => _walks.ReadRelatedAsync(statements, cancellationToken);

    /// <summary>Chooses each worker the first task of their walk that they may take and that still has a slot; others walk on. Whoever
    /// walks on after the last round keeps their cursor and goes on in the next group.</summary>
    public void Choose()
    {
        _open.RemoveAll(search => search.Advance(_walks));
        if (++_rounds == MostRounds) _open.Clear();
    }

    public void Give(Statements statements) => _giving.Add(statements);

    public Task ReadGivenAsync(Statements statements, CancellationToken cancellationToken) => _giving.ReadAsync(statements, cancellationToken);
}
