using SQLitePCL;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Sqlite;

/// <summary>The writer thread's connection: its prepared statements, and facts that hold as long as its transaction, since it is the only writer.</summary>
internal sealed class QueueSession : IDisposable
{
    private const int RememberedCursors = 100_000;

    private readonly StoreDatabase _database;
    private readonly sqlite3 _connection;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, SqliteStatement> _statements = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ProjectId, ProjectFacts?> _projects = [];
    private readonly Dictionary<ProjectId, List<int>> _lanes = [];
    private readonly Dictionary<(ContributorId, OrganizationId), bool> _suspended = [];
    private readonly Dictionary<ProjectId, bool> _training = [];
    private readonly Dictionary<(ProjectId Project, ContributorId Contributor, int Lane), long> _cursors = [];

    public QueueSession(StoreDatabase database, TimeProvider clock, QueueOptions options)
    {
        _database = database;
        _clock = clock;
        Options = options;
        Random = options.Seed is { } seed ? new Random(seed) : new Random();
        _connection = database.OpenSqliteUnshared();
    }

    public QueueOptions Options { get; }

    /// <summary>Draws gold.</summary>
    public Random Random { get; }

    /// <summary>One time for the whole group.</summary>
    public DateTimeOffset Now { get; private set; }

    public bool WroteOutbox { get; private set; }

    public void Begin()
    {
        Now = _clock.Now();
        WroteOutbox = false;
        _projects.Clear();
        _lanes.Clear();
        _suspended.Clear();
        _training.Clear();
        if (_cursors.Count > RememberedCursors) _cursors.Clear();
        Prepare("BEGIN IMMEDIATE").Run();
    }

    public void Commit()
    {
        Options.Fault?.Invoke("commit");
        Prepare("COMMIT").Run();
        Options.Fault?.Invoke("acknowledge");
    }

    public void Rollback()
    {
        _cursors.Clear();
        foreach (var statement in _statements.Values) statement.Reset();
        if (raw.sqlite3_get_autocommit(_connection) == 0) Prepare("ROLLBACK").Run();
    }

    /// <summary>Tells the checkpointer what the last group wrote.</summary>
    public void NotePages() => _database.Checkpointer.Note(_connection);

