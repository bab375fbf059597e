using Npgsql;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

/// <summary>An open task that was read from a lane, with the leases that the group's workers have on it.</summary>
internal sealed class WalkedTask(LabelTaskId id, long number, int openSlots, LabelTaskId? auditOf)
{
    private Dictionary<ContributorId, LeaseMarks>? _own;
    private Dictionary<ContributorId, LeaseMarks>? _related;

    public LabelTaskId Id { get; } = id;

    public long Number { get; } = number;

    public int OpenSlots { get; } = openSlots;

    public LabelTaskId? AuditOf { get; } = auditOf;

    public LeaseMarks MarksOf(ContributorId contributor) => _own?.GetValueOrDefault(contributor) ?? LeaseMarks.None;

    public LeaseMarks RelatedMarksOf(ContributorId contributor) => _related?.GetValueOrDefault(contributor) ?? LeaseMarks.None;

    public void Mark(ContributorId contributor, LeaseState state) => Add(_own ??= [], contributor, state);

    public void MarkRelated(ContributorId contributor, LeaseState state) => Add(_related ??= [], contributor, state);

    private static void Add(Dictionary<ContributorId, LeaseMarks> marks, ContributorId contributor, LeaseState state) =>
        marks[contributor] = marks.GetValueOrDefault(contributor) | LeaseRules.MarkOf(state);
}

/// <summary>Open tasks of a lane above a number, at most so many rows.</summary>
internal sealed record Stretch(ProjectId Project, int Lane, long After, int Rows)
{
    public List<WalkedTask> Tasks { get; } = [];

    /// <summary>It reaches to the lane's end.</summary>
    public bool IsLast => Tasks.Count < Rows;

    public bool Covers(long position) => After <= position && (IsLast || position < Tasks[^1].Number);
}

/// <summary>What a group has read of the lanes. Workers who stand close together share what is read.</summary>
internal sealed class Walks(int rows, Reserved reserved)
{
    private const int GoldRows = 4;

    // Positions this many stretches apart are read from one start only: in between there are mostly full tasks.
    private const int SharedStretches = 4;

    private const string Read =
        """
        SELECT w.ord, t.id, t.queue_number, t.open_slots, t.audit_of, l.contributor_id, l.state
        FROM unnest($1, $2, $3, $4) WITH ORDINALITY w(project_id, lane, after, rows, ord)
        CROSS JOIN LATERAL (
            SELECT t.id, t.queue_number, t.open_slots, t.audit_of FROM tasks t
            WHERE t.project_id = w.project_id AND t.lane = w.lane AND t.queue_number > w.after AND t.open_slots > 0
            ORDER BY t.queue_number LIMIT w.rows) t
        LEFT JOIN leases l ON l.task_id = t.id AND l.contributor_id = ANY($5)
        """;

    private const string ReadRelated =
        """
        SELECT x.id, l.contributor_id, l.state FROM (
            SELECT t.id, t.audit_of AS other FROM unnest($1) k(id) JOIN tasks t ON t.id = k.id WHERE t.audit_of IS NOT NULL
            UNION ALL
            SELECT a.audit_of, a.id FROM unnest($1) k(id) JOIN tasks a ON a.audit_of = k.id) x
        JOIN leases l ON l.task_id = x.other AND l.contributor_id = ANY($2)
        """;

    private readonly Dictionary<LabelTaskId, int> _slots = [];
    private readonly List<Stretch> _known = [];
    private List<Stretch> _reading = [];

    public void Add(Statements statements, List<Search> searches)
    {
        _reading = Plan(searches);
        var contributors = searches.ConvertAll(search => search.Worker.ContributorId.Value).ToArray();
        statements.Add(
            Read, Statements.Column(_reading, s => s.Project.Value), Statements.Column(_reading, s => s.Lane), Statements.Column(_reading, s => s.After),
            Statements.Column(_reading, s => s.Rows), Statements.P(contributors));
    }

    private List<Stretch> Plan(List<Search> searches)
    {
        var plan = new List<Stretch>();
        var wanted = searches.SelectMany(search => search.Wants(rows, GoldRows)).OrderBy(s => s.Project.Value).ThenBy(s => s.Lane).ThenBy(s => s.After);
        foreach (var stretch in wanted)
        {
            var shared = plan.Count > 0 && plan[^1].Project == stretch.Project && plan[^1].Lane == stretch.Lane
                && stretch.After < plan[^1].After + rows * SharedStretches && (stretch.Lane >= 0 || stretch.After == plan[^1].After);
            if (!shared) plan.Add(stretch);
        }

        return plan;
    }

    public async Task ReadAsync(Statements statements, CancellationToken cancellationToken)
    {
        WalkedTask? last = null;
        Stretch? of = null;
        await statements.ReadAsync(row =>
        {
            var stretch = _reading[(int)row.GetInt64(0) - 1];
            var id = new LabelTaskId(row.GetGuid(1));
            if (last is null || last.Id != id || of != stretch)
            {
                last = new(id, row.GetInt64(2), row.GetInt32(3), row.IsDBNull(4) ? null : new LabelTaskId(row.GetGuid(4)));
                of = stretch;
                stretch.Tasks.Add(last);
                _slots.TryAdd(id, last.OpenSlots);
            }

            if (!row.IsDBNull(5)) last.Mark(new(row.GetGuid(5)), (LeaseState)row.GetInt32(6));
        }, cancellationToken);
        _known.AddRange(_reading);
    }

    /// <summary>Some of the tasks may be barred by leases on others: audits, and whatever reviewers might have audited.</summary>
    public bool NeedsRelated(List<Search> searches) =>
        _reading.Exists(stretch => stretch.Tasks.Exists(task => task.AuditOf is not null)) || searches.Exists(search => search.Worker.Role >= Role.Reviewer);

    public void AddRelated(Statements statements, List<Search> searches) => statements.Add(
        ReadRelated, Statements.P(_reading.SelectMany(stretch => stretch.Tasks).Select(task => task.Id.Value).Distinct().ToArray()),
        Statements.Column(searches, search => search.Worker.ContributorId.Value));

    public async Task ReadRelatedAsync(Statements statements, CancellationToken cancellationToken)
    {
        var tasks = _reading.SelectMany(stretch => stretch.Tasks).ToLookup(task => task.Id);
        await statements.ReadAsync((NpgsqlDataReader row) =>
        {
            foreach (var task in tasks[new(row.GetGuid(0))]) task.MarkRelated(new(row.GetGuid(1)), (LeaseState)row.GetInt32(2));
        }, cancellationToken);
    }

    /// <summary>What was read of the lane above the position; null when it has to be read first.</summary>
    public Stretch? Find(ProjectId project, int lane, long position) =>
        _known.Find(stretch => stretch.Lane == lane && stretch.Project == project && stretch.Covers(position));

    /// <summary>Takes one of the task's slots for a worker of this group.</summary>
    public bool TakeSlot(WalkedTask task)
    {
        if (_slots[task.Id] == 0 || !reserved.Take(task.Id)) return false;
        _slots[task.Id]--;
        return true;
    }

    public void ReturnSlot(WalkedTask task) => _slots[task.Id]++;
}