    /// <summary>The prepared form of a constant statement; the same constant gives the same one.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var statement)) return statement;
        statement = new SqliteStatement(_connection, sql);
        _statements.Add(sql, statement);
        return statement;
    }

    /// <summary>A statement that writes: a simulation may crash before it.</summary>
    public SqliteStatement PrepareWrite(string sql)
    {
        Options.Fault?.Invoke(sql);
        return Prepare(sql);
    }

    public ProjectFacts? Project(ProjectId project)
    {
        if (_projects.TryGetValue(project, out var facts)) return facts;
        var select = Prepare(
            """
            SELECT organization_id, compartment_id, state, gold_rate, lease_minutes, training_tasks, evaluation_tasks,
                   EXISTS (SELECT 1 FROM contributor_standings WHERE project_id = ?1)
            FROM projects WHERE id = ?1
            """).Bind(1, project.Value);
        if (select.Step())
        {
            facts = new(project, new(select.Uuid(0)), new(select.Uuid(1)), (ProjectState)select.Int(2), select.Double(3), select.Int(4))
            {
                TrainingTasks = select.Int(5),
                EvaluationTasks = select.Int(6),
                HasStandings = select.Int(7) != 0,
            };
        }

        select.Reset();
        _projects.Add(project, facts);
        return facts;
    }

    /// <summary>How the contributor stands in the project; null also where that makes no difference, and is not read.</summary>
    public StandingFacts? StandingOf(ProjectFacts project, ContributorId contributor)
    {
        if (!project.AsksForStandings) return null;
        var select = Prepare("SELECT state, training_left, evaluation_left FROM contributor_standings WHERE project_id = ?1 AND contributor_id = ?2")
            .Bind(1, project.Id.Value).Bind(2, contributor.Value);
        var standing = select.Step() ? new StandingFacts((StandingState)select.Int(0), select.Int(1), select.Int(2)) : null;
        select.Reset();
        return standing;
    }

    /// <summary>Whether the project has anything to train with: none where the lane of training tasks (-100) never gave a number, which spares a walk through all gold.</summary>
    public bool HasTraining(ProjectId project)
    {
        if (_training.TryGetValue(project, out var known)) return known;
        var select = Prepare(
            """
            SELECT 1 FROM gold g JOIN tasks t ON t.id = g.task_id LEFT JOIN assets a ON a.id = t.asset_id
            WHERE EXISTS (SELECT 1 FROM queue_tails q WHERE q.project_id = ?1 AND q.lane = -100)
              AND g.project_id = ?1 AND g.retired_at IS NULL AND t.purpose = 3 AND a.withdrawn_at IS NULL LIMIT 1
            """).Bind(1, project.Value);
        known = select.Step();
        select.Reset();
        _training.Add(project, known);
        return known;
    }

    public bool IsSuspended(Worker worker)
    {
        if (_suspended.TryGetValue((worker.ContributorId, worker.OrganizationId), out var known)) return known;
        var select = Prepare("SELECT suspended_at IS NOT NULL FROM contributors WHERE id = ?1 AND organization_id = ?2")
            .Bind(1, worker.ContributorId.Value).Bind(2, worker.OrganizationId.Value);
        var suspended = !select.Step() || select.Int(0) != 0;
        select.Reset();
        _suspended.Add((worker.ContributorId, worker.OrganizationId), suspended);
        return suspended;
    }

    /// <summary>The project's lanes with open tasks, first to last, without gold. A lane emptied by this group may still be listed.</summary>
    public List<int> Lanes(ProjectId project)
    {
        if (_lanes.TryGetValue(project, out var lanes)) return lanes;
        lanes = [];
        var below = int.MaxValue;
        while (true)
        {
            var select = Prepare(
                "SELECT lane FROM tasks WHERE project_id = ?1 AND lane < ?2 AND lane >= 0 AND open_slots > 0 ORDER BY lane DESC LIMIT 1")
                .Bind(1, project.Value).Bind(2, below);
            var found = select.Step();
            if (found) below = select.Int(0);
            select.Reset();
            if (!found) break;
            lanes.Add(below);
        }

        _lanes.Add(project, lanes);
        return lanes;
    }

    /// <summary>The same, read again.</summary>
    public List<int> LanesNow(ProjectId project)
    {
        _lanes.Remove(project);
        return Lanes(project);
    }

    /// <summary>A number at the end of a lane.</summary>
    public long TakeNumber(ProjectId project, int lane)
    {
        _lanes.Remove(project);
        var take = PrepareWrite(
            """
            INSERT INTO queue_tails (project_id, lane, next) VALUES (?1, ?2, 2)
            ON CONFLICT (project_id, lane) DO UPDATE SET next = next + 1 RETURNING next - 1
            """).Bind(1, project.Value).Bind(2, lane);
        take.Step();
        var number = take.Long(0);
        take.Step();
        take.Reset();
        return number;
    }

    /// <summary>The contributor's leases on the task, as marks.</summary>
    public LeaseMarks Marks(LabelTaskId task, ContributorId contributor)
    {
        var select = Prepare("SELECT state FROM leases WHERE task_id = ?1 AND contributor_id = ?2")
            .Bind(1, task.Value).Bind(2, contributor.Value);
        return ReadMarks(select);
    }

    /// <summary>The same as far as it bars from reviewing: having reviewed it before does not.</summary>
    public LeaseMarks ReviewMarks(LabelTaskId task, ContributorId contributor)
    {
        var select = Prepare("SELECT state FROM leases WHERE task_id = ?1 AND contributor_id = ?2 AND NOT (purpose = 1 AND state = 1)")
            .Bind(1, task.Value).Bind(2, contributor.Value);
        return ReadMarks(select);
    }

    /// <summary>The worker's leases on the task that this one audits and on audits of it, as marks. Only reviewers can have audited.</summary>
    public LeaseMarks RelatedMarks(LabelTaskId task, LabelTaskId? auditOf, Worker worker)
    {
        var marks = auditOf is { } original ? Marks(original, worker.ContributorId) : LeaseMarks.None;
        if (worker.Role < Role.Reviewer) return marks;
        var select = Prepare("SELECT l.state FROM tasks a JOIN leases l ON l.task_id = a.id AND l.contributor_id = ?2 WHERE a.audit_of = ?1")
            .Bind(1, task.Value).Bind(2, worker.ContributorId.Value);
        return marks | ReadMarks(select);
    }

    private static LeaseMarks ReadMarks(SqliteStatement select)
    {
        var marks = LeaseMarks.None;
        while (select.Step()) marks |= LeaseRules.MarkOf((LeaseState)select.Int(0));
        select.Reset();
        return marks;
    }

    /// <summary>How far the contributor has come in the lane. Only this session moves cursors, so it remembers them.</summary>
    public long Cursor(ProjectId project, ContributorId contributor, int lane)
    {
        if (_cursors.TryGetValue((project, contributor, lane), out var number)) return number;
        var select = Prepare("SELECT queue_number FROM queue_cursors WHERE project_id = ?1 AND contributor_id = ?2 AND lane = ?3")
            .Bind(1, project.Value).Bind(2, contributor.Value).Bind(3, lane);
        if (select.Step()) number = select.Long(0);
        select.Reset();
        _cursors.Add((project, contributor, lane), number);
        return number;
    }

    public void MoveCursor(ProjectId project, ContributorId contributor, int lane, long number)
    {
        _cursors[(project, contributor, lane)] = number;
        PrepareWrite(
            """
            INSERT INTO queue_cursors (project_id, contributor_id, lane, queue_number) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (project_id, contributor_id, lane) DO UPDATE SET queue_number = excluded.queue_number
            """)
            .Bind(1, project.Value).Bind(2, contributor.Value).Bind(3, lane).Bind(4, number)
            .Run();
    }

    public void WriteOutbox(OutboxKind kind, in LeaseRow lease, Guid subject)
    {
        WroteOutbox = true;
        PrepareWrite(
            """
            INSERT INTO outbox (epoch, kind, organization_id, project_id, task_id, contributor_id, subject_id, purpose, count, at)
            VALUES (0, ?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?8)
            """)
            .Bind(1, (long)kind).Bind(2, lease.OrganizationId.Value).Bind(3, lease.ProjectId.Value).Bind(4, lease.TaskId.Value)
            .Bind(5, lease.ContributorId.Value).Bind(6, subject).Bind(7, (long)lease.TaskPurpose).Bind(8, Now.ToMicroseconds())
            .Run();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _connection.Dispose();
    }
}
